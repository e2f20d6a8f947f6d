import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { MIGRATIONS_FOLDER, migrationNames, PRISMA_FOLDER } from '../src/db/migrate.ts';

const NO_FILTERS = { externalTables: [], externalEnums: [] };
const silent = () => {};
/** pg_constraint.contype of a NOT NULL constraint. */
const NOT_NULL = 'n';

/** SQL that would bring the migrations to what schema.prisma says; empty when they agree. `shadowUrl` is an empty database to play them in. */
export async function schemaDrift(shadowUrl: string): Promise<string> {
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

async function readMigrations() {
  const read = async (path: string) => ({
    path,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: await readFile(join(MIGRATIONS_FOLDER, path, 'migration.sql'), 'utf8') },
    },
  });
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(MIGRATIONS_FOLDER, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all((await migrationNames()).map(read)),
  };
}

/** Prisma's schema engine in its WebAssembly build, over node-postgres: the native one would have to be downloaded. */
async function openSchemaEngine(url: string): Promise<SchemaEngine> {
  // The package's entry imports the .wasm as a module, which Node does only behind a flag.
  const glue: typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: WebAssembly.Exports): void } =
    await import('@prisma/schema-engine-wasm/schema_engine_bg' as string);
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const { instance } = await WebAssembly.instantiate(await readFile(entry.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue.SchemaEngine.new(
    { datamodels: undefined },
    silent,
    bindMigrationAwareSqlAdapterFactory(adapterFactory(url)),
  );
}

/**
 * The adapter as the engine needs it: introspection reads columns of Postgres' internal type "char", which adapter-pg
 * has no mapping for (they read well as text); it panics at the NOT NULL constraints that Postgres 18 lists beside the
 * others (it reads nullability elsewhere); and the shadow database is the one named by `url` itself.
 */
function adapterFactory(url: string): PrismaPg {
  const factory = new PrismaPg({ connectionString: url });
  const connect = factory.connect.bind(factory);
  async function connectReadingChar() {
    const adapter = await connect();
    const pool = adapter.underlyingDriver();
    const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
    const readingChar = async (...args: unknown[]) => {
      const result = await query(...args);
      for (const field of result.fields ?? [])
        if (field.dataTypeID === pg.types.builtins.CHAR) field.dataTypeID = pg.types.builtins.TEXT;
      const kind = result.fields?.findIndex((field) => field.name === 'constraint_type') ?? -1;
      if (kind >= 0) result.rows = result.rows.filter((row: unknown[]) => row[kind] !== NOT_NULL);
      return result;
    };
    Object.assign(pool, { query: readingChar });
    return adapter;
  }
  return Object.assign(factory, { connect: connectReadingChar, connectToShadowDb: connectReadingChar });
}
