import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/db/embedded.ts';
import { migrate } from '../src/db/migrate.ts';

/** A migrated, empty database on the server of TEST_DATABASE_URL, else on an embedded one; `drop` removes all of it. */
export async function createThrowAwayDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  const given = process.env.TEST_DATABASE_URL;
  const embedded = given ? null : await startEmbeddedPostgres({ dataDir, fsync: false });
  const admin = new pg.Client({ connectionString: given ?? embedded?.url });
  await admin.connect();
  const name = `dateline_bench_${randomBytes(6).toString('hex')}`;
  await admin.query(`create database ${name}`);
  const url = new URL(given ?? embedded?.url ?? '');
  url.pathname = `/${name}`;
  await migrate(url.href);
  return {
    url: url.href,
    async drop() {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
      await embedded?.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
