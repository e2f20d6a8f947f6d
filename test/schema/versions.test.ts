import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liftEmbargoes } from '../../src/ingest/embargo.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { INGEST, type IngestAnswer } from '../support/stories.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

interface Structured {
  uri?: string;
  headline: string;
  [field: string]: unknown;
}

const BODY = 'The council met on Monday. It decided to build a second bridge.\n\nWork begins in May.';

async function ingest(story: Structured) {
  const { data } = await app.ask<IngestAnswer>(INGEST, {
    input: { source: { structured: { bodyText: BODY, ...story } } },
  });
  return data.ingestStory;
}

async function article(id: string | undefined) {
  const query = `query($id: ID!) { article(by: {id: $id}) {
    headline version pubStatus revisions { edges { node { version kind note snapshot } } } related { edges { node { rel origin score article { id } } } } } }`;
  const { data } = await app.ask<{ article: Record<string, never> | null }>(query, { id });
  return data.article as unknown as {
    headline: string;
    version: number;
    pubStatus: string;
    revisions: {
      edges: { node: { version: number; kind: string; note: string | null; snapshot: { headline: string } } }[];
    };
    related: { edges: { node: { rel: string; origin: string; score: number; article: { id: string } | null } }[] };
  } | null;
}

async function listed(uri: string): Promise<boolean> {
  const { data } = await app.ask<{ article: { id: string } | null; stories: { edges: { node: { uri: string } }[] } }>(
    'query($uri: String!) { article(by: {uri: $uri}) { id } stories(first: 100, orderBy: INGESTED_DESC) { edges { node { uri } } } }',
    { uri },
  );
  return data.stories.edges.some((edge) => edge.node.uri === uri);
}

async function logKinds(id: string | undefined): Promise<string[]> {
  const local = Buffer.from(id ?? '', 'base64url')
    .toString()
    .split(':')[1];
  const { rows } = await app.database.pool.query('select kind from story_log where article_id = $1 order by seq', [
    local,
  ]);
  return rows.map((row) => row.kind);
}

describe('identity', () => {
  test('a story is recognised by its uri, whatever else changes', async () => {
    const first = await ingest({ uri: 'urn:test:identity:1', headline: 'A first headline' });
    const second = await ingest({ uri: 'urn:test:identity:1', headline: 'Another headline' });
    expect(second).toMatchObject({ outcome: 'REVISED', article: { id: first.article?.id, version: 2 } });
  });

  test('without a uri by its address, in any spelling', async () => {
    const first = await ingest({ canonicalUrl: 'https://www.example.org/bridge?utm_source=x', headline: 'The bridge' });
    const second = await ingest({ canonicalUrl: 'http://example.org/bridge#top', headline: 'The new bridge' });
    expect(second.article?.id).toBe(first.article?.id);
  });

  test('without either by source, headline and day', async () => {
    const story = { source: { name: 'Courier' }, datePublished: '2024-03-04T09:00:00Z', headline: 'The old bridge' };
    const first = await ingest(story);
    const same = await ingest({ ...story, bodyText: `${BODY} It is to cost little.` });
    const nextDay = await ingest({ ...story, datePublished: '2024-03-05T09:00:00Z' });
    expect(same).toMatchObject({ outcome: 'REVISED', article: { id: first.article?.id } });
    expect(nextDay.outcome).toBe('CREATED');
  });
});

describe('versions', () => {
  test('an older version that arrives late takes its place in the history and never overwrites a newer one', async () => {
    const uri = 'urn:test:late:1';
    const newer = await ingest({ uri, headline: 'Second version', versionCreated: '2024-03-04T11:00:00Z' });
    const older = await ingest({ uri, headline: 'First version', versionCreated: '2024-03-04T10:00:00Z' });
    expect(older.outcome).toBe('REVISED');
    const stored = await article(newer.article?.id);
    expect(stored?.headline).toBe('Second version');
    expect(stored?.revisions.edges.map((edge) => edge.node.snapshot.headline).sort()).toEqual([
      'First version',
      'Second version',
    ]);
    expect(await logKinds(newer.article?.id)).toEqual(['PUBLISHED']);
  });

  test('a correction is a version of kind CORRECTED', async () => {
    const uri = 'urn:test:correction:1';
    const { article: created } = await ingest({ uri, headline: 'Ten people came' });
    await ingest({ uri, headline: 'Nine people came', isCorrection: true });
    expect(await logKinds(created?.id)).toEqual(['PUBLISHED', 'CORRECTED']);
  });

  test('a kill withdraws the story; an ordinary version does not bring it back', async () => {
    const uri = 'urn:test:kill:1';
    const { article: created } = await ingest({ uri, headline: 'A mistake' });
    await ingest({ uri, headline: 'A mistake', pubStatus: 'CANCELED', bodyText: null });
    await ingest({ uri, headline: 'A mistake, again' });
    expect((await article(created?.id))?.pubStatus).toBe('CANCELED');
    expect(await listed(uri)).toBe(false);
    expect(await logKinds(created?.id)).toEqual(['PUBLISHED', 'WITHDRAWN']);
  });

  test('a kill that arrives before its story keeps it from being shown', async () => {
    const uri = 'urn:test:kill:2';
    await ingest({
      uri,
      headline: 'Kill: a mistake',
      pubStatus: 'CANCELED',
      bodyText: null,
      versionCreated: '2024-03-04T11:00:00Z',
    });
    await ingest({ uri, headline: 'A mistake', versionCreated: '2024-03-04T10:00:00Z' });
    expect(await listed(uri)).toBe(false);
  });
});

describe('embargo', () => {
  test('a story under embargo is neither listed nor pushed until its time, then by itself', async () => {
    const uri = 'urn:test:embargo:1';
    const until = new Date(Date.now() + 3_600_000);
    const { article: seen, item } = await ingest({
      uri,
      headline: 'Not before noon',
      embargoedUntil: until.toISOString(),
    });
    expect(item).not.toBeNull();
    expect(await listed(uri)).toBe(false);
    const { seq: before } = await app.tail.committedHead();
    await liftEmbargoes(app.database, new Date(until.getTime() - 1));
    expect(await listed(uri)).toBe(false);
    await liftEmbargoes(app.database, until);
    expect(await listed(uri)).toBe(true);
    expect(await logKinds(seen?.id)).toEqual(['PUBLISHED']);
    const { rows } = await app.database.pool.query('select seq from log_head');
    expect(BigInt(rows[0].seq)).toBe(before + 1n);
  });
});

describe('copies', () => {
  const agencyText = Array.from(
    { length: 12 },
    (_, index) =>
      `In sentence ${index} the agency reports that item ${index * 7} of the long agenda was settled by vote ${index * 13} after debate.`,
  ).join('\n\n');

  test('nearly the same text from another source is a story of its own, related as COPY_OF with a score', async () => {
    const original = await ingest({ headline: 'Agenda settled', source: { name: 'Wire One' }, bodyText: agencyText });
    const copy = await ingest({
      headline: 'Council done',
      source: { name: 'Daily Two' },
      bodyText: `${agencyText}\n\nOur own last line.`,
    });
    expect(copy.outcome).toBe('CREATED');
    const edges = (await article(copy.article?.id))?.related.edges.map((edge) => edge.node) ?? [];
    expect(edges).toMatchObject([{ rel: 'COPY_OF', origin: 'COMPUTED', article: { id: original.article?.id } }]);
    expect(edges[0]?.score).toBeGreaterThan(0.9);
  });
});

describe('editing', () => {
  const edit = (name: string, input: Record<string, unknown>) =>
    app.ask<
      Record<
        string,
        { article: { version: number; pubStatus: string; headline: string } | null; userErrors: { code: string }[] }
      >
    >(
      `mutation($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { article { version pubStatus headline } userErrors { code } } }`,
      { input },
    );

  test('correct, withdraw, restore: a version each, with the note, in the log', async () => {
    const { article: created } = await ingest({ uri: 'urn:test:edit:1', headline: 'Ten persons came' });
    await edit('correctArticle', { id: created?.id, note: 'Nine came, not ten.', headline: 'Nine persons came' });
    await edit('withdrawArticle', { id: created?.id, note: 'Legal advice.' });
    expect(await listed('urn:test:edit:1')).toBe(false);
    await edit('restoreArticle', { id: created?.id });
    const stored = await article(created?.id);
    expect(stored?.headline).toBe('Nine persons came');
    expect(stored?.revisions.edges.map(({ node }) => [node.kind, node.note])).toEqual([
      ['RESTORED', null],
      ['WITHDRAWN', 'Legal advice.'],
      ['CORRECTED', 'Nine came, not ten.'],
      ['CREATED', null],
    ]);
    expect(await logKinds(created?.id)).toEqual(['PUBLISHED', 'CORRECTED', 'WITHDRAWN', 'RESTORED']);
  });

  test('an edit of an article that is not there says so', async () => {
    const id = Buffer.from('Article:00000000-0000-7000-8000-000000000000').toString('base64url');
    const { data } = await edit('withdrawArticle', { id });
    expect(data.withdrawArticle).toMatchObject({ article: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });
});

describe('ingestBatch', () => {
  const BATCH = `mutation($input: IngestBatchInput!) { ingestBatch(input: $input) {
    userErrors { code path } results { outcome article { headline } userErrors { code path message } } } }`;
  interface BatchAnswer {
    ingestBatch: {
      userErrors: { code: string; path: string[] }[];
      results: { outcome: string; article: { headline: string } | null; userErrors: { path: string[] }[] }[];
    };
  }
  const item = (headline: string) => ({ source: { structured: { headline, bodyText: BODY } } });

  test('each item has its own outcome; a bad one does not sink the rest', async () => {
    const items = [item('Batch one'), { source: { html: '<p>' } }, item('Batch two'), item('Batch one')];
    const { data } = await app.ask<BatchAnswer>(BATCH, { input: { items } });
    expect(data.ingestBatch.results.map((result) => result.outcome)).toEqual([
      'CREATED',
      'REJECTED',
      'CREATED',
      'UNCHANGED',
    ]);
    expect(data.ingestBatch.results[1]?.userErrors[0]?.path.slice(0, 5)).toEqual([
      'input',
      'items',
      '1',
      'source',
      'html',
    ]);
  });

  test('more than 500 items are refused as a whole', async () => {
    const items = Array.from({ length: 501 }, (_, index) => item(`Too many ${index}`));
    const { data } = await app.ask<BatchAnswer>(BATCH, { input: { items } });
    expect(data.ingestBatch).toMatchObject({
      results: [],
      userErrors: [{ code: 'TOO_LARGE', path: ['input', 'items'] }],
    });
  });
});

describe('formats', () => {
  const feed = `<rss version="2.0"><channel><title>Courier</title><link>https://courier.example/</link>
    <item><title>Feed story one</title><link>https://courier.example/1</link><description>The council met on Monday and decided.</description></item>
    <item><title>Feed story two</title><link>https://courier.example/2</link><description>The mayor spoke on Tuesday and resigned.</description></item>
    </channel></rss>`;
  const ninjs = {
    uri: 'urn:test:ninjs:1',
    type: 'text',
    versioncreated: '2024-03-04T09:00:00Z',
    headline: 'From the wire',
    body_text: BODY,
  };

  test.each(
    [
      ['ninjs as an object', { ninjs }, 'UNCHANGED'],
      ['ninjs as text, found out by its marks', { any: JSON.stringify(ninjs) }, 'CREATED'],
    ].reverse() as [string, object, string][],
  )('%s', async (_name, source, outcome) => {
    const { data } = await app.ask<IngestAnswer>(INGEST, { input: { source } });
    expect(data.ingestStory).toMatchObject({ outcome, userErrors: [] });
  });

  test('a feed: every item a story', async () => {
    const { data } = await app.ask<{ ingestFeed: { items: { outcome: string; article: { headline: string } }[] } }>(
      'mutation($feed: String!) { ingestFeed(input: {feed: $feed}) { items { outcome article { headline } } } }',
      { feed },
    );
    expect(data.ingestFeed.items).toEqual([
      { outcome: 'CREATED', article: { headline: 'Feed story one' } },
      { outcome: 'CREATED', article: { headline: 'Feed story two' } },
    ]);
  });
});
