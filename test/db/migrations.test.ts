import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { schemaDrift } from '../../prisma/schema-drift.ts';
import { migrate, migrationNames } from '../../src/db/migrate.ts';
import { createTestDatabase } from '../support/database.ts';

let database: { url: string; drop(): Promise<void> };
let client: pg.Client;
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

async function tables(): Promise<string[]> {
  const { rows } = await client.query(`select tablename from pg_tables where schemaname = 'public' order by 1`);
  return rows.map((row) => row.tablename);
}

test('the migrations make what schema.prisma says', async () => {
  expect(await schemaDrift(database.url)).toBe('');
});

test('a second start finds nothing to do', async () => {
  expect(await migrate(database.url)).toEqual(await migrationNames());
  expect(await migrate(database.url)).toEqual([]);
});

test('two processes that start at once migrate once', async () => {
  const applied = await Promise.all([migrate(database.url), migrate(database.url)]);
  expect(applied.flat().sort()).toEqual(await migrationNames());
});

test('a migration that fails half-way leaves nothing of itself, and the next start migrates', async () => {
  await client.query('create table log_head (in_the_way int)');
  await expect(migrate(database.url)).rejects.toThrow(/log_head/);
  expect(await tables()).toEqual(['_prisma_migrations', 'log_head']);
  await client.query('drop table log_head');
  expect(await migrate(database.url)).toEqual(await migrationNames());
});

test('a process killed in the middle of a migration leaves nothing of it, and the next start migrates', async () => {
  await client.query('begin');
  await client.query('create table log_head (in_the_way int)');
  // It waits for the table of the same name that is not committed yet.
  const killed = migrate(database.url).then(
    () => 'done',
    () => 'killed',
  );
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  for (let ended = 0; ended === 0; ) {
    const { rowCount } = await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'dateline migrate' and wait_event_type = 'Lock'`,
    );
    ended = rowCount ?? 0;
  }
  await other.end();
  expect(await killed).toBe('killed');
  await client.query('rollback');
  expect(await migrate(database.url)).toEqual(await migrationNames());
});
