import { randomUUID } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findTarget, request } from './client.ts';
import { openJournal } from './journal.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { findAll, readAll } from './reads.ts';
import { createReport, type Report } from './report.ts';
import { sendAll } from './run.ts';
import type { Sender } from './send.ts';

const STATUS = { stored: 0, rejected: 1, failed: 2, interrupted: 130 };

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(USAGE);
    return STATUS.stored;
  }
  if (options.watch && !(await stat(options.watch).catch(() => null))?.isDirectory())
    throw new Error(`--watch takes a folder; "${options.watch}" is none.`);
  const target = await findTarget(options, process.env);
  const found = await findAll(options);
  // Whether anybody is there is found out before the first story is read, and without patience.
  await request(target, '{ __typename }');
  const journal = await openJournal(journalFile(options));
  const report = createReport(process, { ...options, totalBytes: found.totalBytes });
  const signal = stopSignal(report);
  const retries = options.watch ? Number.POSITIVE_INFINITY : options.retries;
  const sender: Sender = {
    target,
    dryRun: options.dryRun,
    runId: randomUUID(),
    retrying: retrying(retries, signal, report),
  };
  if (options.watch) report.note(`Watching ${options.watch}; Ctrl-C ends it.`);
  let failure: Error | null = null;
  try {
    const reads = readAll(found, options, { journal, report, signal });
    await sendAll(reads, { sender, journal, report, concurrency: options.concurrency, signal });
  } catch (error) {
    failure = error as Error;
  }
  if (failure) report.note(failure.message);
  if ((failure || signal.aborted) && !options.dryRun) report.note(await howToGoOn(options, journal.lines()));
  report.finish();
  if (signal.aborted) return options.watch ? STATUS.stored : STATUS.interrupted;
  if (failure) return STATUS.failed;
  return report.counts.outcomes.has('REJECTED') ? STATUS.rejected : STATUS.stored;
}

/** Where it is remembered what was sent. */
function journalFile({ resume, watch }: Options): string | null {
  return resume ?? (watch && join(watch, '.dateline-ingest.ndjson'));
}

function retrying(retries: number, signal: AbortSignal, report: Report): Sender['retrying'] {
  return {
    retries,
    signal,
    onRetry: ({ message }, seconds) => report.note(`${message} Trying again in ${seconds.toFixed(1)} s.`),
  };
}

/** Aborted by the first Ctrl-C (or when nobody reads the output any more); the second ends the process at once. */
function stopSignal(report: Report): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(STATUS.interrupted);
    report.note('Ending after the requests in flight; Ctrl-C again ends at once.');
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.stdout.on('error', () => controller.abort());
  return controller.signal;
}

/** Saves what was sent where no journal was kept, and says how to send the rest. */
async function howToGoOn(options: Options, sent: string): Promise<string> {
  if (journalFile(options)) return 'The same command goes on where this one ended.';
  if (sent === '') return 'Nothing was sent; the same command starts again.';
  const file = `ingest-${new Date().toISOString().replace(/[:.]/g, '-')}.resume.ndjson`;
  await writeFile(file, sent);
  return `To go on where this ended, give the same command with: --resume ${file}`;
}

function end(code: number): void {
  // What is still being read (standard input, a page) is not waited for; what was written is.
  process.stdout.write('', () => process.exit(code));
}

main().then(end, (error: Error) => {
  process.stderr.write(`${error.message}\n`);
  end(STATUS.failed);
});
