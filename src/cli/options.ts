import { parseArgs } from 'node:util';

/** What the command was asked to do. */
export interface Options {
  paths: string[];
  url: string | undefined;
  key: string | undefined;
  /** Whether addresses may be fetched; off unless asked for. */
  fetch: boolean;
  /** File or address of a sitemap, feed or plain list whose addresses are fetched. */
  urls: string | null;
  watch: string | null;
  /** Milliseconds a watched file must have been left alone. */
  settle: number;
  concurrency: number;
  retries: number;
  resume: string | null;
  dryRun: boolean;
  json: boolean;
  help: boolean;
}

export const USAGE = `Usage: npm run ingest -- [options] PATH…

Sends stories to a running Dateline, in whatever format they are: pages (HTML or text), NewsML-G2, NewsML 1, NITF,
ninjs, feeds, sitemaps, JSON-LD, Dateline's own fields. The server finds out which. PATH is a file, a folder (all
files below it), a glob, or - for standard input. Files and standard input may be NDJSON: one JSON story per line.

  --url URL          the server's address        [DATELINE_URL, else http://localhost:4000/graphql]
  --key KEY          a key with the scope WRITE  [DATELINE_KEY, else DATA_DIR/development.key]
  --dry-run          read only: print each draft as a tree with where each field was found; nothing is stored
  --json             one JSON object per item on standard output, for scripts
  --concurrency N    requests at the same time, 1–32 [2]
  --retries N        how often a request is tried again when the connection breaks or the server fails [6];
                     waits 0.5 s, then twice as long each time, at most 30 s; with --watch it never gives up
  --resume FILE      remember in FILE what was sent, and leave out what FILE remembers
  --watch FOLDER     send every file that is in FOLDER or arrives there, until Ctrl-C. Remembers what was sent in
                     FOLDER/.dateline-ingest.ndjson (or in --resume FILE), so that a restart sends nothing twice
  --settle SECONDS   with --watch: send a file once it has not changed for so long [2]
  --fetch            PATH may also be http(s) addresses, which are fetched. Only public addresses, at most 5
                     redirects, 20 MB and 20 s a page
  --urls FILE        with --fetch: fetch the addresses in FILE, a sitemap, a feed, or a list with one per line
                     (FILE may be an address itself)
  --help             this text

Ctrl-C ends after the requests in flight and says how to go on; a second Ctrl-C ends at once.

Exit status: 0 all stored, 1 some were rejected, 2 wrong use, or the server could not be asked, 130 ended by Ctrl-C.
`;

/** Reads the command line. @throws {Error} that says what is wrong with it */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      key: { type: 'string' },
      fetch: { type: 'boolean', default: false },
      urls: { type: 'string' },
      watch: { type: 'string' },
      settle: { type: 'string' },
      concurrency: { type: 'string', default: '2' },
      retries: { type: 'string', default: '6' },
      resume: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const options: Options = {
    paths: positionals,
    url: values.url,
    key: values.key,
    fetch: values.fetch,
    urls: values.urls ?? null,
    watch: values.watch ?? null,
    settle: 1000 * readNumber('--settle', values.settle ?? '2', 0.1, 3600),
    concurrency: readNumber('--concurrency', values.concurrency, 1, 32),
    retries: readNumber('--retries', values.retries, 0, 100),
    resume: values.resume ?? null,
    dryRun: values['dry-run'],
    json: values.json,
    help: values.help,
  };
  const problem = options.help ? null : findProblem(options, values.settle !== undefined);
  if (problem) throw new Error(problem);
  return options;
}

/** Combinations that cannot be meant. */
function findProblem(options: Options, settles: boolean): string | null {
  const { paths, urls, watch, fetch, dryRun, resume } = options;
  if (urls && !fetch) return '--urls fetches the addresses in a file; fetching is off unless you add --fetch.';
  if (watch && (paths.length > 0 || urls || fetch)) return '--watch takes one folder, and no PATH, --urls or --fetch.';
  if (settles && !watch) return '--settle goes with --watch.';
  if (dryRun && (watch || resume)) return '--dry-run stores nothing; it goes neither with --watch nor with --resume.';
  if (paths.length === 0 && !urls && !watch)
    return `Name a file, a folder, a glob, or - for standard input.\n\n${USAGE}`;
  return null;
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  const isWhole = Number.isInteger(least) ? Number.isInteger(number) : Number.isFinite(number);
  if (text.trim() === '' || !isWhole || number < least || number > most)
    throw new Error(`${name} takes a number from ${least} to ${most}, not "${text}".`);
  return number;
}
