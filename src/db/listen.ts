import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/**
 * Listens to a channel on a connection of its own, since LISTEN belongs to a session, and calls `onWake` for every
 * notification and after every (re)connect: what was notified in between is lost, so the caller must read again.
 * Reconnects with growing, jittered pauses. A notification is only a hint: never rely on it alone.
 */
export function listen(
  url: string,
  channel: string,
  on: { wake: () => void; error: (error: Error) => void },
): { ready: Promise<void>; close(): Promise<void> } {
  const abort = new AbortController();
  let client: pg.Client | undefined;
  let becomeReady = () => {};
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });

  async function session(): Promise<void> {
    const own = new pg.Client({
      connectionString: url,
      application_name: 'dateline listen',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      // A half-open connection never reports an end: only a question that is not answered shows it.
      query_timeout: HEARTBEAT,
    });
    client = own;
    const lost = new AbortController();
    own.on('error', (error) => lost.abort(error));
    own.on('end', () => lost.abort(new Error('connection ended')));
    const over = AbortSignal.any([abort.signal, lost.signal]);
    own.on('notification', on.wake);
    try {
      await own.connect();
      await own.query(`listen ${pg.escapeIdentifier(channel)}`);
      becomeReady();
      on.wake();
      while (!over.aborted) {
        await delay(HEARTBEAT, undefined, { signal: over }).catch(() => over.throwIfAborted());
        await own.query('select 1');
      }
    } finally {
      await Promise.race([own.end(), delay(1_000)]).catch(() => {});
    }
  }

  async function run(): Promise<void> {
    for (let pause = FIRST_PAUSE; !abort.signal.aborted; ) {
      const since = Date.now();
      await session().catch((error: Error) => {
        if (!abort.signal.aborted) on.error(error);
      });
      pause = Date.now() - since > LONGEST_PAUSE ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
      await delay(pause * (0.5 + Math.random() / 2), undefined, { signal: abort.signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    ready,
    async close() {
      abort.abort();
      await client?.end().catch(() => {});
      await running;
    },
  };
}

const HEARTBEAT = 10_000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;
