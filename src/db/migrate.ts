import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { openSchemaEngine } from './schema-engine.ts';

const PRISMA_FOLDER = fileURLToPath(new URL('../../prisma/', import.meta.url));
const NO_FILTERS = { externalTables: [], externalEnums: [] };
/** Any constant does: it keeps two processes that start at once from migrating at once. */
const MIGRATION_LOCK = 7_202_602;

/**
 * Brings the database at `url` to the newest migration, as `prisma migrate deploy` would, and writes the same
 * `_prisma_migrations` rows. Returns the names of the migrations it applied.
 */
export async function migrate(url: string): Promise<string[]> {
  const migrations = await readMigrations();
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    if (await isCurrent(lock, migrations)) return [];
    const engine = await openSchemaEngine(url);
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrations, filters: NO_FILTERS });
      return appliedMigrationNames;
    } finally {
      engine.free();
    }
  } finally {
    await lock.end();
  }
}

/** SQL that would bring the migrations to what schema.prisma says; empty when they agree. `shadowUrl` is a database to play them in. */
export async function migrationDrift(shadowUrl: string): Promise<string> {
  const engine = await openSchemaEngine(shadowUrl);
  try {
    const path = join(PRISMA_FOLDER, 'schema.prisma');
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations()) },
      to: { tag: 'schemaDatamodel', files: [{ path, content: await readFile(path, 'utf8') }] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    return /empty migration/.test(stdout ?? '') ? '' : (stdout ?? '').trim();
  } finally {
    engine.free();
  }
}

/** The engine takes 0.3 s to load; on most starts there is nothing for it to do. */
async function isCurrent(client: pg.Client, migrations: MigrationList): Promise<boolean> {
  const { rows } = await client.query<{ present: boolean }>(`select to_regclass('_prisma_migrations') is not null as present`);
  if (!rows[0]?.present) return false;
  const done = await client.query<{ migration_name: string }>(
    'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  const names = new Set(done.rows.map((row) => row.migration_name));
  return migrations.migrationDirectories.every((directory) => names.has(directory.path));
}

async function readMigrations(): Promise<MigrationList> {
  const baseDir = join(PRISMA_FOLDER, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}
