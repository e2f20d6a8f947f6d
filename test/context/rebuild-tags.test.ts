import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildTags } from '../../src/context/rebuild-tags.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ingestPage, pageText } from '../support/stories.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  const stories: [string, string, string][] = [
    ['The Alder bridge', 'Ferries', 'March 1, 2024'],
    ['The Birch bridge', 'Ferries, Floods', 'March 4, 2024'],
    ['The Cherry bridge', 'Floods', 'March 4, 2024'],
    ['The Damson bridge', 'Ferries, Floods', 'March 4, 2024'],
  ];
  for (const [about, tags, date] of stories) await ingestPage(app, pageText(about, { tags, date }));
});
afterAll(() => app.stop());

async function rows(sql: string): Promise<unknown[]> {
  return (await app.database.pool.query(sql)).rows;
}

test('trending: what rises against its own past; cooccurring: what stands on the same stories', async () => {
  const { data } = await app.ask(`{
    trending(window: DAY, until: "2024-03-04T23:00:00Z", type: [KEYWORD]) { tag { slug } articleCount expectedCount }
    tag(by: {slug: "floods"}) { articleCount cooccurring(first: 50) { articleCount tag { slug } } }
  }`);
  expect(data).toMatchObject({
    trending: [{ tag: { slug: 'floods' }, articleCount: 3, expectedCount: 0.75 }],
    tag: { articleCount: 3, cooccurring: expect.arrayContaining([{ articleCount: 2, tag: { slug: 'ferries' } }]) },
  });
});

test('rebuilding tags changes nothing of what ingest computed, and mends what is otherwise', async () => {
  const edges = 'select article_id, tag_id, creator, confidence from article_tags order by 1, 2';
  const before = await rows(edges);
  expect(await rebuildTags(app.database)).toEqual({ stories: 4, changed: 0 });
  const [{ seq }] = (await rows('select seq from log_head')) as [{ seq: string }];
  await rows(`delete from article_tags where article_id = (select min(article_id::text)::uuid from article_tags)`);
  expect(await rebuildTags(app.database)).toEqual({ stories: 4, changed: 1 });
  expect(await rows(edges)).toEqual(before);
  expect(await rows('select seq from log_head')).toEqual([{ seq: String(Number(seq) + 1) }]);
});

test('an interrupted rebuild goes on behind the last story that was done', async () => {
  await rows(`insert into rebuilds select 'tags', (array_agg(id order by id))[3], 3, 0, now() from articles`);
  const seen: number[] = [];
  expect(await rebuildTags(app.database, ({ stories }) => seen.push(stories))).toEqual({ stories: 4, changed: 0 });
  expect(seen).toEqual([4]);
  expect(await rows('select * from rebuilds')).toEqual([]);
});
