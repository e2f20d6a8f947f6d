import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openDatabase } from '../src/db/client.ts';
import { migrate } from '../src/db/migrate.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { type IngestInput, readInput } from '../src/ingest/read.ts';
import { createReader, type Reader } from '../src/ingest/reader.ts';
import { openBenchServer } from './bench-server.ts';
import { inventStories } from './invent-stories.ts';

const METHOD = `Structured stories, invented with a seed, in batches of 500, into an empty database each round.
  whole     ingest(): reading, names, topics, events, and the writing transaction
  writing   the same without the reading, which is done before the clock starts
  limit     the rows that this left in every table, by multi-row inserts over pg, in as many transactions, by the same
            client into the same tables with the same indexes
The row counts of each table must be equal before anything is compared. Ratios are taken within a round.`;

const BATCH = 500;

interface Round {
  whole: number;
  writing: number;
  limit: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stories: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'string' },
    },
  });
  const count = Number(values.stories);
  process.stdout.write(`${METHOD}\n\n`);
  const server = await openBenchServer();
  const reader = createReader();
  const rounds: Round[] = [];
  try {
    const inputs = inventStories(count, 1).map(structured);
    await reader.read(inputs[0] as IngestInput);
    for (let round = 0; round < Number(values.rounds); round++) {
      const whole = await timeIngest(await server.database(), reader, inputs);
      const written = await server.database();
      const writing = await timeIngest(written, readAhead(inputs), inputs);
      const limit = await timeLimit(written, await server.database(), Math.ceil(count / BATCH));
      rounds.push({ whole: count / whole, writing: count / writing, limit: count / limit });
      process.stdout.write(`round ${round + 1}: ${describe(rounds.at(-1) as Round)}\n`);
    }
  } finally {
    await reader.close();
    await server.close();
  }
  const figures = {
    stories: count,
    wholePerSecond: median(rounds.map((one) => one.whole)),
    writingPerSecond: median(rounds.map((one) => one.writing)),
    limitPerSecond: median(rounds.map((one) => one.limit)),
    wholeToLimit: spread(rounds.map((one) => one.whole / one.limit)),
    writingToLimit: spread(rounds.map((one) => one.writing / one.limit)),
  };
  process.stdout.write(`\n${JSON.stringify(figures, null, 2)}\n`);
  if (values.json) await writeFile(values.json, `${JSON.stringify({ figures, items: rounds }, null, 2)}\n`);
}

function structured(story: object): IngestInput {
  const content = JSON.stringify(story);
  return { format: 'STRUCTURED', content, path: ['input'], url: null, receivedAt: new Date(), idempotencyKey: null };
}

/** A reader whose work is done already. */
function readAhead(inputs: IngestInput[]): Reader {
  const done = new Map(inputs.map((input) => [input, readInput(input)]));
  return { read: async (input) => done.get(input) ?? readInput(input), close: async () => {} };
}

async function timeIngest(url: string, reader: Reader, inputs: IngestInput[]): Promise<number> {
  await migrate(url);
  const database = openDatabase(url, { onError: console.error });
  const start = performance.now();
  for (let first = 0; first < inputs.length; first += BATCH) {
    const results = await ingest(database, reader, inputs.slice(first, first + BATCH), null);
    const wrong = results.find((result) => result.items[0]?.outcome !== 'CREATED');
    if (wrong) throw new Error(`not CREATED: ${JSON.stringify(wrong.items)}`);
  }
  const seconds = (performance.now() - start) / 1000;
  await database.close();
  return seconds;
}

/** Inserts a copy of everything in `from` into `to`, in `transactions` equal parts; returns the seconds that took. */
async function timeLimit(from: string, to: string, transactions: number): Promise<number> {
  await migrate(to);
  const source = new pg.Client({ connectionString: from });
  const target = new pg.Client({ connectionString: to });
  await Promise.all([source.connect(), target.connect()]);
  const { rows: tables } = await source.query<{ name: string }>(
    `select relname as name from pg_stat_user_tables where relname not in ('_prisma_migrations', 'log_head') order by relname`,
  );
  await target.query('set session_replication_role = replica');
  // Some tables are born with a row.
  await target.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
  const contents = [];
  for (const { name } of tables) {
    const { rows, fields } = await source.query({
      text: `select * from ${name}`,
      rowMode: 'array',
      types: { getTypeParser: () => (value: string) => value },
    });
    contents.push({ name, columns: fields.map((field) => `"${field.name}"`), rows: rows as unknown[][] });
  }
  const start = performance.now();
  for (let part = 0; part < transactions; part++) {
    await target.query('begin');
    for (const { name, columns, rows } of contents) {
      const share = rows.slice(
        Math.floor((rows.length * part) / transactions),
        Math.floor((rows.length * (part + 1)) / transactions),
      );
      await insertAll(target, name, columns, share);
    }
    await target.query('commit');
  }
  const seconds = (performance.now() - start) / 1000;
  for (const { name, rows } of contents) {
    const { rows: counted } = await target.query(`select count(*)::int as n from ${name}`);
    if (counted[0].n !== rows.length) throw new Error(`${name}: ${counted[0].n} rows, not ${rows.length}`);
  }
  await Promise.all([source.end(), target.end()]);
  return seconds;
}

/** Parameters one statement may have. */
const MOST_PARAMETERS = 65_535;

async function insertAll(target: pg.Client, table: string, columns: string[], rows: unknown[][]): Promise<void> {
  const atOnce = Math.min(1_000, Math.floor(MOST_PARAMETERS / columns.length));
  for (let first = 0; first < rows.length; first += atOnce) {
    const some = rows.slice(first, first + atOnce);
    const tuples = some.map(
      (row, index) => `(${row.map((_, column) => `$${index * row.length + column + 1}`).join(', ')})`,
    );
    await target.query(`insert into ${table} (${columns.join(', ')}) values ${tuples.join(', ')}`, some.flat());
  }
}

function describe({ whole, writing, limit }: Round): string {
  return `whole ${whole.toFixed(0)}/s, writing ${writing.toFixed(0)}/s, limit ${limit.toFixed(0)}/s (writing ${(writing / limit).toFixed(2)} of it)`;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function spread(values: number[]): { min: number; median: number; max: number } {
  return { min: Math.min(...values), median: median(values), max: Math.max(...values) };
}

await main();
