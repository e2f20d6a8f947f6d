import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLog } from '../../src/log/read.ts';
import { changeFor } from '../../src/log/stream.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ingestPage, pageText } from '../support/stories.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

interface Edge {
  creator: string;
  node: { name: string; slug: string };
}

async function storyWithTags(about: string, tags: string): Promise<string> {
  const { article } = await ingestPage(app, pageText(about, { tags }));
  return article?.id as string;
}

async function tagsOf(id: string): Promise<Record<string, string>> {
  const { data } = await app.ask<{ article: { tags: { edges: Edge[] } } }>(
    'query($id: ID!) { article(by: {id: $id}) { tags(first: 100) { edges { creator node { name slug } } } } }',
    { id },
  );
  return Object.fromEntries(data.article.tags.edges.map((edge) => [edge.node.slug, edge.creator]));
}

async function mutate(name: string, input: Record<string, unknown>, fields = '') {
  const type = name[0]?.toUpperCase() + name.slice(1);
  const query = `mutation($input: ${type}Input!) { ${name}(input: $input) { tag { id slug name } ${fields} userErrors { code path message } } }`;
  const { data, errors } = await app.ask<Record<string, Payload>>(query, { input });
  expect(errors).toBeUndefined();
  return data[name] as Payload;
}
interface Payload {
  tag: { id: string; slug: string; name: string } | null;
  movedArticles?: number;
  userErrors: { code: string; path: string[] }[];
}

async function storiesTagged(tags: Record<string, string[]>): Promise<number> {
  const { data } = await app.ask<{ stories: { totalCount: number } }>(
    'query($filter: StoryFilter) { stories(filter: $filter) { totalCount } }',
    { filter: { tags } },
  );
  return data.stories.totalCount;
}

async function logHead(): Promise<bigint> {
  const { rows } = await app.database.pool.query<{ seq: string }>('select seq from log_head');
  return BigInt(rows[0]?.seq ?? 0);
}

async function tagId(slug: string): Promise<string> {
  const { rows } = await app.database.pool.query<{ id: string }>('select id from tags where slug = $1', [slug]);
  return rows[0]?.id as string;
}

describe('tagArticle', () => {
  test('puts a tag on a story that a new version keeps, and says so in the log', async () => {
    const id = await storyWithTags('The Aster bridge', 'Ferries');
    const before = await logHead();
    const payload = await mutate('tagArticle', {
      id,
      newTag: { type: 'SUBJECT', name: 'River crossings' },
      note: 'ours',
    });
    expect(payload).toMatchObject({ tag: { slug: 'river-crossings' }, userErrors: [] });
    const [entry] = await readLog(app.database.pool, before, 10);
    expect(entry).toMatchObject({ kind: 'UPDATED', changedFields: ['tags'], note: 'ours', version: 1 });
    expect(changeFor({ tags: { any: [await tagId('river-crossings')] } }, entry as never)).toBe('ENTERED');
    await ingestPage(app, pageText('The Aster bridge', { tags: 'Ferries', body: 'A second bus follows.' }));
    expect(await tagsOf(id)).toMatchObject({ 'river-crossings': 'EDITOR', ferries: 'PUBLISHER' });
  });

  test("makes a publisher's tag the editor's, once", async () => {
    const id = await storyWithTags('The Basil bridge', 'Ferries');
    const before = await logHead();
    await mutate('tagArticle', { id, tag: { slug: 'ferries' } });
    await mutate('tagArticle', { id, tag: { slug: 'ferries' } });
    expect((await tagsOf(id)).ferries).toBe('EDITOR');
    expect(await readLog(app.database.pool, before, 10)).toHaveLength(1);
  });

  test.each([
    ['an unknown tag', { tag: { slug: 'no-such-tag' } }, 'NOT_FOUND', ['input', 'tag']],
    ['no tag at all', {}, 'INVALID', ['input', 'tag']],
    ['an empty name', { newTag: { type: 'PERSON', name: ' ' } }, 'EMPTY', ['input', 'newTag', 'name']],
    [
      'a wrong relevance',
      { newTag: { type: 'PERSON', name: 'A B' }, relevance: 101 },
      'INVALID',
      ['input', 'relevance'],
    ],
  ])('%s is a user error', async (_name, input, code, path) => {
    const id = await storyWithTags('The Cedar bridge', 'Ferries');
    expect((await mutate('tagArticle', { id, ...input })).userErrors).toMatchObject([{ code, path }]);
  });

  test('needs a key that may write', async () => {
    const id = await storyWithTags('The Cedar bridge', 'Ferries');
    const query = 'mutation($input: TagArticleInput!) { tagArticle(input: $input) { userErrors { code } } }';
    const { errors } = await app.ask(query, { input: { id, tag: { slug: 'ferries' } } }, null);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('untagArticle', () => {
  test('takes a tag off for good: a new version does not bring it back, an editor does', async () => {
    const id = await storyWithTags('The Dill bridge', 'Ferries, Trams');
    const before = await logHead();
    await mutate('untagArticle', { id, tag: { slug: 'trams' } });
    const [entry] = await readLog(app.database.pool, before, 10);
    expect(changeFor({ tags: { any: [await tagId('trams')] } }, entry as never)).toBe('LEFT');
    await ingestPage(app, pageText('The Dill bridge', { tags: 'Ferries, Trams, Buses', body: 'More follows.' }));
    expect(Object.keys(await tagsOf(id))).toEqual(expect.arrayContaining(['ferries', 'buses']));
    expect(await tagsOf(id)).not.toHaveProperty('trams');
    await mutate('tagArticle', { id, tag: { slug: 'trams' } });
    expect((await tagsOf(id)).trams).toBe('EDITOR');
  });
});

describe('mergeTags', () => {
  test('moves every story; both slugs, and filters by either, mean the one that stays', async () => {
    const both = await storyWithTags('The Elder bridge', 'Tramway, Streetcar');
    const one = await storyWithTags('The Fern bridge', 'Streetcar');
    const oldId = await tagId('streetcar');
    const before = await logHead();
    const payload = await mutate(
      'mergeTags',
      { from: { slug: 'streetcar' }, into: { slug: 'tramway' } },
      'movedArticles',
    );
    expect(payload).toMatchObject({ tag: { slug: 'tramway' }, movedArticles: 2, userErrors: [] });
    expect(await tagsOf(both)).not.toHaveProperty('streetcar');
    expect((await tagsOf(one)).tramway).toBe('PUBLISHER');
    const { data } = await app.ask('{ tag(by: {slug: "streetcar"}) { slug aliases articleCount } }');
    expect(data).toEqual({ tag: { slug: 'tramway', aliases: ['Streetcar', 'Tramway'], articleCount: 2 } });
    for (const slug of ['streetcar', 'tramway']) expect(await storiesTagged({ any: [slug] })).toBe(2);
    expect(await storiesTagged({ all: ['streetcar', 'tramway'] })).toBe(2);
    const entries = await readLog(app.database.pool, before, 10);
    expect(entries.map((entry) => entry.changedFields)).toEqual([['tags'], ['tags']]);
    // A subscription from before the merge still asks for the old id.
    expect(entries.map((entry) => changeFor({ tags: { any: [oldId] } }, entry))).toEqual(['UPDATED', 'UPDATED']);
  });

  test('a story that comes later under the old name gets the tag that stayed', async () => {
    const id = await storyWithTags('The Gorse bridge', 'Streetcar');
    expect(await tagsOf(id)).toHaveProperty('tramway');
    expect(await storiesTagged({ any: ['streetcar'] })).toBe(3);
  });

  test('merging what is merged already changes nothing; merging a tag into itself is a user error', async () => {
    const before = await logHead();
    const again = await mutate(
      'mergeTags',
      { from: { slug: 'streetcar' }, into: { slug: 'tramway' } },
      'movedArticles',
    );
    expect(again).toMatchObject({ movedArticles: 0, userErrors: [] });
    expect(await logHead()).toBe(before);
    const self = await mutate('mergeTags', { from: { slug: 'tramway' }, into: { slug: 'streetcar' } });
    expect(self.userErrors).toMatchObject([{ code: 'SAME_TAG' }]);
  });

  test('what an editor took off stays off', async () => {
    const id = await storyWithTags('The Hazel bridge', 'Ferries, Ferryboats');
    await mutate('untagArticle', { id, tag: { slug: 'ferries' } });
    await mutate('mergeTags', { from: { slug: 'ferryboats' }, into: { slug: 'ferries' } });
    expect(await tagsOf(id)).not.toHaveProperty('ferries');
  });
});

describe('splitTag', () => {
  test('gives stories to a second tag of the same name, for good', async () => {
    const first = await storyWithTags('The Iris bridge', 'Mercury');
    const second = await storyWithTags('The Jasmine bridge', 'Mercury');
    const payload = await mutate(
      'splitTag',
      { tag: { slug: 'mercury' }, name: 'Mercury', articleIds: [second] },
      'movedArticles',
    );
    expect(payload).toMatchObject({ tag: { name: 'Mercury', slug: 'mercury-keyword' }, movedArticles: 1 });
    await ingestPage(app, pageText('The Jasmine bridge', { tags: 'Mercury', body: 'More follows.' }));
    expect(await tagsOf(first)).toHaveProperty('mercury', 'PUBLISHER');
    expect(await tagsOf(second)).toHaveProperty('mercury-keyword', 'EDITOR');
    expect(await tagsOf(second)).not.toHaveProperty('mercury');
  });

  test('stories without the tag are a user error', async () => {
    const id = await storyWithTags('The Kale bridge', 'Ferries');
    const { userErrors } = await mutate('splitTag', { tag: { slug: 'mercury' }, name: 'Mercury', articleIds: [id] });
    expect(userErrors).toMatchObject([{ code: 'NOT_TAGGED', path: ['input', 'articleIds'] }]);
  });
});
