import type { Database } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { appendToLog } from '../log/append.ts';
import { loadFacts } from '../stories/facts.ts';

/** Milliseconds between looks; an embargo lifts at most this much late. */
const PERIOD = 1_000;
const BATCH = 100;

/** Announces stories whose embargo has lifted: one transaction each batch, safe with any number of processes. */
export async function liftEmbargoes(database: Database, now: Date): Promise<number> {
  return inTransaction(database.pool, async (tx) => {
    const { rows } = await tx.query<{ id: string; version: number }>({
      name: 'lift_embargoes',
      text: `
        with due as (
          select id from articles where not announced and embargoed_until <= $1
          order by embargoed_until, id limit $2 for update skip locked
        )
        update articles a set announced = true from due where a.id = due.id returning a.id, a.version`,
      values: [now, BATCH],
    });
    const facts = await loadFacts(
      tx,
      rows.map((row) => row.id),
    );
    const entries = rows.flatMap(({ id, version }) => {
      const after = facts.get(id);
      return after
        ? [{ articleId: id, version, kind: 'PUBLISHED' as const, changedFields: [], note: null, facts: after }]
        : [];
    });
    await appendToLog(tx, entries, now);
    return rows.length;
  });
}

/** Looks for lifted embargoes every second until closed. */
export function startEmbargoClock(database: Database, onError: (error: Error) => void): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = liftEmbargoes(database, new Date())
      .catch(onError)
      .finally(() => {
        busy = false;
      });
  }, PERIOD);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
