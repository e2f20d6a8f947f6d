import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { MAX_CANDIDATES } from './event-assign.ts';
import type { EventState } from './event-state.ts';
import { rarity, type TermStatistics } from './terms.ts';

/** Events of one term that are looked at: the latest. Keeps look-up flat as the archive grows. */
const POSTINGS_PER_TERM = 300;
/** Terms' weights are summed up as integers, whose sum does not depend on their order. */
const HEFT_SCALE = 1_000_000;

/** The states of events as stored, with what this transaction changed. */
export interface EventStore {
  /** Up to {@link MAX_CANDIDATES} events that hold any of the terms, those with the most and rarest first. */
  findCandidates(terms: string[]): Promise<EventState[]>;
  get(id: string): Promise<EventState | undefined>;
  /** Keeps the event and posts the terms that a story brought. */
  put(event: EventState, terms: Iterable<string>, placement: number): Promise<void>;
  /** Forgets an event that has no story left. */
  remove(id: string): Promise<void>;
  /** Writes changed states; their events must be stored before. */
  save(): Promise<void>;
}

type StoredState = Omit<EventState, 'id' | 'storyline' | 'terms' | 'leadTerms' | 'days' | 'places'> &
  Record<'terms' | 'leadTerms' | 'days' | 'places', [string, number][]>;

export function createEventStore(tx: Transaction, statistics: TermStatistics): EventStore {
  const loaded = new Map<string, EventState | undefined>();
  const changed = new Set<string>();

  async function load(ids: string[]): Promise<void> {
    const missing = ids.filter((id) => !loaded.has(id));
    if (missing.length === 0) return;
    const { rows } = await tx.query<{ event_id: string; storyline: string; state: StoredState }>({
      name: 'event_states',
      text: 'select event_id, storyline, state from event_states where event_id = any($1)',
      values: [missing],
    });
    for (const row of rows) loaded.set(row.event_id, readState(row.event_id, row.storyline, row.state));
  }

  return {
    async findCandidates(terms) {
      const { rows } = await tx.query<{ event_id: string }>({
        name: 'event_candidates',
        text: `
          select p.event_id from unnest($1::text[], $2::bigint[]) as t(term, heft)
          cross join lateral (
            select e.event_id from event_terms e where e.term = t.term order by e.last_seen desc limit ${POSTINGS_PER_TERM}
          ) p
          group by p.event_id order by sum(t.heft) desc, p.event_id limit ${MAX_CANDIDATES}`,
        values: [terms, terms.map((term) => Math.round(rarity(term, statistics) ** 2 * HEFT_SCALE))],
      });
      const ids = rows.map((row) => row.event_id);
      await load(ids);
      return ids.flatMap((id) => loaded.get(id) ?? []);
    },
    async get(id) {
      await load([id]);
      return loaded.get(id);
    },
    async put(event, terms, placement) {
      loaded.set(event.id, event);
      changed.add(event.id);
      await tx.query({
        name: 'post_terms',
        text: `
          insert into event_terms (event_id, term, last_seen) select $1, term, $3 from unnest($2::text[]) as t(term)
          on conflict (event_id, term) do update set last_seen = excluded.last_seen`,
        values: [event.id, [...terms], placement],
      });
    },
    async remove(id) {
      loaded.set(id, undefined);
      changed.delete(id);
      await tx.query('delete from event_terms where event_id = $1', [id]);
      await tx.query('delete from event_states where event_id = $1', [id]);
    },
    async save() {
      const rows = [...changed].flatMap((id) => {
        const event = loaded.get(id);
        return event ? [{ event_id: id, storyline: event.storyline, state: writeState(event) }] : [];
      });
      await insertRows(
        tx,
        'event_states',
        { event_id: 'uuid', storyline: 'uuid', state: 'jsonb' },
        rows,
        'on conflict (event_id) do update set storyline = excluded.storyline, state = excluded.state',
      );
      changed.clear();
    },
  };
}

/** Forgets those of `touched` that lost their last story, takes them out of the set and returns their ids. */
export async function removeEmptied(events: EventStore, touched: Set<string>): Promise<string[]> {
  const emptied: string[] = [];
  for (const id of touched) {
    const event = await events.get(id);
    if (!event || event.stories > 0) continue;
    await events.remove(id);
    touched.delete(id);
    emptied.push(id);
  }
  return emptied;
}

/** Posts the terms of one event for another. */
export async function movePostings(tx: Transaction, fromId: string, intoId: string): Promise<void> {
  await tx.query(
    `insert into event_terms (event_id, term, last_seen) select $2, term, last_seen from event_terms where event_id = $1
     on conflict (event_id, term) do update set last_seen = greatest(event_terms.last_seen, excluded.last_seen)`,
    [fromId, intoId],
  );
}

/** Pairs rather than objects, which jsonb would reorder: sums would then differ in their last digit. */
function writeState({ stories, terms, leadTerms, days, places }: EventState): StoredState {
  return { stories, terms: [...terms], leadTerms: [...leadTerms], days: [...days], places: [...places] };
}

function readState(id: string, storyline: string, stored: StoredState): EventState {
  const { stories, terms, leadTerms, days, places } = stored;
  return {
    id,
    storyline,
    stories,
    terms: new Map(terms),
    leadTerms: new Map(leadTerms),
    days: new Map(days),
    places: new Map(places),
  };
}
