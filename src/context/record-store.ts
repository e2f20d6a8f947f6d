import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import type { EventDescription } from './describe-event.ts';
import type { AddedUnits } from './event-state.ts';
import type { StoryRecord } from './story-record.ts';
import type { TermWeights } from './terms.ts';

/** A story's record with what it takes to undo its placement. */
export interface PlacedRecord {
  story: StoryRecord;
  /** The event whose state it is counted in; null where an editor took it out of it. */
  eventId: string | null;
  /** Lengths of its vectors when it was added to that state. */
  units: AddedUnits;
  /** The event as this story tells it. */
  description: EventDescription;
  placement: number;
}

/** Stories of one event that new ones are compared with and that describe it: the latest. */
export const RECORDS_PER_EVENT = 20;
/** Names kept of a story, by relevance. */
const MOST_NAMES = 30;

/** The records of stories as stored, with what this transaction changed. */
export interface RecordStore {
  /** Fetches these stories' records, as far as there are some. */
  load(articleIds: string[]): Promise<void>;
  /** A record that was loaded or put. */
  get(articleId: string): PlacedRecord | undefined;
  /** The latest stories of each event, at most {@link RECORDS_PER_EVENT}, in order of placement. */
  ofEvents(eventIds: string[]): Promise<Map<string, PlacedRecord[]>>;
  /** Keeps a record; the lists of the event it leaves and of the one it joins follow. */
  put(record: PlacedRecord): Promise<void>;
  /** Counts all records of one event in another, without going through their lists. */
  moveAll(fromId: string, intoId: string): Promise<void>;
  save(): Promise<void>;
}

interface Row {
  article_id: string;
  event_id: string | null;
  placement: string;
  record: StoredRecord;
}

type StoredRecord = Omit<PlacedRecord, 'story' | 'eventId' | 'placement'> & {
  story: Omit<StoryRecord, 'id' | 'terms' | 'leadTerms'> & Record<'terms' | 'leadTerms', [string, number][]>;
};

export function createRecordStore(tx: Transaction): RecordStore {
  const records = new Map<string, PlacedRecord>();
  const lists = new Map<string, PlacedRecord[]>();
  const changed = new Set<string>();

  async function ofEvents(eventIds: string[]): Promise<Map<string, PlacedRecord[]>> {
    const missing = eventIds.filter((id) => !lists.has(id));
    for (const id of missing) lists.set(id, []);
    if (missing.length > 0) {
      const { rows } = await tx.query<Row>({
        name: 'records_of_events',
        text: `
          select r.* from unnest($1::uuid[]) as e(id) cross join lateral (
            select article_id, event_id, placement, record from story_records where event_id = e.id
            order by placement desc limit ${RECORDS_PER_EVENT}
          ) r order by r.placement`,
        values: [missing],
      });
      for (const row of rows) {
        const record = records.get(row.article_id) ?? readRow(row);
        records.set(row.article_id, record);
        // A record that moved within this transaction stands in the list of its new event.
        if (record.eventId === row.event_id) lists.get(record.eventId ?? '')?.push(record);
      }
    }
    return new Map(eventIds.map((id) => [id, lists.get(id) ?? []]));
  }

  return {
    async load(articleIds) {
      const { rows } = await tx.query<Row>({
        name: 'story_records',
        text: 'select article_id, event_id, placement, record from story_records where article_id = any($1)',
        values: [articleIds],
      });
      for (const row of rows) records.set(row.article_id, readRow(row));
    },
    get: (articleId) => records.get(articleId),
    ofEvents,
    async put(record) {
      const id = record.story.id;
      const left = records.get(id)?.eventId;
      await ofEvents([left, record.eventId].flatMap((event) => event ?? []));
      if (left)
        lists.set(
          left,
          (lists.get(left) ?? []).filter((other) => other.story.id !== id),
        );
      records.set(id, record);
      changed.add(id);
      if (record.eventId)
        lists.set(record.eventId, [...(lists.get(record.eventId) ?? []), record].slice(-RECORDS_PER_EVENT));
    },
    async moveAll(fromId, intoId) {
      await tx.query('update story_records set event_id = $2 where event_id = $1', [fromId, intoId]);
      for (const [id, record] of records)
        if (record.eventId === fromId) records.set(id, { ...record, eventId: intoId });
      lists.delete(fromId);
      lists.delete(intoId);
    },
    async save() {
      const rows = [...changed].flatMap((id) => {
        const record = records.get(id);
        return record ? [writeRow(record)] : [];
      });
      await insertRows(
        tx,
        'story_records',
        { article_id: 'uuid', event_id: 'uuid', placement: 'bigint', record: 'jsonb' },
        rows,
        `on conflict (article_id) do update set event_id = excluded.event_id, placement = excluded.placement,
           record = excluded.record`,
      );
      changed.clear();
    },
  };
}

/** The names that matter, without what only reading the story needs. */
export function keptNames(names: StoryRecord['names']): StoryRecord['names'] {
  return [...names]
    .sort((a, b) => b.relevance - a.relevance)
    .slice(0, MOST_NAMES)
    .map(({ type, name, confidence, relevance }) => ({ type, name, confidence, relevance }));
}

/** Terms as pairs rather than objects, which jsonb would reorder: sums would then differ in their last digit. */
function writeRow({ story, eventId, placement, ...rest }: PlacedRecord) {
  const { id, terms, leadTerms, ...plain } = story;
  const record: StoredRecord = { ...rest, story: { ...plain, terms: [...terms], leadTerms: [...leadTerms] } };
  return { article_id: id, event_id: eventId, placement, record };
}

function readRow({ article_id: id, event_id: eventId, placement, record }: Row): PlacedRecord {
  const map = (pairs: [string, number][]): TermWeights => new Map(pairs);
  const { terms, leadTerms, ...plain } = record.story;
  return {
    ...record,
    story: { ...plain, id, terms: map(terms), leadTerms: map(leadTerms) },
    eventId,
    placement: Number(placement),
  };
}
