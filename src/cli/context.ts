import { parseArgs } from 'node:util';
import { parseConfig } from '../config.ts';
import { rebuildTags } from '../context/rebuild-tags.ts';
import { seedTopics } from '../context/topics/seed.ts';
import { openDatabase } from '../db/client.ts';
import { startEmbeddedPostgres } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';

const USAGE = `Usage: npm run context -- --rebuild tags

Recomputes the tags of every stored story as if it came in today. What editors decided stays. Interrupted, it goes on
where it was when it is run again. It works on DATABASE_URL, with the server running or not; or else on the embedded
database in DATA_DIR, for which the server must be stopped.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rebuild: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return void process.stdout.write(USAGE);
  if (values.rebuild !== 'tags') throw new Error(`Say what to rebuild: --rebuild tags\n\n${USAGE}`);
  const { databaseUrl, dataDir } = parseConfig(process.env);
  const embedded = databaseUrl ? null : await startEmbeddedPostgres({ dataDir });
  try {
    await rebuild(databaseUrl ?? embedded?.url ?? '');
  } finally {
    await embedded?.close();
  }
}

async function rebuild(url: string): Promise<void> {
  await migrate(url);
  const database = openDatabase(url, { connections: 2, onError: () => {} });
  try {
    await seedTopics(database.pool);
    const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from articles');
    const total = rows[0]?.n ?? 0;
    const started = Date.now();
    const { stories, changed } = await rebuildTags(database, (progress) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${progress.stories}/${total} stories`);
    });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    const seconds = (Date.now() - started) / 1000;
    process.stdout.write(`${stories} stories, ${changed} with other tags now, ${seconds.toFixed(1)} s\n`);
  } finally {
    await database.close();
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
