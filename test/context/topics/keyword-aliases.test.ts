import { describe, expect, it } from 'vitest';
import { topicForKeyword } from '../../../src/context/topics.ts';

const nameFor = (keyword: string, language: string | null = 'en'): string | undefined =>
  topicForKeyword(keyword, language)?.names.en;

describe("publishers' keywords and sections", () => {
  it('mean what the reviewed table says, whatever their case, hyphens and spaces', () => {
    expect(nameFor('Politics')).toBe('politics and government');
    expect(nameFor('  rugby-union ')).toBe('rugby union');
    expect(nameFor('TRADE  WAR')).toBe('trade dispute');
  });

  it('mean nothing where the table does not list them, even if a concept has that very name', () => {
    for (const vague of ['World', 'News', 'China', 'design', 'women', 'series', 'party', '']) {
      expect(nameFor(vague), vague).toBeUndefined();
    }
  });

  it('may hold in one language only', () => {
    expect(nameFor('Wirtschaft', 'de-AT')).toBe('economy, business and finance');
    expect(nameFor('Wirtschaft', 'en')).toBeUndefined();
    expect(nameFor('Fußball', null)).toBe('football');
    expect(nameFor('football', 'en-GB')).toBe('football');
    expect(nameFor('football', 'en-US')).toBeUndefined();
  });
});
