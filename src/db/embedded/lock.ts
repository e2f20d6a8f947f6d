import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/**
 * One Dateline per data folder: a session-level advisory lock on a connection of its own. The kernel closes that
 * connection however the holder dies, so the lock can neither go stale nor be held by a reused process id.
 */
export interface FolderLock {
  release(): Promise<void>;
}

/** Two halves of the lock's key: "DATE" and "LINE" in ASCII, so that it is recognised in pg_locks. */
const KEY = [0x44415445, 0x4c494e45];
const HOLDER_NAME = /^dateline process (\d+)$/;

/** Connects to the maintenance database, where the lock lives: advisory locks are one database's own. */
export async function connectAsAdmin(port: number, password: string): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    application_name: `dateline process ${process.pid}`,
    connectionTimeoutMillis: 5_000,
    ssl: false,
  });
  // Without a listener a server that goes away would end our process.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** The process id of the Dateline that holds the lock; undefined when none does. */
export async function findHolder(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND l.classid = $1::bigint::oid AND l.objid = $2::bigint::oid`,
    KEY,
  );
  const pid = HOLDER_NAME.exec(rows[0]?.name ?? '')?.[1];
  return pid === undefined ? undefined : Number(pid);
}

/** Takes the lock and keeps it, over crashes of the server's backends too; undefined when another process has it. */
export async function takeLock(client: Client, port: number, password: string): Promise<FolderLock | undefined> {
  if (!(await tryLock(client))) return undefined;
  let current = client;
  let released = false;

  async function retake(): Promise<void> {
    // A crashed backend makes the server drop every connection, and it accepts new ones soon after. If the server
    // itself is gone this ends when it is released.
    while (!released) {
      const next = await connectAsAdmin(port, password).catch(() => undefined);
      if (next !== undefined && !released && (await tryLock(next).catch(() => false))) return hold(next);
      await next?.end().catch(() => {});
      await pause(100, undefined, { ref: false });
    }
  }
  function hold(next: Client): void {
    current = next;
    current.once('end', () => void retake());
  }

  hold(client);
  return {
    async release() {
      released = true;
      await current.end().catch(() => {});
    },
  };
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', KEY);
  return rows[0]?.taken === true;
}
