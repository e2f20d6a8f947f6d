import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { loadFacts, type StoryFacts } from '../../src/stories/facts.ts';
import { filterToSql, matchesFilter, type StoryFilter } from '../../src/stories/filter.ts';
import { emptyStory, type Story } from '../../src/stories/story.ts';
import { searchWords } from '../../src/stories/tokens.ts';
import { writeStories } from '../../src/stories/write.ts';
import { createTestDatabase } from '../support/database.ts';

// What the list shows (SQL) and what the subscription pushes (in memory) must be the same stories, for any filter.

const STORIES = 250;
const NOW = new Date('2024-03-10T12:00:00Z');
const DAY = 86_400_000;

/** Words that tokenisers trip over: scripts without spaces, accents in both forms, right to left, signs within words. */
const WORDS = [
  ...[
    'bridge',
    'Bridges',
    'BRIDGE',
    'Zürich',
    'Zu\u0308rich',
    'zurich',
    'naïve',
    'İstanbul',
    'ﬁne',
    'fine',
    'Straße',
    'STRASSE',
  ],
  ...['東京', '東京都庁', 'ニュース', 'ﾆｭｰｽ', '北京大学', 'กรุงเทพ', 'ភ្នំពេញ', '서울', 'हिन्दी', 'क्षत्रिय', 'தமிழ்', 'தமிழ'],
  ...['القدس', 'الْقُدْس', 'ירושלים', 'שָׁלוֹם', 'Москва', 'Йошкар', 'Ёлка', 'ёлка', 'Ελλάδα', 'ΣΟΦΟΣ', 'σοφος', 'σοφός'],
  ...[
    '🌉',
    '👩‍🚒',
    '1️⃣',
    'a🌉b',
    '\u200bzero',
    '\u00adsoft\u00adhyphen',
    '²',
    'x²',
    '½',
    'Ⅷ',
    '١٢٣',
    '4,000',
    '3.14',
    'U.S.',
  ],
  ...[
    "O'Neill",
    'O’Neill',
    "rock'n'roll",
    '"quoted"',
    "'",
    "''",
    '\\',
    ':*',
    '&',
    '|',
    '!',
    '(',
    '<->',
    'a:b',
    "it's:1A",
    '--',
    '%',
    '_',
  ],
  ...[
    'e-mail',
    'well‐known',
    'foo_bar',
    '@home',
    '#tag',
    'https://example.org/a?b=c',
    'x'.repeat(64),
    'y'.repeat(65),
    '𝒳',
    '𐐀𐐨',
  ],
];
const AUTHORS = [
  'Jane Doe',
  'JANE  DOE',
  "Conor O'Neill",
  'Conor O’Neill',
  'José Núñez',
  'Jose\u0301 Nu\u0301n\u0303ez',
  '李雷',
  '"Q"',
  'İlker',
];
const LANGUAGES = ['en', 'EN-gb', 'en-GB', 'pt-BR', 'zh-Hant-TW', 'e', 'en-', 'de'];
const STATUSES = ['USABLE', 'WITHHELD', 'CANCELED'] as const;
const [TAGS, EVENTS, SOURCES] = [ids(6), ids(3), ['Alpha Courier', 'Beta Post', 'Gamma News']] as [
  string[],
  string[],
  string[],
];

function ids(count: number): string[] {
  return Array.from({ length: count }, () => uuid());
}

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
);
const text = (maxLength: number) => fc.array(word, { maxLength }).map((words) => words.join(' '));
const instant = fc.integer({ min: -5, max: 5 }).map((days) => new Date(NOW.getTime() + days * DAY));
const time = (date: Date) => ({ instant: date, precision: 'TIME' as const, zone: null });

const storyWithContext = fc.record({
  headline: text(4).map((words) => `Story ${words}`),
  abstract: fc.option(text(4)),
  bodyText: text(12),
  authors: fc.array(fc.constantFrom(...AUTHORS), { maxLength: 3 }),
  language: fc.option(fc.constantFrom(...LANGUAGES)),
  datePublished: fc.option(instant),
  embargoedUntil: fc.option(instant, { freq: 1 }),
  pubStatus: fc.constantFrom('USABLE' as const, ...STATUSES),
  source: fc.option(fc.constantFrom(...SOURCES)),
  hasPhoto: fc.boolean(),
  tags: fc.subarray(TAGS),
  events: fc.subarray(EVENTS),
});

const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2 });
const some = <T>(values: readonly T[]) => fc.array(fc.constantFrom(...values), { maxLength: 3 });
const storyFilter: fc.Arbitrary<StoryFilter & { sourceNames: string[] | null }> = fc.record({
  text: fc.oneof(fc.constant(null), text(2), word),
  tags: nullable(fc.record({ any: nullable(some(TAGS)), all: nullable(some(TAGS)), none: nullable(some(TAGS)) })),
  eventIds: fc.option(some(EVENTS), { freq: 1 }),
  sourceNames: fc.option(some(SOURCES), { freq: 1 }),
  authors: fc.option(some(AUTHORS), { freq: 1 }),
  languages: fc.option(some([...LANGUAGES, 'EN', 'zh']), { freq: 1 }),
  published: nullable(fc.record({ from: nullable(instant), to: nullable(instant) })),
  pubStatus: nullable(some(STATUSES)),
  hasPhoto: fc.option(fc.boolean(), { freq: 1 }),
});

let database: Database;
let drop: () => Promise<void>;
let facts: Map<string, StoryFacts>;
let words: Map<string, Set<string>>;
let sourceIds: Map<string, string>;

beforeAll(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase(created.url, { connections: 2, onError: () => {} });
  const drafts = fc.sample(storyWithContext, { numRuns: STORIES, seed: 7 });
  await inTransaction(database.pool, async (tx) => {
    await tx.query(
      `insert into tags (id, identity, type, name, slug) select id, id, 'KEYWORD', id, id from unnest($1::uuid[]) id`,
      [TAGS],
    );
    await tx.query(
      `insert into events (id, slug, name, event_status, creator, created_at) select id, id, id, 'HAPPENED', 'SYSTEM', now() from unnest($1::uuid[]) id`,
      [EVENTS],
    );
    const stories = drafts.map(
      ({ source, hasPhoto, datePublished, tags, events, ...fields }, index): Story => ({
        ...emptyStory(fields.headline),
        ...fields,
        uri: `urn:test:${index}`,
        source: source === null ? null : { name: source, domain: null },
        datePublished: datePublished && time(datePublished),
        photos: hasPhoto ? [photo(index)] : [],
      }),
    );
    const written = await writeStories(
      tx,
      stories.map((story) => ({ story, receivedAt: NOW })),
      NOW,
    );
    for (const [index, { articleId }] of written.entries()) {
      const { tags, events } = drafts[index] as (typeof drafts)[number];
      await tx.query(
        `insert into article_tags (article_id, tag_id, rel, creator, position) select $1, id, 'about', 'PUBLISHER', 0 from unnest($2::uuid[]) id`,
        [articleId, tags],
      );
      await tx.query(
        `insert into event_articles (event_id, article_id, creator) select id, $1, 'SYSTEM' from unnest($2::uuid[]) id`,
        [articleId, events],
      );
    }
    facts = await loadFacts(
      tx,
      written.map((one) => one.articleId),
    );
    const { rows } = await tx.query(
      `select article_id, snapshot->>'headline' as headline, snapshot->>'abstract' as abstract, snapshot->>'bodyText' as "bodyText" from revisions`,
    );
    words = new Map(rows.map(({ article_id, ...searchable }) => [article_id, searchWords(searchable)]));
  });
  sourceIds = new Map(
    (await database.pool.query('select id, name from sources')).rows.map((row) => [row.name, row.id]),
  );
});
afterAll(async () => {
  await database.close();
  await drop();
});

function photo(index: number): Story['photos'][number] {
  return {
    uri: `urn:photo:${index % 9}`,
    caption: 'A bridge',
    altText: null,
    creditText: null,
    creator: null,
    copyrightNotice: null,
    dateCreated: null,
    contentLocation: null,
    digitalSourceType: null,
    renditions: [],
    role: 'LEAD',
  };
}

async function bySql(filter: StoryFilter): Promise<string[]> {
  const values: unknown[] = [];
  const where = filterToSql(filter, values);
  const { rows } = await database.pool.query<{ id: string }>(
    `select a.id from articles a where ${where} order by a.id`,
    values,
  );
  return rows.map((row) => row.id);
}

function inMemory(filter: StoryFilter): string[] {
  return [...facts.keys()]
    .filter((id) => matchesFilter(filter, facts.get(id) ?? null, () => words.get(id) ?? new Set()))
    .sort();
}

test('any filter selects the same stories in SQL and in memory', async () => {
  let selected = 0;
  await fc.assert(
    fc.asyncProperty(storyFilter, async ({ sourceNames, ...rest }) => {
      const filter = { ...rest, sourceIds: sourceNames?.flatMap((name) => sourceIds.get(name) ?? []) };
      const expected = inMemory(filter);
      selected += expected.length;
      expect(await bySql(filter)).toEqual(expected);
    }),
    { numRuns: 600, seed: 11 },
  );
  // Filters that never match anything would agree, too.
  expect(selected).toBeGreaterThan(2_000);
});

test.each(WORDS)(
  'the text %j finds the same stories in SQL and in memory, those that hold it among them',
  async (one) => {
    const filter: StoryFilter = { text: one, pubStatus: [...STATUSES] };
    const found = inMemory(filter);
    expect(await bySql(filter)).toEqual(found);
    const holders = await database.pool.query(
      `select id from articles where announced and ' ' || headline || ' ' || coalesce(abstract, '') || ' ' || body_text || ' ' like $1`,
      [`% ${one.replace(/[\\%_]/g, '\\$&')} %`],
    );
    expect(found).toEqual(expect.arrayContaining(holders.rows.map((row) => row.id)));
  },
);
