import { z } from 'zod';

/** How many subscriptions may be open at once. */
export interface SubscriptionLimits {
  /** @default 100 */
  perConnection: number;
  /** @default 20000 */
  perKey: number;
  /** Of callers from one address; behind a proxy that is the proxy's. @default 20000 */
  perAddress: number;
}

/** Everything the environment can set; .env.example documents each. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional(),
  SUBSCRIPTIONS_PER_CONNECTION: z.coerce.number().int().min(1).default(100),
  SUBSCRIPTIONS_PER_KEY: z.coerce.number().int().min(1).default(20_000),
  SUBSCRIPTIONS_PER_ADDRESS: z.coerce.number().int().min(1).default(20_000),
});

export interface Config {
  /** TCP port; 0 takes a free one. @default 4000 */
  port: number;
  /** Address to listen on. @default 127.0.0.1 */
  host: string;
  /** Folder of the embedded database and of the development key. @default .data */
  dataDir: string;
  /** A Postgres (15+) to use in place of the embedded one. */
  databaseUrl: string | null;
  /** How many may be open at once. */
  subscriptions?: SubscriptionLimits;
}

/** Reads the settings. @throws {Error} that lists every problem at once */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  // An empty value in a .env file or a compose file means "not set".
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = Environment.safeParse(set);
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`These settings are wrong (see .env.example):\n${problems.join('\n')}`);
  }
  const { PORT, HOST, DATA_DIR, DATABASE_URL, ...limits } = read.data;
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL ?? null,
    subscriptions: {
      perConnection: limits.SUBSCRIPTIONS_PER_CONNECTION,
      perKey: limits.SUBSCRIPTIONS_PER_KEY,
      perAddress: limits.SUBSCRIPTIONS_PER_ADDRESS,
    },
  };
}
