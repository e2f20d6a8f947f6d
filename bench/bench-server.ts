import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/db/embedded.ts';

/** A server for benchmarks: TEST_DATABASE_URL's, else an embedded one in a folder of its own, with fsync on. */
export interface BenchServer {
  /** Makes an empty database and returns its address. */
  database(): Promise<string>;
  /** Drops what was made. */
  close(): Promise<void>;
}

export async function openBenchServer(): Promise<BenchServer> {
  const given = process.env.TEST_DATABASE_URL;
  const dataDir = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  const embedded = given ? null : await startEmbeddedPostgres({ dataDir });
  const adminUrl = given ?? embedded?.url ?? '';
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const names: string[] = [];
  return {
    async database() {
      const name = `dateline_bench_${process.pid}_${names.length}`;
      names.push(name);
      await admin.query(`create database ${name}`);
      const url = new URL(adminUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    async close() {
      for (const name of names) await admin.query(`drop database ${name} with (force)`);
      await admin.end();
      await embedded?.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
