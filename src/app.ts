import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { ensureDevelopmentKey } from './auth/keys.ts';
import type { Config } from './config.ts';
import { seedTopics } from './context/topics/seed.ts';
import { type Database, openDatabase } from './db/client.ts';
import { startEmbeddedPostgres } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';
import { startEmbargoClock } from './ingest/embargo.ts';
import { createReader } from './ingest/reader.ts';
import type { HubStats } from './log/hub.ts';
import { type LogTail, startLogTail } from './log/tail.ts';
import { createConnections } from './server/connections.ts';
import { createHttpServer } from './server/http.ts';
import { createSharedFeed } from './server/shared-feed.ts';
import { serveWebSockets } from './server/websocket.ts';

/** A running Dateline. */
export interface App {
  /** Where the API answers. */
  url: string;
  /** The file that holds this installation's own key. */
  keyFile: string;
  database: Database;
  tail: LogTail;
  /** What the live feed is doing. */
  liveStats(): HubStats;
  /** Resolves when it cannot go on: the embedded database ended by itself. */
  failed: Promise<Error>;
  /** Ends connections, then the database; seconds at most. */
  close(): Promise<void>;
}

/** Wires everything together and starts it: database, migrations, log, server. What was started is ended again if a later step fails. */
export async function startApp(config: Config, log: Logger): Promise<App> {
  const closers: (() => Promise<void>)[] = [];
  async function close(): Promise<void> {
    for (const closer of closers.splice(0).reverse())
      await closer().catch((err) => log.error({ err }, 'could not close cleanly'));
  }
  try {
    await mkdir(config.dataDir, { recursive: true });
    const { url: databaseUrl, lost } = await obtainPostgres(config, log, closers);
    await migrate(databaseUrl);
    const database = openDatabase(databaseUrl, { onError: (err) => log.warn({ err }, 'a database connection broke') });
    closers.push(database.close);
    await seedTopics(database.pool);
    const keyFile = await ensureDevelopmentKey(database.prisma, config.dataDir);
    const tail = await startLogTail(database, (err) => log.warn({ err }, 'reading the log failed; trying again'));
    closers.push(tail.close);
    const reader = createReader();
    closers.push(reader.close);
    const embargoes = startEmbargoClock(database, (err) => log.warn({ err }, 'lifting embargoes failed; trying again'));
    closers.push(embargoes.close);
    const parts = { database, tail, reader, log };
    const feed = createSharedFeed(parts);
    closers.push(feed.hub.close);
    const connections = createConnections({ prisma: database.prisma, log }, config.subscriptions);
    const server = createHttpServer(parts, { feed, connections });
    server.listen(config.port, config.host);
    await once(server, 'listening');
    // Not before: ws would report a port that is taken as a fault of its own.
    const sockets = serveWebSockets(server, parts, { feed, connections });
    closers.push(async () => {
      const ended = once(server, 'close');
      server.close();
      await sockets.close();
      server.closeAllConnections();
      await ended;
    });
    const { port } = server.address() as AddressInfo;
    const host = config.host === '127.0.0.1' || config.host === '0.0.0.0' ? 'localhost' : config.host;
    const failed = lost.then(
      () => new Error('the embedded Postgres ended; start Dateline again, nothing acknowledged is lost'),
    );
    return { url: `http://${host}:${port}/graphql`, keyFile, database, tail, liveStats: feed.hub.stats, failed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The given Postgres, or else the embedded one. */
async function obtainPostgres({ databaseUrl, dataDir }: Config, log: Logger, closers: (() => Promise<void>)[]) {
  if (databaseUrl) return { url: databaseUrl, lost: new Promise<void>(() => {}) };
  const embedded = await startEmbeddedPostgres({ dataDir, log: (message) => log.info(message) });
  closers.push(embedded.close);
  return embedded;
}
