import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../../src/ingest/parsers/feed.ts';
import { parseNewsml1 } from '../../../src/ingest/parsers/newsml-1.ts';
import { parseNewsmlG2 } from '../../../src/ingest/parsers/newsml-g2.ts';
import { parseNinjs } from '../../../src/ingest/parsers/ninjs.ts';
import { parseNitf } from '../../../src/ingest/parsers/nitf.ts';
import type { Parser } from '../../../src/stories/story.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const PARSERS: Record<string, Parser> = {
  ninjs: parseNinjs,
  'newsml-g2': parseNewsmlG2,
  nitf: parseNitf,
  'newsml-1': parseNewsml1,
  feed: parseFeed,
};

/** `UPDATE_GOLDEN=1 vitest run wire-golden` writes the expectations anew; read the difference before committing it. */
const isUpdating = process.env.UPDATE_GOLDEN === '1';

for (const [format, parse] of Object.entries(PARSERS)) {
  describe(format, () => {
    for (const name of readdirSync(join(FIXTURES, format))) {
      it(`reads ${name.replaceAll('-', ' ')}`, () => {
        const folder = join(FIXTURES, format, name);
        const input = readdirSync(folder).find((file) => file.startsWith('input.')) ?? '';
        const context = { url: null, receivedAt: new Date('2026-11-24T12:00:00Z'), timeZone: null };
        const items = JSON.parse(JSON.stringify(parse(readFileSync(join(folder, input), 'utf8'), context)));
        const expected = join(folder, 'expected.json');
        if (isUpdating) writeFileSync(expected, `${JSON.stringify(items, null, 2)}\n`);
        expect(items).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
      });
    }
  });
}
