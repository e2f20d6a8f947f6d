import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNames, linkNames, type TextField } from '../../../src/context/names/index.ts';

function body(text: string): TextField[] {
  return [{ field: 'body', text }];
}

function named(text: string): string[] {
  return findNames(body(text), 'en').map((mention) => `${mention.type} ${mention.text}`);
}

describe('names in English prose', () => {
  it('finds people, organisations and places', () => {
    expect(named('Chancellor Angela Merkel met officials of the World Health Organization in Geneva.')).toEqual([
      'PERSON Angela Merkel',
      'ORGANISATION World Health Organization',
      'PLACE Geneva',
    ]);
  });

  it('takes an adjective for no name', () => {
    expect(named('The Russian army and French diplomats said nothing.')).toEqual([]);
  });

  it('leaves titles, "the" and the possessive outside', () => {
    const text = 'Mr. Paddock’s brother, Eric Paddock, spoke to the FBI on Monday.';
    expect(named(text)).toEqual(['PERSON Paddock', 'PERSON Eric Paddock', 'ORGANISATION FBI']);
  });

  it('reads a last name as a person once the story gave the full name', () => {
    const mentions = findNames(
      body('Nico Rosberg won. Later Rosberg said he was glad. Rosberg had led from the start.'),
      'en',
    );
    expect(mentions.map((mention) => [mention.type, mention.text])).toEqual([
      ['PERSON', 'Nico Rosberg'],
      ['PERSON', 'Rosberg'],
      ['PERSON', 'Rosberg'],
    ]);
  });

  it('reads headlines in capitals by the help of the story', () => {
    const mentions = findNames(
      [
        { field: 'headline', text: 'MERKEL VISITS PARIS AFTER TALKS' },
        { field: 'body', text: 'Angela Merkel arrived in Paris on Monday. After the talks, Merkel left.' },
      ],
      'en',
    );
    const headline = mentions.filter((mention) => mention.field === 'headline');
    expect(headline.map((mention) => `${mention.type} ${mention.text}`)).toEqual(['PERSON MERKEL', 'PLACE PARIS']);
  });

  it('keeps fields and photos apart and counts offsets in UTF-16 units', () => {
    const caption = '😀 Angela Merkel in Berlin. AFP';
    const mentions = findNames([{ field: 'caption', index: 2, text: caption }], 'en');
    expect(mentions[0]).toMatchObject({ field: 'caption', index: 2, start: 3, end: 16, text: 'Angela Merkel' });
    for (const mention of mentions) expect(caption.slice(mention.start, mention.end)).toBe(mention.text);
  });

  it('makes nothing up in other languages', () => {
    expect(findNames(body('Die Kanzlerin Angela Merkel reiste nach Paris.'), 'de')).toEqual([]);
  });
});

describe('text that is no prose', () => {
  it('never throws, keeps offsets true and marks do not overlap', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\0', '\ud800', 'U.S.', "'s", 'Putin '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        let end = 0;
        for (const mention of findNames(body(text), null)) {
          expect(mention.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(mention.start, mention.end)).toBe(mention.text);
          end = mention.end;
        }
        linkNames(findNames(body(text), 'en'), body(text));
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['one word', 'a'.repeat(1_000_000)],
    ['capitals without a blank', 'A.'.repeat(500_000)],
    ['no full stop', 'lorem ipsum dolor '.repeat(55_000)],
    ['lone surrogates', '\ud800'.repeat(1_000_000)],
    ['emoji', '😀🇺🇸'.repeat(125_000)],
    ['right to left', 'قال الرئيس فلاديمير بوتين في موسكو '.repeat(25_000)],
    ['Chinese', '普京总统在莫斯科'.repeat(100_000)],
    ['combining marks', `a${'\u0301'.repeat(1_000_000)}`],
  ])('finds nothing in a megabyte of %s', (_, text) => {
    expect(findNames(body(text), 'en')).toEqual([]);
  });

  it('links a megabyte full of names in bounded time', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `Anna Xo${i} of ${i} Zu Bank met Bob Smith in Paris.`).join(
      ' ',
    );
    const things = linkNames(findNames(body(text), 'en'), body(text));
    expect(things.some((thing) => thing.name === 'Paris')).toBe(true);
  });
});

const SAMPLE = new URL('../../../../shared/samples/inquirer-2022-02-23-russia-ukraine.txt', import.meta.url);

describe.skipIf(!existsSync(SAMPLE))('the sample page (skipped where ../shared is absent)', () => {
  it('names the places, people and organisations of the story', () => {
    const page = readFileSync(SAMPLE, 'utf8');
    const prose = page.split('\n\n').filter((line) => line.length > 120 && !/cookies|email address/.test(line));
    const fields = [{ field: 'headline' as const, text: page.split(' | ')[0] as string }, ...body(prose.join('\n\n'))];
    const things = linkNames(findNames(fields, 'en'), fields).map((thing) => `${thing.type} ${thing.name}`);
    expect(things).toEqual(
      expect.arrayContaining([
        'PLACE Moscow',
        'PLACE Lugansk',
        'PLACE Ukraine',
        'PLACE Russia',
        'PERSON Sergei Lavrov',
        'PERSON Vladimir Putin',
        'ORGANISATION Federation Council',
      ]),
    );
    expect(things).not.toContain('PERSON Putin');
  });
});
