import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CHROMIUM, openGraphiQL } from './graphiql.ts';
import { copyOfCheckout, startServer } from './newcomer.ts';

// The main job as a newcomer runs it, from a copy of this checkout: `npm install`, `npm start`, GraphiQL in a real
// browser, `npm run ingest`, Ctrl-C. Prints a line per step; `--json FILE` writes {passed, failed, skipped}.

const STORY = 'test/fixtures/page-text/cable-car/input.txt';
const HEADLINE = 'Cable car to the Vallon opens after three years';
const FIRST_START_SECONDS = process.env.CI ? 60 : 10;

const totals = { passed: 0, failed: 0, skipped: 0 };

/** Runs one step; returns undefined when it failed, so that what needs it can be left out. */
async function step<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
  const since = performance.now();
  try {
    const result = await work();
    totals.passed++;
    report('passed', `${name} (${((performance.now() - since) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    totals.failed++;
    report('FAILED', `${name}\n${String((error as Error).stack ?? error)}`);
    return undefined;
  }
}

function report(outcome: string, text: string): void {
  process.stdout.write(`smoke ${outcome}  ${text}\n`);
}

function expectThat(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new Error(problem);
}

async function main(): Promise<void> {
  const copy = await copyOfCheckout();
  try {
    const installed = await step('npm install in a folder with spaces and non-ASCII letters', () =>
      copy.npm('install'),
    );
    if (installed !== undefined) await run(copy.folder);
  } finally {
    await copy.remove();
  }
}

async function run(folder: string): Promise<void> {
  const server = await step(`npm start serves within ${FIRST_START_SECONDS} s`, () =>
    startServer(folder, FIRST_START_SECONDS),
  );
  if (!server) return;
  try {
    await step('the development key is there, for its owner only', async () => {
      const { stdout } = await promisify(execFile)('ls', ['-l', join(folder, '.data/development.key')]);
      expectThat(stdout.startsWith('-rw-------'), `mode of development.key: ${stdout}`);
    });
    if (existsSync(CHROMIUM)) await watchInBrowser(server.url, server.ingest);
    else if (process.env.CI)
      await step('GraphiQL in a browser', () => Promise.reject(new Error(`no ${CHROMIUM} here`)));
    else {
      totals.skipped++;
      report('skipped', `GraphiQL in a browser: no ${CHROMIUM} here`);
      await step('npm run ingest stores the story', async () => {
        const output = await server.ingest(STORY);
        expectThat(output.includes('CREATED'), output);
      });
    }
    await step('the same page again is UNCHANGED', async () => {
      const output = await server.ingest(STORY);
      expectThat(output.includes('UNCHANGED'), output);
    });
  } finally {
    await step('SIGTERM to npm ends it within 5 s and leaves no Postgres behind', () => server.stop('SIGTERM', 5));
  }
  await step('the next start has kept the story', async () => {
    const again = await startServer(folder, FIRST_START_SECONDS);
    try {
      const output = await again.ingest(STORY);
      expectThat(output.includes('UNCHANGED'), output);
    } finally {
      await again.stop('SIGINT', 5);
    }
  });
}

async function watchInBrowser(url: string, ingest: (file: string) => Promise<string>): Promise<void> {
  const graphiql = await step('GraphiQL opens in a browser', () => openGraphiQL(url));
  if (!graphiql) return;
  try {
    await step('it shows three tabs: query, subscription, mutation', async () => {
      const names = await graphiql.tabs();
      expectThat(names.join() === 'LatestStories,NewStories,IngestStory', `tabs: ${names.join()}`);
    });
    await step('the query runs there', () => graphiql.runTab(0, 'totalCount'));
    await step('the subscription runs there, over a WebSocket', async () => {
      await graphiql.runTab(1, 'Checkpoint');
      expectThat(graphiql.sockets.length > 0, 'no WebSocket was opened');
    });
    await step('it shows the story when npm run ingest is run', async () => {
      const output = await ingest(STORY);
      expectThat(output.includes('CREATED'), output);
      await graphiql.waitForResult(HEADLINE);
    });
    await step('no request left this machine', async () => {
      expectThat(graphiql.foreignRequests.length === 0, graphiql.foreignRequests.join('\n'));
    });
    const screenshot = process.env.SMOKE_SCREENSHOT;
    if (screenshot) await writeFile(screenshot, await graphiql.screenshot());
  } finally {
    await graphiql.close();
  }
}

await main().catch((error) => {
  totals.failed++;
  report('FAILED', String(error.stack ?? error));
});
const at = process.argv.indexOf('--json');
const file = at > 0 ? process.argv[at + 1] : undefined;
if (file) await writeFile(file, JSON.stringify(totals));
process.stdout.write(`smoke: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exitCode = totals.failed > 0 ? 1 : 0;
