import type { Logger } from 'pino';
import type { Viewer } from '../auth/authenticate.ts';
import type { Database } from '../db/client.ts';
import type { Reader } from '../ingest/reader.ts';
import type { LogTail } from '../log/tail.ts';
import type { Context } from '../schema/builder.ts';

/** What the server is made of; the same for every request. */
export interface ServerParts {
  database: Database;
  tail: LogTail;
  reader: Reader;
  log: Logger;
}

/** What the resolvers of one operation are handed. */
export function createContext(
  { database, tail, reader }: ServerParts,
  viewer: Viewer,
  lastEventId: string | null = null,
): Context {
  return { viewer, database, db: database.prisma, tail, reader, lastEventId };
}
