import { mkdir, realpath } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { choosePlace, type Place } from './embedded/account.ts';
import { findBinaries, usableBinaries } from './embedded/binaries.ts';
import { type Cluster, openCluster } from './embedded/cluster.ts';
import { DataFolderBusyError } from './embedded/errors.ts';
import { connectAsAdmin, type FolderLock, findHolder, takeLock } from './embedded/lock.ts';
import { mayBeServer, type PidFile, readPidFile } from './embedded/pid-file.ts';
import { adoptServer, type Server, startServer } from './embedded/server.ts';

export { DataFolderBusyError, EmbeddedUnavailableError } from './embedded/errors.ts';

export interface EmbeddedOptions {
  /** The data folder (DATA_DIR); made if missing. */
  dataDir: string;
  /** Gets one-line notes for the operator. @default silent */
  log?: (message: string) => void;
  /** Tests switch it off for speed; without it a power cut may lose the database. @default true */
  fsync?: boolean;
}

export interface EmbeddedPostgres {
  /** Connection string of the database "dateline", as its owner. */
  readonly url: string;
  /** True when this start made the cluster. */
  readonly firstStart: boolean;
  /** Process id of the server. */
  readonly pid: number;
  /** Resolves when the server process ends without close() having been asked. */
  readonly lost: Promise<void>;
  /** Stops the server and gives the folder free; seconds at most. May be called twice. */
  close(): Promise<void>;
}

/** How long a server that lost its Dateline may take to shut down before we give up. */
const PATIENCE_SECONDS = 20;
const DATABASE = 'dateline';

/**
 * Starts the PostgreSQL that npm carries in the data folder, initialising the folder first if need be.
 *
 * Who may run it is settled twice. PostgreSQL itself allows one server per cluster, and where there is a watcher the
 * server ends with its Dateline: so a server found running either has a live Dateline (we refuse at once) or is
 * shutting down (we wait). On Windows it may have been left behind: whoever gets its lock adopts it.
 *
 * @throws DataFolderBusyError when another Dateline has the folder
 * @throws EmbeddedUnavailableError when there are no binaries for this machine
 * @throws Error saying what to do, when the server does not start
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log = () => {}, fsync = true } = options;
  const shipped = await findBinaries();
  const place = await choosePlace(await makeFolder(options.dataDir), log);
  const native = await usableBinaries(shipped, place);
  const cluster = await openCluster(native, place, fsync);
  const { server, lock } = await obtainServer(native, place, cluster, fsync);

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await lock.release();
    await server.stop();
  }
  return {
    url: `postgres://postgres:${cluster.password}@127.0.0.1:${server.port}/${DATABASE}`,
    firstStart: cluster.created,
    pid: server.pid,
    lost: new Promise((resolve) => {
      void server.ended.then(async () => {
        if (closing !== undefined) return;
        await lock.release();
        resolve();
      });
    }),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

async function makeFolder(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    return await realpath(dataDir);
  } catch (error) {
    throw new Error(`The data folder cannot be made (${(error as Error).message}): choose another DATA_DIR.`);
  }
}

interface Held {
  server: Server;
  lock: FolderLock;
}

async function obtainServer(native: string, place: Place, cluster: Cluster, fsync: boolean): Promise<Held> {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const running = readPidFile(cluster.directory);
    if (running === undefined || !mayBeServer(running.pid)) {
      const server = await startServer(native, place, cluster.directory, fsync);
      if (server !== undefined) return await prepareServer(server, cluster);
    } else {
      const adopted = await meetRunningServer(native, cluster, running);
      if (adopted !== undefined) return adopted;
    }
    if (Date.now() > deadline) throw stillRunning(cluster, running);
    await pause(50);
  }
}

/** Refuses where the running server has a live Dateline; adopts it on Windows; else returns, for it is about to end. */
async function meetRunningServer(native: string, cluster: Cluster, running: PidFile): Promise<Held | undefined> {
  if (!running.ready) return undefined;
  // It may end, or refuse as it shuts down, at any step.
  const client = await connectAsAdmin(running.port, cluster.password).catch(() => undefined);
  if (client === undefined) return undefined;
  let keep = false;
  try {
    const holder = await findHolder(client).catch(() => undefined);
    if (holder !== undefined) throw busy(cluster, holder);
    if (process.platform !== 'win32') return undefined;
    const lock = await takeLock(client, running.port, cluster.password);
    if (lock === undefined) return undefined;
    keep = true;
    return { server: adoptServer(native, cluster.directory, running.pid, running.port), lock };
  } finally {
    if (!keep) await client.end().catch(() => {});
  }
}

async function prepareServer(server: Server, cluster: Cluster): Promise<Held> {
  let client: Client | undefined;
  try {
    client = await connectAsAdmin(server.port, cluster.password);
    const lock = await takeLock(client, server.port, cluster.password);
    if (lock === undefined) throw busy(cluster, await findHolder(client));
    await createDatabase(client);
    return { server, lock };
  } catch (error) {
    await client?.end().catch(() => {});
    // A server that another process adopted in between (Windows) is that one's now.
    if (!(error instanceof DataFolderBusyError)) await server.stop();
    throw error;
  }
}

async function createDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
}

function busy(cluster: Cluster, holder: number | undefined): DataFolderBusyError {
  const who = holder === undefined ? 'Another Dateline' : `Another Dateline (process ${holder})`;
  return new DataFolderBusyError(
    `${who} already uses the database in ${cluster.directory}: stop it first, or start this one with another DATA_DIR.`,
  );
}

function stillRunning(cluster: Cluster, running: PidFile | undefined): DataFolderBusyError {
  const who = running === undefined ? 'Another server' : `Process ${running.pid}`;
  return new DataFolderBusyError(
    `${who} holds the database in ${cluster.directory} and did not let go within ${PATIENCE_SECONDS} seconds: stop it, or use another DATA_DIR. If that process is no PostgreSQL, delete ${cluster.directory}/postmaster.pid.`,
  );
}
