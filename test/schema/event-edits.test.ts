import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  BANK,
  clearArchive,
  eventsOf,
  FLOOD,
  FLOOD_AGAIN,
  ingestInvented,
  ROOFS,
  relatedOf,
} from '../support/invented-events.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterEach(() => clearArchive(app));
afterAll(() => app.stop());

interface Edited {
  event: { id: string; name: string } | null;
  userErrors: { code: string; path: string[] }[];
}

async function edit(mutation: string, input: Record<string, unknown>, key?: string | null) {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const fields = mutation.includes('Event') ? 'event { id name }' : 'article { id }';
  const answer = await app.ask<Record<string, Edited>>(
    `mutation($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code path } } }`,
    { input },
    key,
  );
  return { ...answer, payload: answer.data?.[mutation] };
}

const reworded = (story: typeof FLOOD) => ({ ...story, bodyText: `${story.bodyText}\n\nMore was to follow.` });

describe("editors' events", () => {
  test('a story that an editor detached is not attached there again when it comes again', async () => {
    const [flood, again] = await ingestInvented(app, FLOOD, FLOOD_AGAIN);
    const [event] = await eventsOf(app, flood);
    expect((await edit('detachFromEvent', { article: again, event: event?.id })).payload?.userErrors).toEqual([]);
    expect(await eventsOf(app, again)).toEqual([]);
    await ingestInvented(app, reworded(FLOOD_AGAIN));
    expect((await eventsOf(app, again)).map(({ id }) => id)).not.toContain(event?.id);
    expect((await eventsOf(app, flood))[0]?.articles.edges).toHaveLength(1);
  });

  test('a story that an editor attached stays there when it comes again, and its computed event gives way', async () => {
    const [flood, bank] = await ingestInvented(app, FLOOD, BANK);
    const [event] = await eventsOf(app, flood);
    await edit('attachToEvent', { article: bank, event: event?.id });
    await ingestInvented(app, reworded(BANK));
    const events = await eventsOf(app, bank);
    expect(events.map(({ id }) => id)).toEqual([event?.id]);
    expect(events[0]?.articles.edges.find(({ node }) => node.id === bank)?.creator).toBe('EDITOR');
    const { rows } = await app.database.pool.query('select state from event_states');
    expect(rows.map((row) => row.state.stories)).toEqual([2]);
  });

  test('an event that an editor told is not told anew by the next story', async () => {
    const [flood] = await ingestInvented(app, FLOOD);
    const [event] = await eventsOf(app, flood);
    const told = await edit('upsertEvent', { id: event?.id, name: 'The Norvik flood', startDate: '2021-10' });
    expect(told.payload).toMatchObject({ event: { name: 'The Norvik flood' }, userErrors: [] });
    await ingestInvented(app, FLOOD_AGAIN);
    expect(await eventsOf(app, flood)).toMatchObject([
      { name: 'The Norvik flood', independentSourceCount: 2, articles: { edges: [{}, {}] } },
    ]);
  });

  test('two events become one, which the merged one resolves to and later stories join', async () => {
    const [flood, roofs] = await ingestInvented(app, FLOOD, ROOFS);
    const [[into], [from]] = [await eventsOf(app, flood), await eventsOf(app, roofs)];
    expect((await edit('mergeEvents', { from: from?.id, into: into?.id })).payload?.userErrors).toEqual([]);
    expect((await eventsOf(app, roofs)).map(({ id }) => id)).toEqual([into?.id]);
    const { data } = await app.ask<{ event: { id: string } }>('query($id: ID!) { event(id: $id) { id } }', {
      id: from?.id,
    });
    expect(data.event.id).toBe(into?.id);
    const [again] = await ingestInvented(app, { ...ROOFS, uri: 'urn:test:roofs-again' });
    expect((await eventsOf(app, again)).map(({ id }) => id)).toEqual([into?.id]);
    const { rows } = await app.database.pool.query('select state from event_states');
    expect(rows.map((row) => row.state.stories)).toEqual([3]);
  });

  test('an edit is in the log, with the events before and after', async () => {
    const [flood, bank] = await ingestInvented(app, FLOOD, BANK);
    const [event] = await eventsOf(app, flood);
    await edit('attachToEvent', { article: bank, event: event?.id });
    const { rows } = await app.database.pool.query(
      `select kind, changed_fields, facts->'eventIds' as after, facts_before->'eventIds' as before
       from story_log order by seq desc limit 1`,
    );
    expect(rows[0]).toMatchObject({ kind: 'UPDATED', changed_fields: ['events'] });
    expect(rows[0].after).not.toEqual(rows[0].before);
  });

  test('what is wrong is said, and nobody without the scope may edit', async () => {
    const [flood] = await ingestInvented(app, FLOOD);
    const [event] = await eventsOf(app, flood);
    expect((await edit('upsertEvent', { summary: 'x' })).payload?.userErrors).toMatchObject([
      { code: 'EMPTY', path: ['input', 'name'] },
    ]);
    expect((await edit('upsertEvent', { name: 'x', startDate: 'soon' })).payload?.userErrors).toMatchObject([
      { code: 'INVALID', path: ['input', 'startDate'] },
    ]);
    expect((await edit('upsertEvent', { id: event?.id, superEvent: event?.id })).payload?.userErrors).toMatchObject([
      { code: 'CYCLE' },
    ]);
    expect((await edit('mergeEvents', { from: event?.id, into: event?.id })).payload?.userErrors).toMatchObject([
      { code: 'SAME' },
    ]);
    const { errors } = await edit('detachFromEvent', { article: flood, event: event?.id }, null);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe("editors' related stories", () => {
  test('what an editor related shows on both stories; what they took apart is not computed again', async () => {
    const [flood, again, bank] = await ingestInvented(app, FLOOD, FLOOD_AGAIN, BANK);
    await edit('relateArticles', { article: bank, related: flood, rel: 'BACKGROUND' });
    expect(await relatedOf(app, bank)).toMatchObject([{ rel: 'BACKGROUND', origin: 'EDITOR', article: { id: flood } }]);
    expect(await relatedOf(app, flood)).toContainEqual(
      expect.objectContaining({ rel: 'FOLLOW_UP', origin: 'EDITOR', article: { id: bank } }),
    );
    await edit('unrelateArticles', { article: flood, related: again });
    await ingestInvented(app, reworded(FLOOD_AGAIN));
    expect(await relatedOf(app, again)).toEqual([]);
    expect((await relatedOf(app, flood)).map(({ origin }) => origin)).toEqual(['EDITOR']);
  });

  test('similar stories are found on the spot', async () => {
    const [flood, again, bank] = await ingestInvented(app, FLOOD, FLOOD_AGAIN, BANK);
    const similar = async (id: string | undefined) => {
      const { data } = await app.ask<{ similar: { rel: string; article: { id: string } }[] }>(
        'query($id: ID!) { similar(to: $id) { rel score reasons article { id } } }',
        { id },
      );
      return data.similar.map(({ article }) => article.id);
    };
    expect(await similar(flood)).toEqual([again]);
    expect(await similar(bank)).toEqual([]);
  });
});

test('the timeline of an event cites the story and version that say so', async () => {
  const [flood] = await ingestInvented(app, FLOOD);
  const { data } = await app.ask<{ article: { events: { edges: { node: { timeline: unknown[] } }[] } } }>(
    `query($id: ID!) { article(by: {id: $id}) { events { edges { node {
      timeline { date precision phrase version article { id } } } } } } }`,
    { id: flood },
  );
  expect(data.article.events.edges[0]?.node.timeline).toContainEqual({
    date: '2021-10-04',
    precision: 'DAY',
    phrase: expect.stringMatching(/Monday/),
    version: 1,
    article: { id: flood },
  });
});
