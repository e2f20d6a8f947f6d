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

async function partition(ids: (string | undefined)[]): Promise<number[]> {
  const events = await Promise.all(ids.map((id) => eventsOf(app, id)));
  const order = [...new Set(events.map(([event]) => event?.id))];
  return events.map(([event]) => order.indexOf(event?.id));
}

describe('events', () => {
  test('two reports of one happening share an event, another subject has its own', async () => {
    const ids = await ingestInvented(app, FLOOD, FLOOD_AGAIN, BANK);
    expect(await partition(ids)).toEqual([0, 0, 1]);
    const [event] = await eventsOf(app, ids[0]);
    expect(event).toMatchObject({ independentSourceCount: 2, superEvent: null });
  });

  test('siblings stay apart, under one super-event', async () => {
    const ids = await ingestInvented(app, FLOOD, FLOOD_AGAIN, BANK, ROOFS);
    expect(await partition(ids)).toEqual([0, 0, 1, 2]);
    const [flood] = await eventsOf(app, ids[0]);
    const [roofs] = await eventsOf(app, ids[3]);
    expect(flood?.superEvent).not.toBeNull();
    expect(roofs?.superEvent).toEqual(flood?.superEvent);
    expect((await eventsOf(app, ids[2]))[0]?.superEvent).toBeNull();
  });

  test('a batch comes to what one story after the other comes to', async () => {
    const stories = [FLOOD, BANK, FLOOD_AGAIN, ROOFS];
    const outcome = async () => {
      const states = await app.database.pool.query('select state from event_states order by event_id');
      const related = await app.database.pool.query(
        `select a.uri as own, o.uri as other, r.score, r.rel from related r join articles a on a.id = r.article_id
         join articles o on o.id = r.related_id order by 1, 2`,
      );
      return { states: states.rows, related: related.rows };
    };
    for (const story of stories) await ingestInvented(app, story);
    const single = await outcome();
    await clearArchive(app);
    await ingestInvented(app, ...stories);
    expect(await outcome()).toEqual(single);
    expect(single.related.length).toBeGreaterThan(0);
  });

  test('copies of one text count once', async () => {
    const copy = { ...FLOOD, bodyText: `${FLOOD.bodyText}\n\n${FLOOD_AGAIN.bodyText}` };
    const ids = await ingestInvented(
      app,
      copy,
      { ...copy, uri: 'urn:test:copy-1', headline: 'Norvik harbour flooded', source: 'mirror.example' },
      { ...copy, uri: 'urn:test:copy-2', headline: 'Harbour of Norvik under water', source: 'echo.example' },
    );
    expect(await partition(ids)).toEqual([0, 0, 0]);
    expect((await eventsOf(app, ids[0]))[0]?.independentSourceCount).toBe(1);
  });

  test('a revised story leaves the event it no longer reports, and nothing of it stays there', async () => {
    const [flood, again] = await ingestInvented(app, FLOOD, FLOOD_AGAIN);
    const before = await app.database.pool.query('select state from event_states');
    expect(before.rows[0].state.stories).toBe(2);
    await ingestInvented(app, { ...BANK, uri: FLOOD_AGAIN.uri });
    expect(await partition([flood, again])).toEqual([0, 1]);
    const after = await app.database.pool.query('select state from event_states order by event_id');
    expect(after.rows.map((row) => row.state.stories)).toEqual([1, 1]);
    expect(after.rows[0].state.terms.map(([term]: [string]) => term)).not.toContain('counted');
    expect(await relatedOf(app, flood)).toEqual([]);
    await ingestInvented(app, { ...FLOOD_AGAIN, headline: 'Forty boats lost as storm Agda hits Norvik' });
    expect(await partition([flood, again])).toEqual([0, 0]);
    const { rows } = await app.database.pool.query('select count(*)::int as n from events');
    expect(rows[0].n).toBe(1);
  });

  test('a story revised alone keeps its event', async () => {
    const [id] = await ingestInvented(app, BANK);
    const [before] = await eventsOf(app, id);
    await ingestInvented(app, { ...BANK, headline: 'Central bank of Sudria raises its key rate to 4 percent' });
    const [after] = await eventsOf(app, id);
    expect(after?.id).toBe(before?.id);
    expect(after?.name).toBe('Central bank of Sudria raises its key rate to 4 percent');
  });

  test('twenty ingests at once lose no story of an event', async () => {
    const stories = Array.from({ length: 20 }, (_, index) => ({
      ...FLOOD,
      uri: `urn:test:at-once-${index}`,
      bodyText: `${FLOOD.bodyText}\n\nBoat number ${index} was named Sigrid.`,
      source: `paper${index}.example`,
    }));
    const ids = (await Promise.all(stories.map((story) => ingestInvented(app, story)))).flat();
    expect(new Set(await partition(ids))).toEqual(new Set([0]));
    const { rows } = await app.database.pool.query('select state from event_states');
    expect(rows.map((row) => row.state.stories)).toEqual([20]);
  });
});

describe('computed related stories', () => {
  test('are the same event first, with reasons, both ways; a story without relatives has none', async () => {
    const [flood, again, bank, roofs] = await ingestInvented(app, FLOOD, FLOOD_AGAIN, BANK, ROOFS);
    const [first] = await relatedOf(app, again);
    expect(first).toMatchObject({ rel: 'RELATED', origin: 'COMPUTED', article: { id: flood } });
    expect(first?.reasons).toContainEqual({ kind: 'same-event', text: 'same event' });
    expect((await relatedOf(app, flood))[0]).toMatchObject({ rel: 'RELATED', article: { id: again } });
    expect(await relatedOf(app, bank)).toEqual([]);
    expect((await relatedOf(app, roofs)).map(({ rel }) => rel)).not.toContain('RELATED');
  });

  test('are at most eight for each story, the best', async () => {
    const stories = Array.from({ length: 14 }, (_, index) => ({
      ...FLOOD,
      uri: `urn:test:many-${index}`,
      headline: `${FLOOD.headline}, report ${index}`,
      bodyText: `${FLOOD.bodyText}\n\n${'Quay wall after quay wall gave way that night. '.repeat(index)}`,
    }));
    const ids = await ingestInvented(app, ...stories);
    for (const id of ids) expect((await relatedOf(app, id)).length).toBeLessThanOrEqual(8);
  });
});
