import type pg from 'pg';

/** A connection inside an open transaction. */
export type Transaction = pg.PoolClient;

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const ATTEMPTS = 4;

/**
 * Runs `work` in one READ COMMITTED transaction; rolls back when it throws. Where Postgres breaks a deadlock by
 * sacrificing this transaction, `work` is run again from its start, so it must keep no state of its own.
 */
export async function inTransaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const tx = await pool.connect();
    let broken: Error | undefined;
    // A connection that breaks between two statements says so by an event, which would end the process if unheard.
    const onBreak = (error: Error) => {
      broken = error;
    };
    tx.on('error', onBreak);
    try {
      await tx.query('begin');
      const result = await work(tx);
      await tx.query('commit');
      return result;
    } catch (error) {
      await tx.query('rollback').catch((rollbackError: Error) => {
        broken = rollbackError;
      });
      const { code } = error as { code?: string };
      if (attempt === ATTEMPTS || (code !== DEADLOCK_DETECTED && code !== SERIALIZATION_FAILURE)) throw error;
    } finally {
      tx.off('error', onBreak);
      tx.release(broken);
    }
  }
}
