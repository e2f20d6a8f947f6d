import { v7 as uuid } from 'uuid';
import { writeEvents } from '../context/event-rows.ts';
import { addToEvent, combineEvents, openEvent, removeFromEvent, unitsOf } from '../context/event-state.ts';
import { createEventStore, type EventStore, movePostings, removeEmptied } from '../context/event-store.ts';
import { createRecordStore, type RecordStore } from '../context/record-store.ts';
import { lockContext, openTermTable, type TermTable } from '../context/term-table.ts';
import type { Database } from '../db/client.ts';
import { inTransaction, type Transaction } from '../db/transaction.ts';
import { slug } from '../stories/identity.ts';
import { announce } from './announce.ts';

/** What editors do to events. Computing never overrides it: see place-stories.ts for how it asks. */

interface Stores {
  table: TermTable;
  events: EventStore;
  records: RecordStore;
}

/** Fields that an editor gives an event; those not given stay as they are. */
export interface EventFields {
  name?: string;
  summary?: string | null;
  eventStatus?: 'SCHEDULED' | 'HAPPENED' | 'POSTPONED' | 'CANCELLED';
  startDate?: EventInstant | null;
  endDate?: EventInstant | null;
  locationName?: string | null;
  superEventId?: string | null;
}

/** UTC; the start of the year, month or day where that is all that is known. */
export interface EventInstant {
  instant: Date;
  precision: 'YEAR' | 'MONTH' | 'DAY' | 'MINUTE';
}

/** Attaches a story to an event for good; the computed attachment, if there is one, gives way. False where either is not there. */
export async function attachToEvent(database: Database, articleId: string, eventId: string): Promise<boolean> {
  return changeEvents(database, [articleId], [eventId], async (tx, stores, touched) => {
    await tx.query('delete from event_detachments where article_id = $1 and event_id = $2', [articleId, eventId]);
    await tx.query(`delete from event_articles where article_id = $1 and (creator = 'SYSTEM' or event_id = $2)`, [
      articleId,
      eventId,
    ]);
    await tx.query(`insert into event_articles (event_id, article_id, creator) values ($1, $2, 'EDITOR')`, [
      eventId,
      articleId,
    ]);
    await move(stores, articleId, eventId, touched);
  });
}

/** Takes a story out of an event for good. False where either is not there. */
export async function detachFromEvent(database: Database, articleId: string, eventId: string): Promise<boolean> {
  return changeEvents(database, [articleId], [eventId], async (tx, stores, touched) => {
    await tx.query('insert into event_detachments (article_id, event_id) values ($1, $2) on conflict do nothing', [
      articleId,
      eventId,
    ]);
    await tx.query('delete from event_articles where article_id = $1 and event_id = $2', [articleId, eventId]);
    if (stores.records.get(articleId)?.eventId === eventId) await move(stores, articleId, null, touched);
  });
}

/** Makes one event of two: everything of `fromId` goes to `intoId`, which it resolves to from then on. False where either is not there. */
export async function mergeEvents(database: Database, fromId: string, intoId: string): Promise<boolean> {
  const { rows } = await database.pool.query<{ id: string }>(
    'select article_id as id from event_articles where event_id = $1',
    [fromId],
  );
  const articleIds = rows.map((row) => row.id);
  return changeEvents(database, articleIds, [fromId, intoId], async (tx, { table, events, records }) => {
    const [from, into] = [await events.get(fromId), await events.get(intoId)];
    await table.know(
      [from, into].flatMap((state) => (state ? [...state.terms.keys(), ...state.leadTerms.keys()] : [])),
    );
    if (from) {
      const whole = into ? combineEvents(into, from, table) : { ...from, id: intoId };
      await events.put(whole, [], table.nextPlacement());
    }
    await movePostings(tx, fromId, intoId);
    await events.remove(fromId);
    await records.moveAll(fromId, intoId);
    for (const table of ['event_articles', 'event_detachments'])
      await tx.query(
        `update ${table} t set event_id = $2 where event_id = $1
           and not exists (select from ${table} o where o.event_id = $2 and o.article_id = t.article_id)`,
        [fromId, intoId],
      );
    await tx.query('delete from event_articles where event_id = $1', [fromId]);
    await tx.query('update events set super_event_id = $2 where super_event_id = $1 and id <> $2', [fromId, intoId]);
    await tx.query(
      `update events set merged_into_id = $2, super_event_id = null, independent_source_count = 0
       where id = $1 or merged_into_id = $1`,
      [fromId, intoId],
    );
  });
}

/** Makes an event, or changes the one of `id`; it is the editor's from then on. Null where there is none of that id. */
export async function upsertEvent(database: Database, id: string | null, fields: EventFields): Promise<string | null> {
  return inTransaction(database.pool, async (tx) => {
    await lockContext(tx);
    const own = id ?? uuid();
    if (id === null)
      await tx.query(
        `insert into events (id, slug, name, event_status, creator, created_at) values ($1, $2, $3, 'HAPPENED', 'EDITOR', $4)`,
        [own, `${slug(fields.name ?? '')}-${own.slice(-8)}`, fields.name, new Date()],
      );
    const { startDate, endDate, ...plain } = fields;
    const columns: Record<string, unknown> = {
      name: plain.name,
      summary: plain.summary,
      event_status: plain.eventStatus,
      location_name: plain.locationName,
      location_id: plain.locationName === undefined ? undefined : null,
      super_event_id: plain.superEventId,
      start_date: startDate && startDate.instant,
      start_precision: startDate && startDate.precision,
      end_date: endDate && endDate.instant,
      end_precision: endDate && endDate.precision,
    };
    const given = Object.entries(columns).filter(([, value]) => value !== undefined);
    const sets = given.map(([column], index) => `${column} = $${index + 2}`);
    const { rowCount } = await tx.query(
      `update events set ${["creator = 'EDITOR'", ...sets].join(', ')} where id = $1 and merged_into_id is null`,
      [own, ...given.map(([, value]) => value)],
    );
    return rowCount ? own : null;
  });
}

/** Whether `eventId` is `ancestorId` or part of it, however deep. */
export async function isPartOf(database: Database, eventId: string, ancestorId: string): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `with recursive above as (
       select id, super_event_id from events where id = $1
       union select e.id, e.super_event_id from events e join above on e.id = above.super_event_id
     ) select from above where id = $2`,
    [eventId, ancestorId],
  );
  return Boolean(rowCount);
}

/** Runs a change of which stories are in which events, and announces the stories it concerns. */
async function changeEvents(
  database: Database,
  articleIds: string[],
  eventIds: string[],
  change: (tx: Transaction, stores: Stores, touched: Set<string>) => Promise<void>,
): Promise<boolean> {
  return inTransaction(database.pool, async (tx) => {
    const now = new Date();
    await lockContext(tx);
    const articles = await tx.query<{ id: string; version: number; announced: boolean }>(
      'select id, version, announced from articles where id = any($1)',
      [articleIds],
    );
    const events = await tx.query('select from events where id = any($1) and merged_into_id is null', [eventIds]);
    if (articles.rowCount !== articleIds.length || events.rowCount !== eventIds.length) return false;
    const table = await openTermTable(tx);
    const stores = { table, events: createEventStore(tx, table), records: createRecordStore(tx) };
    await stores.records.load(articleIds);
    const touched = new Set(eventIds);
    await change(tx, stores, touched);
    const emptied = await removeEmptied(stores.events, touched);
    await writeEvents(tx, { opened: [], touched, emptied, ...stores }, now, async () => {});
    await table.save();
    const written = articles.rows.map(({ id, version, announced }) => ({
      outcome: 'REVISED' as const,
      articleId: id,
      version,
      kind: 'UPDATED' as const,
      changedFields: ['events'],
      note: null,
      wasAnnounced: announced,
      isCurrent: true,
    }));
    await announce(tx, written, now);
    return true;
  });
}

/** Counts a story in the state of another event, or of none. */
async function move(
  { table, events, records }: Stores,
  articleId: string,
  eventId: string | null,
  touched: Set<string>,
): Promise<void> {
  const record = records.get(articleId);
  if (!record || record.eventId === eventId) return;
  const placement = table.nextPlacement();
  const old = record.eventId ? await events.get(record.eventId) : undefined;
  if (old) await events.put(removeFromEvent(old, record.story, record.units), [], placement);
  if (old) touched.add(old.id);
  await table.know([...record.story.terms.keys(), ...record.story.leadTerms.keys()]);
  if (eventId) {
    const state = await events.get(eventId);
    await table.know(state ? [...state.terms.keys(), ...state.leadTerms.keys()] : []);
    const next = state ? addToEvent(state, record.story, table) : openEvent(eventId, record.story, table);
    await events.put(next, record.story.terms.keys(), placement);
  }
  await records.put({ ...record, eventId, units: unitsOf(record.story, table), placement });
}
