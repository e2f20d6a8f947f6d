import { parseArgs } from 'node:util';
import { findTarget, request, type Target } from './client.ts';
import { findInputs, type Input } from './inputs.ts';

const USAGE = `Usage: npm run ingest -- [options] PATH…

Sends stories to a running Dateline. PATH is a file, a folder, a glob, or - for standard input.

  --url URL    the server's address        [DATELINE_URL, else http://localhost:4000/graphql]
  --key KEY    a key with the scope WRITE  [DATELINE_KEY, else DATA_DIR/development.key]
  --help       this text

Exit status: 0 all stored, 1 some were rejected, 2 wrong use, or the server could not be asked.
`;

const MUTATION = `mutation Ingest($text: String!) {
  ingestStory(input: { source: { pageText: $text } }) {
    outcome
    article { headline }
    userErrors { path message }
  }
}`;

interface Answer {
  ingestStory: {
    outcome: string;
    article: { headline: string } | null;
    userErrors: { path: string[]; message: string }[];
  };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string' }, key: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) process.stdout.write(USAGE);
  if (values.help) return 0;
  if (positionals.length === 0) throw new Error(`Name a file, a folder, a glob, or - for standard input.\n\n${USAGE}`);
  const target = await findTarget(values, process.env);
  const inputs = await findInputs(positionals, process.stdin);
  let rejected = 0;
  for (const [index, input] of inputs.entries()) {
    showProgress(`${index + 1}/${inputs.length} ${input.name}`);
    const { outcome, article, userErrors } = await send(target, input);
    showProgress('');
    const errors = userErrors.map((error) => `\n           ${error.path.join('.')}: ${error.message}`).join('');
    process.stdout.write(`${outcome.padEnd(10)} ${input.name}${article ? `  “${article.headline}”` : ''}${errors}\n`);
    if (outcome === 'REJECTED') rejected++;
  }
  return rejected > 0 ? 1 : 0;
}

async function send(target: Target, input: Input): Promise<Answer['ingestStory']> {
  const { ingestStory } = await request<Answer>(target, MUTATION, { text: await input.read() });
  return ingestStory;
}

/** One line that is written over; only where somebody watches. */
function showProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  },
);
