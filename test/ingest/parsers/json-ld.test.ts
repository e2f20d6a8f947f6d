import { describe, expect, it } from 'vitest';
import { parseJsonLd } from '../../../src/ingest/parsers/json-ld.ts';
import { goldenCases, parseGolden } from './golden.ts';

const context = { url: null, receivedAt: new Date('2025-01-01T00:00:00Z'), timeZone: null };

describe('schema.org JSON-LD becomes stories', () => {
  for (const { name, input, expectedFile } of goldenCases('json-ld')) {
    it(name, () => {
      const { actual, expected } = parseGolden(parseJsonLd, input, expectedFile);
      expect(actual).toEqual(expected);
    });
  }
});

describe('JSON-LD that is no story', () => {
  it('is refused where it is no JSON', () => {
    expect(() => parseJsonLd('{"@type": ', context)).toThrowError(expect.objectContaining({ field: 'json-ld' }));
  });

  it('is rejected where it describes something else', () => {
    expect(parseJsonLd('{"@type":"Recipe","name":"Soup"}', context)).toMatchObject([{ kind: 'REJECTED' }]);
  });

  it('is refused where its article has no text', () => {
    expect(() => parseJsonLd('{"@type":"NewsArticle","headline":"Soup"}', context)).toThrowError(
      expect.objectContaining({ field: 'articleBody' }),
    );
  });
});
