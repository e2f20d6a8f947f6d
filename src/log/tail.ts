import type pg from 'pg';
import { listen } from '../db/listen.ts';
import { LOG_CHANNEL } from './append.ts';
import type { LogPosition } from './cursor.ts';
import { type LogEntry, type LogHead, readLog, readLogHead } from './read.ts';

/** Entries kept in memory; who is further behind reads from Postgres. */
const WINDOW = 2_000;
const BATCH = 500;
/** Milliseconds between looks without a hint: LISTEN can be lost, and a pooler in transaction mode breaks it for good. */
const POLL = 1_000;
/** Hours for which a cursor can be resumed. */
const RESUMABLE_HOURS = 72;

/**
 * The process's end of the log: a hint or the poll wakes it, it reads what is new, keeps the newest entries and wakes
 * its readers. Readers pull: nothing is pushed at them, so a slow one costs no memory here.
 */
export interface LogTail {
  /** The last entry this process knows of. The epoch changes while it runs when the log is reset or restored. */
  head(): LogPosition;
  /** Where the log stands in the database. Calls that come together share a query that began after the last of them. */
  committedHead(): Promise<LogHead>;
  /** Entries after `seq`, in order: from memory where they are there, else from Postgres. Empty when `seq` is the head. */
  readAfter(seq: bigint, limit: number): Promise<LogEntry[]>;
  /** Resolves when there is an entry after `seq`, when the epoch changes, or when `signal` aborts. */
  waitAfter(seq: bigint, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export async function startLogTail(
  db: { url: string; pool: pg.Pool },
  onError: (error: Error) => void,
  options: { listen?: boolean } = {},
): Promise<LogTail> {
  const readHead = () => readLogHead(db.pool, new Date(Date.now() - RESUMABLE_HOURS * 3_600_000));
  let { epoch, seq: head } = await readHead();
  // After a restart everybody resumes at once, from a little way back: that must not become a query each.
  const newest = await readLog(db.pool, head - BigInt(WINDOW), WINDOW);
  let recent = newest.filter((entry) => entry.seq <= head);
  let waiters = new Set<() => void>();
  let reading: Promise<void> | undefined;
  let readAgain = false;
  let nextHead: Promise<LogHead> | undefined;
  let headRunning: Promise<unknown> = Promise.resolve();

  function wakeWaiters(): void {
    const woken = waiters;
    waiters = new Set();
    for (const wakeOne of woken) wakeOne();
  }

  /** The log was reset or restored: what is in memory belongs to another one. */
  function startAnew(now: LogHead): void {
    epoch = now.epoch;
    head = now.seq;
    recent = [];
    wakeWaiters();
  }

  async function readNew(): Promise<void> {
    do {
      readAgain = false;
      const entries = await readLog(db.pool, head, BATCH);
      const last = entries.at(-1);
      if (!last || last.epoch !== epoch) {
        const now = await readHead();
        if (now.epoch !== epoch) startAnew(now);
        continue;
      }
      recent = [...recent, ...entries].slice(-WINDOW);
      head = last.seq;
      readAgain ||= entries.length === BATCH;
      wakeWaiters();
    } while (readAgain);
  }

  /** Wakes that come while it reads are one more read, not many. */
  function wake(): void {
    readAgain = true;
    reading ??= readNew()
      .catch(onError)
      .finally(() => {
        reading = undefined;
      });
  }

  const hints = options.listen === false ? undefined : listen(db.url, LOG_CHANNEL, { wake, error: onError });
  const poll = setInterval(wake, POLL);
  poll.unref();
  await hints?.ready;
  return {
    head: () => ({ epoch, seq: head }),
    committedHead() {
      nextHead ??= headRunning.then(() => {
        nextHead = undefined;
        const query = readHead();
        headRunning = query.catch(() => {});
        return query;
      });
      return nextHead;
    },
    async readAfter(after, limit) {
      if (after >= head) return [];
      const oldest = recent[0]?.seq;
      if (oldest === undefined || after + 1n < oldest) {
        const entries = await readLog(db.pool, after, limit);
        if (entries.every((entry) => entry.epoch === epoch)) return entries;
        wake();
        return [];
      }
      const start = Number(after + 1n - oldest);
      return recent.slice(start, start + limit);
    },
    waitAfter(after, signal) {
      if (head > after || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          waiters.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiters.add(done);
        signal.addEventListener('abort', done);
      });
    },
    async close() {
      clearInterval(poll);
      await hints?.close();
      await reading;
    },
  };
}
