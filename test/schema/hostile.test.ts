import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { INGEST, type IngestAnswer } from '../support/stories.ts';

// Whatever a client sends, it is answered with what it can mend, in bounded time: never with INTERNAL.

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const BODY = 'The council met on Monday. It decided to build a second bridge.';

async function ingest(story: Record<string, unknown>, input: Record<string, unknown> = {}) {
  const { data, errors } = await app.ask<IngestAnswer>(INGEST, {
    input: { source: { structured: { headline: 'The bridge', bodyText: BODY, ...story } }, ...input },
  });
  expect(errors).toBeUndefined();
  return data.ingestStory;
}

async function codes(query: string, variables: unknown): Promise<unknown[]> {
  const { errors } = await app.ask(query, variables);
  return (errors ?? []).map((error) => error.extensions?.code);
}

describe('text that Postgres cannot hold', () => {
  test.each<[string, string, unknown]>([
    ['a slug', 'query($v: String) { article(by: {slug: $v}) { id } }', 'a\0b'],
    ['a uri', 'query($v: String) { article(by: {uri: $v}) { id } }', 'a\0b'],
    ["a tag's slug", 'query($v: String) { tag(by: {slug: $v}) { id } }', 'a\0b'],
    ["a tag's beginning", 'query($v: String) { tags(startsWith: $v) { edges { node { id } } } }', 'a\0b'],
    ["a source's domain", 'query($v: String) { source(by: {domain: $v}) { id } }', 'a.\0b'],
    ['an author', 'query($v: String!) { stories(filter: {authors: [$v]}) { totalCount } }', 'a\0b'],
    ['a language', 'query($v: String!) { stories(filter: {languages: [$v]}) { totalCount } }', 'a\0b'],
    ['a tag of a filter', 'query($v: String!) { stories(filter: {tags: {any: [$v]}}) { totalCount } }', 'a\0b'],
    ['a source of a filter', 'query($v: String!) { stories(filter: {sources: [$v]}) { totalCount } }', 'a.\0b'],
  ])('in %s is INVALID', async (_name, query, v) => {
    expect(await codes(query, { v })).toEqual(['INVALID']);
  });

  test.each(['a\0b', 'a\ud800b', "a'b", 'a\\b', '🌉', '\u202e'])(
    'in the text of a filter finds nothing (%j)',
    async (v) => {
      expect(await codes('query($v: String) { stories(filter: {text: $v}) { totalCount } }', { v })).toEqual([]);
    },
  );

  test.each(['a\0b', 'a\ud800b'])('in an idempotency key is INVALID (%j)', async (idempotencyKey) => {
    const { outcome, userErrors } = await ingest({}, { idempotencyKey });
    expect(outcome).toBe('REJECTED');
    expect(userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'idempotencyKey'] }]);
  });

  test("in an editor's note is mended", async () => {
    const { article } = await ingest({ uri: 'urn:test:note' });
    const query =
      'mutation($id: ID!, $note: String!) { withdrawArticle(input: {id: $id, note: $note}) { article { pubStatus revisions { edges { node { note } } } } } }';
    const { data } = await app.ask(query, { id: article?.id, note: 'why\0 \ud800not' });
    expect(JSON.stringify(data)).toContain('why \uFFFDnot');
  });
});

describe('cursors of a list', () => {
  const cursor = (text: string) => Buffer.from(text).toString('base64url');
  test.each([
    ['36 hyphens for an id', cursor(`2024-03-04T09:30:00.000Z ${'-'.repeat(36)}`)],
    ['a year that no clock has', cursor('+275760-09-13T00:00:00.000Z 00000000-0000-0000-0000-000000000000')],
    ['a year before Christ', cursor('-271821-04-20T00:00:00.000Z 00000000-0000-0000-0000-000000000000')],
    ['no date', cursor('2024-13-40T09:30:00.000Z 00000000-0000-0000-0000-000000000000')],
    ['nothing', ''],
    ['NUL', cursor('\0')],
    ['nonsense', '%%%'],
  ])('with %s are CURSOR_INVALID, or ask for nothing', async (_name, after) => {
    const found = await codes('query($after: String) { stories(after: $after) { totalCount } }', { after });
    expect(found).toEqual(after === '' ? [] : ['CURSOR_INVALID']);
  });
});

describe('too much of something', () => {
  test.each<[string, Record<string, unknown>]>([
    ['10,000 tags', { tags: Array.from({ length: 10_000 }, (_, index) => ({ name: `Tag ${index}` })) }],
    ['a headline of 100,000 characters', { headline: 'x'.repeat(100_000) }],
    ['a uri of 100,000 characters', { uri: `urn:${'x'.repeat(100_000)}` }],
  ])('%s: REJECTED with the reason', async (_name, story) => {
    const { outcome, userErrors } = await ingest(story);
    expect(outcome).toBe('REJECTED');
    expect(userErrors[0]?.message).toBeTruthy();
  });

  const photos = Array.from({ length: 1_000 }, (_, index) => ({
    caption: `Photo ${index}`,
    renditions: [{ href: `https://courier.example/${index}.jpg`, width: 640 }],
  }));
  test.each<[string, Record<string, unknown>]>([
    ['1,000 photos', { photos }],
    ['1,000 tags', { tags: Array.from({ length: 1_000 }, (_, index) => ({ name: `Tag ${index}` })) }],
    ['a headline of 2,000 characters', { headline: 'Äß東🌉 '.repeat(330) }],
    ['nothing but emoji', { headline: '🌉🌉🌉', bodyText: '👩‍🚒🌉 '.repeat(2_000) }],
    ['nothing but combining marks', { headline: 'e\u0301', bodyText: '\u0301'.repeat(50_000) }],
    ['NUL and lone surrogates', { headline: 'a\0b\ud800c', bodyText: `${BODY}\0\udc00` }],
  ])('%s: CREATED', async (name, story) => {
    const { outcome, userErrors } = await ingest({ uri: `urn:test:${name}`, ...story });
    expect({ outcome, userErrors }).toEqual({ outcome: 'CREATED', userErrors: [] });
  });

  test.each([
    ['5 MB', `${BODY}\n\n`.repeat(76_000)],
    ['1 MB in one word', 'x'.repeat(1_000_000)],
  ])(
    'a body of %s is stored, or refused as TOO_SLOW where the machine is',
    async (name, bodyText) => {
      const { outcome, userErrors } = await ingest({ uri: `urn:test:${name}`, bodyText });
      if (outcome !== 'CREATED') expect(userErrors).toMatchObject([{ code: 'TOO_SLOW' }]);
    },
    120_000,
  );

  test.each(['tags: {any: $v}', 'tags: {all: $v}', 'sources: $v', 'authors: $v', 'languages: $v'])(
    'a filter with a list of 10,000 (%s) is refused',
    async (condition) => {
      const query = `query($v: [String!]) { stories(filter: {${condition}}) { totalCount } }`;
      expect(await codes(query, { v: Array(10_000).fill('x.y') })).toEqual(['TOO_LARGE']);
    },
  );

  test('a filter with a text without end is refused, and so are ids without end', async () => {
    expect(
      await codes('query($v: String) { stories(filter: {text: $v}) { totalCount } }', { v: 'a '.repeat(10_000) }),
    ).toEqual(['TOO_LARGE']);
    const { article } = await ingest({ uri: 'urn:test:ids' });
    expect(await codes('query($v: [ID!]!) { nodes(ids: $v) { id } }', { v: Array(101).fill(article?.id) })).toEqual([
      'TOO_LARGE',
    ]);
  });
});

test('a related story with a uri longer than a key may be is found all the same', async () => {
  const uri = `urn:test:${'long'.repeat(300)}`;
  const { article } = await ingest({
    uri: 'urn:test:pointing',
    headline: 'Pointing',
    related: [{ title: 'Pointed at', uri }],
  });
  const pointedAt = await ingest({ uri, headline: 'Something else' });
  const query = 'query($id: ID!) { article(by: {id: $id}) { related { edges { node { article { id } } } } } }';
  const { data } = await app.ask(query, { id: article?.id });
  expect(JSON.stringify(data)).toContain(pointedAt.article?.id);
});

describe('a story under embargo', () => {
  const embargoedUntil = '2999-01-01T00:00:00Z';

  test('is shown by node and nodes no more than by article', async () => {
    const { article } = await ingest({ uri: 'urn:test:embargo', headline: 'Secret', embargoedUntil });
    const shown = await ingest({ uri: 'urn:test:shown', headline: 'Shown' });
    const query = `query($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } article(by: {id: $id}) { id } }`;
    const { data } = await app.ask(query, { id: article?.id, ids: [article?.id, shown.article?.id] }, null);
    expect(data).toEqual({ node: null, nodes: [null, { id: shown.article?.id }], article: null });
  });

  test('is not shown as a related story of another', async () => {
    await ingest({ uri: 'urn:test:embargo:2', headline: 'Secret, too', embargoedUntil });
    const { article } = await ingest({
      uri: 'urn:test:near',
      related: [{ title: 'See there', uri: 'urn:test:embargo:2' }],
    });
    const query = `query($id: ID!) { article(by: {id: $id}) { related { edges { node { id title article { headline } } } } } }`;
    const { data } = await app.ask<{ article: { related: { edges: { node: { title: string } }[] } } }>(
      query,
      { id: article?.id },
      null,
    );
    const edges = data.article.related.edges.map((edge) => edge.node);
    expect(edges.find((node) => node.title === 'See there')).toMatchObject({ article: null });
    expect(JSON.stringify(edges)).not.toContain('Secret, too');
  });

  test('a withdrawn story is answered by node as by article: with its status', async () => {
    const { article } = await ingest({ uri: 'urn:test:withdrawn', pubStatus: 'WITHHELD' });
    const query = `query($id: ID!) { node(id: $id) { ... on Article { pubStatus } } article(by: {id: $id}) { pubStatus } }`;
    const { data } = await app.ask(query, { id: article?.id }, null);
    expect(data).toEqual({ node: { pubStatus: 'WITHHELD' }, article: { pubStatus: 'WITHHELD' } });
  });

  test('the ledger is read by node only with the scope that it needs', async () => {
    const { item } = await ingest({ uri: 'urn:test:ledger' });
    const node = async (key?: null) =>
      (await app.ask('query($id: ID!) { node(id: $id) { id } }', { id: item?.id }, key)).data;
    expect(await node()).toEqual({ node: { id: item?.id } });
    expect(await node(null)).toEqual({ node: null });
  });
});
