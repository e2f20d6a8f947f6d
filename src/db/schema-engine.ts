import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

const silent = () => {};
/** Postgres' internal one-byte type "char". */
const CHAR = pg.types.builtins.CHAR;

/**
 * Prisma's schema engine in its WebAssembly build, speaking to `url` through node-postgres: the native engine would
 * have to be downloaded. Call `free()` when done.
 */
export async function openSchemaEngine(url: string): Promise<SchemaEngine> {
  // The package's entry imports the .wasm as a module, which Node does only behind a flag.
  const glue: typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: WebAssembly.Exports): void } =
    await import('@prisma/schema-engine-wasm/schema_engine_bg' as string);
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const { instance } = await WebAssembly.instantiate(await readFile(entry.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterFactory(url));
  return glue.SchemaEngine.new({ datamodels: undefined }, silent, adapter);
}

/**
 * The adapter as the engine needs it: introspection reads columns of type "char", which adapter-pg has no mapping for
 * (they read well as text), and the shadow database is the one named by `url` itself, which must be empty for a diff.
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
      for (const field of result.fields ?? []) if (field.dataTypeID === CHAR) field.dataTypeID = pg.types.builtins.TEXT;
      return result;
    };
    Object.assign(pool, { query: readingChar });
    return adapter;
  }
  return Object.assign(factory, { connect: connectReadingChar, connectToShadowDb: connectReadingChar });
}
