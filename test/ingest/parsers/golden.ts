import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '../../../src/stories/story.ts';

/** Every folder below test/fixtures/<format>: an input, and what the parser is to make of it. */
export function goldenCases(format: string): { name: string; input: string; expectedFile: string }[] {
  const folder = join(import.meta.dirname, '../../fixtures', format);
  return readdirSync(folder).map((name) => {
    const file = readdirSync(join(folder, name)).find((entry) => entry.startsWith('input.')) as string;
    return {
      name,
      input: readFileSync(join(folder, name, file), 'utf8'),
      expectedFile: join(folder, name, 'expected.json'),
    };
  });
}

/** Parses as on a fixed day and in no known zone. With UPDATE_GOLDEN set, writes what came out, to be read before it is committed. */
export function parseGolden(
  parser: Parser,
  input: string,
  expectedFile: string,
): { actual: unknown; expected: unknown } {
  const context = { url: 'https://www.example.org/page', receivedAt: new Date('2025-01-01T00:00:00Z'), timeZone: null };
  const actual = JSON.parse(JSON.stringify(parser(input, context)));
  if (process.env.UPDATE_GOLDEN !== undefined || !existsSync(expectedFile)) {
    writeFileSync(expectedFile, `${JSON.stringify(actual, null, 2)}\n`);
  }
  return { actual, expected: JSON.parse(readFileSync(expectedFile, 'utf8')) };
}
