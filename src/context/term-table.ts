import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import type { TermStatistics } from './terms.ts';

/** The running table of term statistics as stored, with what this transaction adds. */
export interface TermTable extends TermStatistics {
  /** Fetches the counts of terms that were not asked for yet; a term that was never fetched counts as unseen. */
  know(terms: Iterable<string>): Promise<void>;
  /** Counts one more story. */
  add(terms: Iterable<string>): void;
  /** Numbers placements of stories in events, from 1, in the order in which they were made. */
  nextPlacement(): number;
  save(): Promise<void>;
}

/** Any constants do, in the key space of two integers; nothing else locks there. */
const CONTEXT_LOCK = [7_202, 10];

/**
 * From here to its end the transaction is alone in changing events, so that each story sees all events before it and
 * the outcome is that of one after the other. Taken as late as possible: reading and writing stories go on beside it.
 */
export async function lockContext(tx: Transaction): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1, $2)', CONTEXT_LOCK);
}

/** Opens the table; who wants to save must hold {@link lockContext}. */
export async function openTermTable(tx: Transaction): Promise<TermTable> {
  const { rows } = await tx.query<{ stories: string; placements: string }>(
    'select stories, placements from context_head where id = 1',
  );
  let stories = Number(rows[0]?.stories ?? 0);
  let placements = Number(rows[0]?.placements ?? 0);
  const counts = new Map<string, number>();
  const added = new Map<string, number>();
  return {
    get stories() {
      return stories;
    },
    storiesWith: (term) => counts.get(term) ?? 0,
    async know(terms) {
      const missing = [...new Set(terms)].filter((term) => !counts.has(term));
      if (missing.length === 0) return;
      for (const term of missing) counts.set(term, 0);
      const found = await tx.query<{ term: string; stories: number }>({
        name: 'term_counts',
        text: 'select term, stories from term_counts where term = any($1)',
        values: [missing],
      });
      for (const row of found.rows) counts.set(row.term, row.stories + (added.get(row.term) ?? 0));
    },
    add(terms) {
      stories += 1;
      for (const term of terms) {
        counts.set(term, (counts.get(term) ?? 0) + 1);
        added.set(term, (added.get(term) ?? 0) + 1);
      }
    },
    nextPlacement() {
      placements += 1;
      return placements;
    },
    async save() {
      const rows = [...added].map(([term, count]) => ({ term, stories: count }));
      await insertRows(
        tx,
        'term_counts',
        { term: 'text', stories: 'int' },
        rows,
        'on conflict (term) do update set stories = term_counts.stories + excluded.stories',
      );
      await tx.query('update context_head set stories = $1, placements = $2 where id = 1', [stories, placements]);
    },
  };
}
