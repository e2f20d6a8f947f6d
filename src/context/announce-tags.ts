import type { Transaction } from '../db/transaction.ts';
import { appendToLog } from '../log/append.ts';
import { loadFacts } from '../stories/facts.ts';

/**
 * Enters into the log that the tags of these stories are others now, so that filters see them enter or leave: the last
 * step of a transaction that changed tags without a new version of the text. Their rows must be locked
 * ({@link lockStories}). A story under embargo is announced with its tags when that lifts.
 */
export async function announceRetagged(
  tx: Transaction,
  articleIds: string[],
  note: string | null,
  now: Date,
): Promise<void> {
  const facts = await loadFacts(tx, articleIds);
  const { rows } = await tx.query<{ id: string; version: number }>(
    'select id, version from articles where id = any($1) and announced order by id',
    [articleIds],
  );
  const entries = rows.flatMap(({ id, version }) => {
    const after = facts.get(id);
    if (!after) return [];
    return [{ articleId: id, version, kind: 'UPDATED' as const, changedFields: ['tags'], note, facts: after }];
  });
  await appendToLog(tx, entries, now);
}

/** Holds stories until the end of the transaction, in the order in which every writer takes them; returns those there are. */
export async function lockStories(tx: Transaction, articleIds: string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>('select id from articles where id = any($1) order by id for update', [
    articleIds,
  ]);
  return rows.map((row) => row.id);
}
