import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broaderTopics, suggestTopics, type TopicStory, topic } from '../../../src/context/topics.ts';

const NOTHING: TopicStory = {
  headline: '',
  abstract: null,
  bodyText: '',
  section: null,
  keywords: [],
  url: null,
  language: 'en',
};

const name = (code: string | undefined): string | undefined => topic(code ?? '')?.names.en;

/** Reads the invented stories: "top: codes", headline, lead; codes are short (153 for 20000153). */
function inventedStories(): { top: string; codes: string[]; story: TopicStory }[] {
  const file = new URL('../../fixtures/topics/invented-stories.txt', import.meta.url);
  const text = readFileSync(file, 'utf8').replace(/^#.*\n/gm, '');
  return text
    .trim()
    .split('\n\n')
    .map((block) => {
      const [labels = '', headline = '', bodyText = ''] = block.split('\n');
      const [top = '', codes = ''] = labels.split(': ');
      return {
        top: `${top}000000`,
        codes: codes.split(' ').map((code) => `2${code.padStart(7, '0')}`),
        story: { ...NOTHING, headline, bodyText },
      };
    });
}

describe('suggested topics', () => {
  it('find the top level and a fitting concept for short stories of every kind', () => {
    const stories = inventedStories();
    const results = stories.map(({ top, codes, story }) => {
      const { topics, topLevel } = suggestTopics(story);
      return {
        top: topLevel?.code === top,
        code: topics.some(({ code }) => codes.includes(code)),
        wronglySure: topLevel?.sure === true && topLevel.code !== top,
      };
    });
    expect(new Set(stories.map(({ top }) => top)).size).toBe(17);
    expect(results.filter((result) => result.top).length / stories.length).toBeGreaterThan(0.85);
    expect(results.filter((result) => result.code).length / stories.length).toBeGreaterThan(0.85);
    expect(results.filter((result) => result.wronglySure)).toHaveLength(0);
  });

  it('come with words a reader can check, at most three, none above another, best first', () => {
    const { topics } = suggestTopics({
      ...NOTHING,
      headline: 'Rebels shell town as peace talks falter',
      bodyText: 'Refugees fled the artillery fire. The United Nations asked both armies for a ceasefire.',
    });
    expect(topics[0]?.evidence).toEqual(['Rebels', 'artillery', 'ceasefire']);
    expect(topics.length).toBeGreaterThan(1);
    expect(topics.length).toBeLessThanOrEqual(3);
    for (const [i, { code, confidence }] of topics.entries()) {
      expect(confidence).toBeLessThanOrEqual(topics[i - 1]?.confidence ?? 100);
      expect(topics.some((other) => broaderTopics(other.code).some((above) => above.code === code))).toBe(false);
    }
  });

  it('take the publisher at its word: section, address and keywords', () => {
    const bare = { ...NOTHING, headline: 'A night to remember' };
    expect(suggestTopics(bare)).toEqual({ topics: [], topLevel: null });
    expect(name(suggestTopics({ ...bare, section: 'Sport' }).topLevel?.code)).toBe('sport');
    expect(name(suggestTopics({ ...bare, keywords: ['Tennis'] }).topics[0]?.code)).toBe('tennis');
    const byAddress = suggestTopics({ ...bare, url: 'https://example.org/sport/rugby-union/1234' });
    expect(byAddress.topics[0]).toMatchObject({ code: '20001036', evidence: ['address: rugby union'] });
  });

  it('leave the top level to an editor where two are near each other', () => {
    const { topLevel } = suggestTopics({
      ...NOTHING,
      headline: 'Airline sorry for accusing basketball players of theft',
      bodyText: 'The carrier apologised to the players, whom a flight attendant had accused.',
    });
    expect(topLevel?.sure).toBe(false);
  });

  it('say nothing of text in other languages, but read its labels', () => {
    const german = { ...NOTHING, headline: 'Gift im Handy: Start des Tests', bodyText: 'War die Art die Not?' };
    expect(suggestTopics({ ...german, language: 'de' }).topLevel).toBeNull();
    expect(suggestTopics({ ...german, language: null }).topLevel).toBeNull();
    expect(name(suggestTopics({ ...german, language: 'de', section: 'Politik' }).topLevel?.code)).toBe(
      'politics and government',
    );
  });

  it('read headlines in capitals', () => {
    const { topLevel } = suggestTopics({ ...NOTHING, headline: 'EARTHQUAKE KILLS TWENTY IN THE NORTH' });
    expect(name(topLevel?.code)).toBe('disaster, accident and emergency incident');
  });

  it('are the same for the same story', () => {
    const [first] = inventedStories();
    expect(suggestTopics(first?.story ?? NOTHING)).toEqual(suggestTopics(first?.story ?? NOTHING));
  });
});

describe('suggesting topics for bad input', () => {
  it('never throws and only names living concepts', () => {
    const word = fc.constantFrom(
      'war',
      'trade',
      'Fed',
      'US Open',
      '\ud800',
      '\u0000',
      "'s",
      '-',
      '.',
      '\u202e',
      '👩‍🚀',
      'ＷＡＲ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join(' ')),
    );
    const url = fc.constantFrom(null, '', 'no address', 'https://example.org/sport/%E0%A4%A/', 'https://[::1]/war//x');
    fc.assert(
      fc.property(text, text, text, fc.array(text), url, (a, b, c, keywords, address) => {
        const story = { headline: a, abstract: b, bodyText: c, section: a, keywords, url: address, language: null };
        for (const { code } of suggestTopics(story).topics) expect(topic(code)?.retired).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['one endless word', 'a'.repeat(1e6)],
    ['one word over and over', 'war '.repeat(250_000)],
    ['words of dots', 'a.'.repeat(500_000)],
    ['quotes', "'".repeat(1e6)],
    ['lone surrogates and NULs', '\ud800\u0000'.repeat(500_000)],
  ])('stays quick on a megabyte of %s', (_, text) => {
    const story = {
      ...NOTHING,
      headline: text,
      abstract: text,
      bodyText: text,
      section: text,
      keywords: [text],
      url: text,
    };
    const start = performance.now();
    suggestTopics(story);
    expect(performance.now() - start).toBeLessThan(250);
  });
});
