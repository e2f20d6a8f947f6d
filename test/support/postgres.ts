import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { seedTopics } from '../../src/context/topics/seed.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server to make databases on, and the migrated database to copy. */
    postgres: { adminUrl: string; template: string };
  }
}

/** Before all tests: one Postgres (the embedded one, or TEST_DATABASE_URL's) with one database, migrated and seeded, to be copied. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dateline-test-'));
  const given = process.env.TEST_DATABASE_URL;
  const embedded = given ? null : await startEmbeddedPostgres({ dataDir, fsync: false });
  const adminUrl = given ?? embedded?.url ?? '';
  const template = `dateline_test_${process.pid}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;
  await migrate(url.href);
  const pool = new pg.Pool({ connectionString: url.href });
  await seedTopics(pool);
  await pool.end();
  project.provide('postgres', { adminUrl, template });
  return async () => {
    await admin.query(`drop database ${template} with (force)`);
    await admin.end();
    await embedded?.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}
