import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/prisma/client.ts';

/** The two ways to the one database: Prisma for what it says well, the pool for the rest. They share connections. */
export interface Database {
  url: string;
  pool: pg.Pool;
  prisma: PrismaClient;
  close(): Promise<void>;
}

/** Opens a pool on `url`. Connections are made when first needed; a statement is cancelled after 30 s. */
export function openDatabase(
  url: string,
  options: { connections?: number; onError: (error: Error) => void },
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    statement_timeout: 30_000,
    application_name: 'dateline',
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', options.onError);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator }) });
  return {
    url,
    pool,
    prisma,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

const UNNAMED = '';
const statementNames = new Map<string, string>();

/** Named statements are planned once per connection. Bounded, since filters make texts without end. */
function statementNameGenerator(query: { sql: string }): string {
  const known = statementNames.get(query.sql);
  if (known) return known;
  if (statementNames.size >= 500) return UNNAMED;
  const name = `prisma_${statementNames.size}`;
  statementNames.set(query.sql, name);
  return name;
}
