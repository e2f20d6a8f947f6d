import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type App, startApp } from '../../src/app.ts';
import { createTestDatabase } from './database.ts';

/** A whole Dateline on a free port and a database of its own. */
export interface TestApp extends App {
  key: string;
  dataDir: string;
  databaseUrl: string;
  /** Sends an operation over HTTP; with the development key unless `key` says otherwise (null: none). */
  ask<Data = Record<string, unknown>>(query: string, variables?: unknown, key?: string | null): Promise<Answer<Data>>;
  /** Ends it and removes what it left. */
  stop(): Promise<void>;
}

export interface Answer<Data> {
  status: number;
  data: Data;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

export async function startTestApp(): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'dateline-test-'));
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
  const app = await startApp({ port: 0, host: '127.0.0.1', dataDir, databaseUrl: database.url }, log);
  const key = (await readFile(app.keyFile, 'utf8')).trim();
  return {
    ...app,
    key,
    dataDir,
    databaseUrl: database.url,
    async ask(query, variables, sentKey = key) {
      const response = await fetch(app.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          ...(sentKey ? { authorization: `Bearer ${sentKey}` } : {}),
        },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...(await response.json()) };
    },
    async stop() {
      await app.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
