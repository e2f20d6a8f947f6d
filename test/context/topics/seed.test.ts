import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedTopics } from '../../../src/context/topics/seed.ts';
import { standardTopic } from '../../../src/context/topics/standard.ts';
import { ALL_TOPICS } from '../../../src/context/topics.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { ingestPage, pageText } from '../../support/stories.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

async function tag(by: Record<string, string>) {
  const { data } = await app.ask<{ tag: Record<string, unknown> | null }>(
    'query($by: TagBy!) { tag(by: $by) { type name slug scheme termCode sameAs aliases broader { name } narrower { edges { node { name } } } } }',
    { by },
  );
  return data.tag;
}

describe('the Media Topics as tags', () => {
  test('a concept has its code, its names in every language, and what is above and below it', async () => {
    expect(await tag({ code: 'medtop:20000587' })).toMatchObject({
      type: 'SUBJECT',
      scheme: 'medtop',
      termCode: '20000587',
      slug: expect.stringMatching(/^medtop-/),
      broader: expect.anything(),
    });
    const { rows } = await app.database.pool.query(
      `select count(*)::int as n, count(distinct slug)::int as slugs from tags where scheme = 'medtop'`,
    );
    expect(rows[0]).toEqual({ n: ALL_TOPICS.length, slugs: ALL_TOPICS.length });
  });

  test('a concept is found by its beginning in any language', async () => {
    const query = '{ tags(type: [SUBJECT], startsWith: "Kultur, KUNST", first: 5) { edges { node { termCode } } } }';
    const { data } = await app.ask<{ tags: { edges: unknown[] } }>(query);
    expect(data.tags.edges).toContainEqual({ node: { termCode: '01000000' } });
  });

  test('every retired concept resolves to one that stands, where there is one', async () => {
    const retired = ALL_TOPICS.find((topic) => topic.retired && topic.replacedBy);
    expect(await tag({ code: `medtop:${retired?.code}` })).not.toMatchObject({ termCode: retired?.code });
    const { rows } = await app.database.pool.query(
      `select t.term_code from tags t join tags m on m.id = t.merged_into_id where m.merged_into_id is not null`,
    );
    expect(rows).toEqual([]);
  });

  test('are made once for each version of the vocabulary', async () => {
    expect(await seedTopics(app.database.pool)).toBe(false);
    await app.database.pool.query(`update vocabulary_seeds set version = 'older'`);
    expect(await seedTopics(app.database.pool)).toBe(true);
  });

  test("leave a publisher's keyword of the same name its slug", async () => {
    await ingestPage(app, pageText('The Larch bridge', { tags: 'Election' }));
    expect(await tag({ slug: 'election' })).toMatchObject({ type: 'KEYWORD' });
  });

  test('filtering by a broader one includes what is under it', async () => {
    const { article } = await ingestPage(app, pageText('The Maple bridge'));
    const input = { id: article?.id, tag: { code: 'medtop:20000587' } };
    await app.ask('mutation($input: TagArticleInput!) { tagArticle(input: $input) { tag { id } } }', { input });
    const above = await tag({ code: 'medtop:14000000' });
    const { data } = await app.ask(
      'query($filter: StoryFilter) { stories(filter: $filter) { edges { node { id } } } }',
      { filter: { tags: { any: [above?.slug] } } },
    );
    expect(data.stories).toEqual({ edges: [{ node: { id: article?.id } }] });
  });
});

describe('standardTopic', () => {
  const code = { name: '15054000', type: 'SUBJECT' as const, sameAs: [], relevance: 50, confidence: null };
  test('an older subject code becomes the topic that continues it, named', () => {
    const found = standardTopic({ ...code, scheme: 'subjectcode', termCode: '15054000' });
    expect(found).toMatchObject({ scheme: 'medtop', name: 'football', relevance: 50 });
  });
  test('a code that nobody knows stays as it is', () => {
    const unknown = { ...code, scheme: 'subjectcode', termCode: '99999999' };
    expect(standardTopic(unknown)).toBe(unknown);
  });
});
