import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBareByline, readByline } from '../../../src/ingest/parsers/page-text/byline.ts';
import { creditOf, splitCredit } from '../../../src/ingest/parsers/page-text/credits.ts';
import { isDateLine } from '../../../src/ingest/parsers/page-text/date-lines.ts';
import { findDateline } from '../../../src/ingest/parsers/page-text/dateline.ts';
import { labelOf } from '../../../src/ingest/parsers/page-text/labels.ts';
import { readTime } from '../../../src/ingest/parsers/page-text/time-lines.ts';
import { parsePageText } from '../../../src/ingest/parsers/page-text.ts';
import { type ParseContext, ParseError, type Provenance, type Story } from '../../../src/stories/story.ts';

const context: ParseContext = { url: null, receivedAt: new Date('2022-02-24T00:00:00Z'), timeZone: null };

function read(input: string, more: Partial<ParseContext> = {}): { story: Story; provenance: Provenance } {
  const items = parsePageText(input, { ...context, ...more });
  expect(items).toHaveLength(1);
  const [item] = items;
  if (item?.kind !== 'STORY') throw new Error('expected a story');
  return item;
}

const SAMPLE = new URL('../../../../shared/samples/inquirer-2022-02-23-russia-ukraine.txt', import.meta.url);

describe.skipIf(!existsSync(SAMPLE))(
  'the sample page (a publisher’s text, read from ../shared; skipped where that is absent)',
  () => {
    const { story, provenance } = existsSync(SAMPLE)
      ? read(readFileSync(SAMPLE, 'utf8'))
      : ({} as ReturnType<typeof read>);
    const paragraphs = story?.bodyText.split('\n\n') ?? [];

    it('comes from INQUIRER.net, by the title’s tail and the copyright line', () => {
      expect(story.source).toEqual({ name: 'INQUIRER.net', domain: 'inquirer.net' });
    });

    it('has its headline once, though title and page repeat it with straight and curly apostrophes', () => {
      expect(story.headline).toBe("Russia establishes diplomatic ties with Ukraine's separatist regions");
      expect(story.alternativeHeadline).toBeNull();
      expect(story.bodyText).not.toContain('establishes diplomatic ties');
    });

    it('was published at 12:20 by the clocks of Manila', () => {
      expect(story.datePublished).toEqual({
        instant: new Date('2022-02-23T04:20:00Z'),
        precision: 'TIME',
        zone: 'Asia/Manila',
      });
    });

    it('was filed from Moscow', () => {
      expect(story.dateline).toBe('MOSCOW');
    });

    it('is credited to AFP by its photo, and less surely so', () => {
      expect(story.creditText).toBe('AFP');
      expect(provenance.creditText?.confidence).toBeLessThan(provenance.headline?.confidence ?? 0);
      expect(story.byline).toBeNull();
      expect(story.authors).toEqual([]);
    });

    it('is in English', () => {
      expect(story.language).toBe('en');
    });

    it('has exactly its six paragraphs as body, in page order', () => {
      expect(paragraphs.map((paragraph) => paragraph.split(' ').slice(0, 3).join(' '))).toEqual([
        'MOSCOW — Russia',
        '“An agreement was',
        'Russian Foreign Minister',
        '“The Russian side',
        'Earlier Tuesday Russian',
        'The unanimous approval',
      ]);
      expect(story.bodyText.endsWith('other parts of Ukraine.')).toBe(true);
    });

    it('keeps labels, newsletter, tags, copyright and cookie text out of the body', () => {
      expect(story.bodyText).not.toMatch(/ADVERTISEMENT|STORIES|newsletter|subscription|TAGS|Copyright|cookies/u);
    });

    it('leads with a photo: caption, credit and alternative text apart', () => {
      expect(story.photos).toEqual([
        expect.objectContaining({
          role: 'LEAD',
          caption:
            'Ukrainian servicemen patrol in the settlement of Troitske in the Lugansk region near the front line with Russia-backed separatists on February 22, 2022, a day after Russia recognised east Ukraine’s separatist republics and ordered the Russian army to send troops there as “peacekeepers”.',
          creditText: 'AFP',
          altText: 'lugnask russia ukraine',
          renditions: [],
        }),
      ]);
    });

    it('points to the four related stories in order, the explainer as background', () => {
      const unresolved = { url: null, uri: null };
      expect(story.related).toEqual([
        { title: 'Explainer: How Western sanctions might target Russia', rel: 'BACKGROUND', ...unresolved },
        { title: 'Freeze or full invasion? Scenarios for Russia in Ukraine', rel: 'RELATED', ...unresolved },
        { title: 'Russian parliament approves Putin’s deals with Ukraine separatists', rel: 'RELATED', ...unresolved },
        { title: 'Wars involving Russia since the fall of the Soviet Union', rel: 'RELATED', ...unresolved },
      ]);
    });

    it('is tagged by its publisher with Conflict, Diplomacy and Russia', () => {
      const free = { type: 'KEYWORD', scheme: null, termCode: null, sameAs: [], relevance: null, confidence: null };
      expect(story.tags).toEqual([
        { name: 'Conflict', ...free },
        { name: 'Diplomacy', ...free },
        { name: 'Russia', ...free },
      ]);
    });

    it('leaves events to the context that is computed from the text', () => {
      expect(story.events).toEqual([]);
    });

    it('names the line each field was found on', () => {
      expect(provenance).toMatchObject({
        headline: { reader: 'page-text', place: 'line 3' },
        datePublished: { place: 'line 5' },
        tags: { place: 'line 44' },
      });
    });
  },
);

const GOLDEN = new URL('../../fixtures/page-text/', import.meta.url);

describe('golden pages', () => {
  for (const name of readdirSync(GOLDEN)) {
    it(name.replaceAll('-', ' '), () => {
      const input = readFileSync(new URL(`${name}/input.txt`, GOLDEN), 'utf8');
      const { story } = read(input, { receivedAt: new Date('2024-01-01T00:00:00Z'), timeZone: 'Europe/Berlin' });
      expect(JSON.parse(JSON.stringify(story))).toEqual(
        JSON.parse(readFileSync(new URL(`${name}/expected.json`, GOLDEN), 'utf8')),
      );
    });
  }
});

describe('a time line', () => {
  const at = (text: string, more: { language?: string; timeZone?: string | null; monthFirst?: boolean } = {}) => {
    const reading = { receivedAt: new Date('2022-03-01T12:00:00Z'), language: 'en', timeZone: null, monthFirst: true };
    const time = readTime(text, { ...reading, ...more });
    return time === null ? null : `${time.instant.toISOString().slice(0, 16)} ${time.precision} ${time.zone}`;
  };

  it.each([
    ['/ 12:20 PM February 23, 2022', '2022-02-23T12:20 TIME null'],
    ['Published: 23 Feb 2022, 09:05', '2022-02-23T09:05 TIME null'],
    ['2022-02-23T12:20:00+08:00', '2022-02-23T04:20 TIME +08:00'],
    ['Nov 19, 2019, 7:53pm EST', '2019-11-20T00:53 TIME -05:00'],
    ['Monday, November 18, 2019, 04:05 pm PT', '2019-11-19T00:05 TIME America/Los_Angeles'],
    ['Updated 1909 GMT (0309 HKT) November 18, 2019', '2019-11-18T19:09 TIME +00:00'],
    ['Tue, Nov 19 20197:05 AM ESTUpdated Tue, Nov 19 20197:16 AM EST', '2019-11-19T12:05 TIME -05:00'],
    ['November 20, 2019 - 11:28 AMT', '2019-11-20T11:28 TIME null'],
    ['3 hours ago', '2022-03-01T09:00 TIME null'],
    ['2 days ago', '2022-02-27T00:00 DAY null'],
    ['July 2, 2018', '2018-07-02T00:00 DAY null'],
    ['11/20/19 6:38 AM', '2019-11-20T06:38 TIME null'],
  ])('in English: %s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  it.each([
    ['fr', '23 février 2022 à 12h20', '2022-02-23T12:20 TIME null'],
    ['de', 'Stand: 23. Dezember 2021, 14:05 Uhr', '2021-12-23T14:05 TIME null'],
    ['de', '23.02.2022', '2022-02-23T00:00 DAY null'],
    ['es', '23 de febrero de 2022 a las 18:30', '2022-02-23T18:30 TIME null'],
    ['it', '23 febbraio 2022', '2022-02-23T00:00 DAY null'],
    ['nl', '23 februari 2022 09:15', '2022-02-23T09:15 TIME null'],
    ['pt', 'sexta-feira, 22 de outubro de 2010 às 20:13', '2010-10-22T20:13 TIME null'],
    ['ja', '2022年2月23日 20時13分', '2022-02-23T20:13 TIME null'],
    ['zh', '2022年2月23日', '2022-02-23T00:00 DAY null'],
    ['ko', '2018-08-25 15:24', '2018-08-25T15:24 TIME null'],
    ['id', '27 Oktober 2015', '2015-10-27T00:00 DAY null'],
  ])('in other languages (%s): %s', (language, text, expected) => {
    expect(at(text, { language, monthFirst: false })).toBe(expected);
  });

  it('is read by the clocks of the source where it states no zone, also in summer', () => {
    expect(at('12:20 PM February 23, 2022', { timeZone: 'America/New_York' })).toBe(
      '2022-02-23T17:20 TIME America/New_York',
    );
    expect(at('12:20 PM July 1, 2021', { timeZone: 'America/New_York' })).toBe(
      '2021-07-01T16:20 TIME America/New_York',
    );
    expect(at('July 1, 2021', { timeZone: 'Asia/Manila' })).toBe('2021-06-30T16:00 DAY Asia/Manila');
  });

  it('takes 3/4/2022 as the publisher’s country does', () => {
    expect(at('3/1/2022', { monthFirst: true })).toBe('2022-03-01T00:00 DAY null');
    expect(at('3/1/2022', { monthFirst: false })).toBe('2022-01-03T00:00 DAY null');
  });

  it('is dropped where it cannot be true: year 1, the far future, the 31st of February', () => {
    for (const text of [
      '0001-01-01T00:00:00',
      'January 1, 1970',
      'February 23, 2099',
      '31.02.2022',
      'May 3',
      '24/7',
      'may',
    ]) {
      expect(at(text)).toBeNull();
    }
  });

  it('is told from prose that only mentions a date', () => {
    expect(isDateLine('Posted on February 23, 2022 at 12:20 PM')).toBe(true);
    expect(isDateLine('The bridge was opened on February 23, 2022 by the mayor and two of her predecessors.')).toBe(
      false,
    );
  });
});

describe('a byline', () => {
  it.each([
    ['By Jane Doe and John Roe, Reuters', ['Jane Doe', 'John Roe'], 'Reuters'],
    ['By Rachel Lind, MS, RD on November 14, 2019', ['Rachel Lind'], null],
    ['By Meg JamesonStaff Writer', ['Meg Jameson'], null],
    ['By Sean Marlow Sean Marlow', ['Sean Marlow'], null],
    ['Von Anna Müller', ['Anna Müller'], null],
    ['Por Juan de la Cruz', ['Juan de la Cruz'], null],
  ])('%s', (text, authors, agency) => {
    expect(readByline(text)).toMatchObject({ authors, agency });
  });

  it('without "By" is a full name and nothing else', () => {
    expect(readBareByline('Rosa Quint@rquint')?.authors).toEqual(['Rosa Quint']);
    for (const text of ['The Northern Ferry', 'Staff Writer', 'HOME', 'Sports', 'A harbour full of names']) {
      expect(readBareByline(text)).toBeNull();
    }
  });

  it('is not any line that begins with "by"', () => {
    expect(readByline('By the time the boat arrived, the quay was gone.')).toBeNull();
  });
});

describe('a photo’s credit', () => {
  it.each([
    ['Photo: Jane Doe/Reuters', 'Jane Doe/Reuters'],
    ['(AP Photo/Jon Vesper)', 'AP Photo/Jon Vesper'],
    ['REUTERS/Jon Vesper', 'REUTERS/Jon Vesper'],
    ['Getty Images', 'Getty Images'],
    ['Foto: Max Muster/dpa', 'Max Muster/dpa'],
  ])('stands alone: %s', (text, credit) => {
    expect(creditOf(text)).toBe(credit);
  });

  it('ends a caption, after a full stop, in brackets or behind "Credit"', () => {
    expect(splitCredit('A boat leaves the pier. AFP')).toEqual({ caption: 'A boat leaves the pier.', credit: 'AFP' });
    expect(splitCredit('A boat leaves the pier (AP Photo/Jon Vesper)')?.credit).toBe('AP Photo/Jon Vesper');
    expect(splitCredit('A boat leaves the pier.Credit...Jon Vesper/The Example Times')?.credit).toBe(
      'Jon Vesper/The Example Times',
    );
  });

  it('is not read out of prose', () => {
    expect(splitCredit('The concert in West Palm Beach, PA')).toBeNull();
    expect(splitCredit('He said he would go. She stayed.')).toBeNull();
  });
});

describe('a dateline', () => {
  it.each([
    ['LONDON, Feb 3 (Reuters) - Shares rose on Friday.', 'LONDON', 'Reuters'],
    ['MOSCOW — Russia on Tuesday said', 'MOSCOW', null],
    ['BERLIN (dpa) – Nach elf Tagen', 'BERLIN', 'dpa'],
    ['BUFFALO, N.Y. — Hours before', 'BUFFALO, N.Y.', null],
    ['HANOI, Vietnam (AP) — The minister', 'HANOI, Vietnam', 'AP'],
    ['BERLIN -- The agency says', 'BERLIN', null],
  ])('%s', (text, place, agency) => {
    expect(findDateline(text)).toEqual({ place, agency });
  });

  it('is not any line with a dash', () => {
    expect(findDateline('Paris - the city of light - was dark on Monday.')).toBeNull();
    expect(findDateline('WATCH — How the bridge fell')).toBeNull();
  });
});

describe('a label', () => {
  it.each([
    ['RELATED STORIES', 'RELATED'],
    ['Lesen Sie auch:', 'RELATED'],
    ['Leia também', 'RELATED'],
    ['関連記事', 'RELATED'],
    ['FEATURED STORIES', 'FEATURED'],
    ['Most Popular', 'TRENDING'],
    ['ADVERTISEMENT', 'ADVERTISEMENT'],
    ['Publicité', 'ADVERTISEMENT'],
    ['Subscribe to our daily newsletter', 'NEWSLETTER'],
    ['We use cookies to ensure you get the best experience on our website.', 'COOKIES'],
    ['© 2021 Beispiel. Alle Rechte vorbehalten.', 'COPYRIGHT'],
    ['TAGS: Conflict, Diplomacy', 'TAGS'],
    ['Palavras-chave: futebol, copa', 'TAGS'],
    ['12 Comments', 'COMMENTS'],
    ['About Jane Doe', 'BIO'],
  ])('%s', (text, label) => {
    expect(labelOf(text)).toBe(label);
  });

  it('is not a sentence of the story that uses its words', () => {
    for (const text of [
      'Related to this is the question of who pays for the new quay.',
      'Advertising revenue fell by a third last year, the company said.',
      'He shared his lunch with the crew of the boat.',
    ]) {
      expect(labelOf(text)).toBeNull();
    }
  });
});

describe('a page that is no story', () => {
  const failure = (input: string) => {
    try {
      parsePageText(input, context);
    } catch (error) {
      if (error instanceof ParseError) return error;
      throw error;
    }
    throw new Error('expected a ParseError');
  };

  it('names the field and the remedy', () => {
    expect(failure(' \n\t\n')).toMatchObject({ field: 'pageText', message: expect.stringContaining('hand in') });
    expect(failure('\u0000\u0001\u0002PNG\u0003\u0004'.repeat(50))).toMatchObject({ field: 'pageText' });
    expect(failure('12:30\n...\n42')).toMatchObject({ field: 'headline' });
    expect(failure('A headline with nothing below it')).toMatchObject({ field: 'body' });
    expect(failure('A headline\nHome\nNews\nContact Us')).toMatchObject({ field: 'body' });
  });
});

describe('what a page does not show', () => {
  it('is null or empty, never made up', () => {
    const { story, provenance } = read(
      'The bridge is open again\nThe old bridge over the river opened again on Monday after two years of repairs, the town said.\nTraffic had been led through the next village, where people had complained about the noise.',
    );
    expect(story).toMatchObject({
      source: null,
      byline: null,
      authors: [],
      dateline: null,
      datePublished: null,
      creditText: null,
      copyrightNotice: null,
      tags: [],
      photos: [],
      related: [],
    });
    expect(Object.keys(provenance).sort()).toEqual(['bodyText', 'headline', 'language']);
  });

  it('takes the source from the page’s address, and its clocks from what is known of it', () => {
    const { story } = read(
      'The bridge is open again\nFebruary 20, 2022 8:00 am\nThe old bridge over the river opened again on Monday after two years of repairs, the town said.\nTraffic had been led through the next village, where people had complained about the noise.',
      { url: 'https://newsinfo.inquirer.net/1/the-bridge' },
    );
    expect(story.source).toEqual({ name: 'INQUIRER.net', domain: 'inquirer.net' });
    expect(story.datePublished).toMatchObject({ instant: new Date('2022-02-20T00:00:00Z'), zone: 'Asia/Manila' });
  });
});

describe('a date in figures', () => {
  const page = (url: string | null) =>
    read(
      'The bridge is open again\nPublished 03/04/2019\nThe old bridge over the river opened again on Monday after two years of repairs, the town said.\nTraffic had been led through the next village, where people had complained about the noise.',
      { url },
    ).story.datePublished?.instant.toISOString();

  it('is read as the publisher’s country writes it', () => {
    expect(page('https://www.exampleshire-herald.co.uk/bridge')).toBe('2019-04-03T00:00:00.000Z');
    expect(page(null)).toBe('2019-03-04T00:00:00.000Z');
  });
});

describe('any text at all', () => {
  const fragment = fc.oneof(
    fc.string({ maxLength: 200, unit: 'binary' }),
    fc.constantFrom(
      '\u0000',
      '\ud800',
      'By ',
      'RELATED',
      'Photo: ',
      '(((',
      '12:20 ',
      '2019 ',
      'Nov 19, 2019',
      ' | ',
      '\n',
      'a '.repeat(400),
    ),
    fc.constant('The minister said on Tuesday that the quay would be rebuilt before the end of the year. '),
  );

  it('gives one story or a ParseError, and a story is never empty', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 60 }), (parts) => {
        try {
          const { story } = read(parts.join(''));
          expect(story.headline).not.toBe('');
          expect(story.headline).not.toContain('\n');
          expect(story.bodyText).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['one line of a million characters', `A headline here\n${'word '.repeat(200_000)}`],
    ['ten thousand equal lines', 'A headline that repeats\n'.repeat(10_000)],
    ['ten thousand date lines', `A headline here\n${'Nov 19, 2019 at 8:59 pm\n'.repeat(10_000)}`],
    ['ten thousand labels with titles', `A headline here\n${'Related:\nA title that reads well\n'.repeat(5_000)}`],
    ['a title of separators', `${'a | '.repeat(50_000)}\n${'b - '.repeat(50_000)}`],
    ['open brackets', `A headline here\n${`${'('.repeat(400)}\n`.repeat(2_000)}`],
  ])('is read in bounded time: %s', (_, input) => {
    const start = performance.now();
    expect(() => parsePageText(input, context)).toThrow(ParseError);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
