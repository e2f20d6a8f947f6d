import { draftTree } from './draft-tree.ts';
import { outcomeLine } from './outcome-line.ts';
import { createProgress } from './progress.ts';
import type { Outcome } from './send.ts';
import { type Counts, summaryTable } from './summary.ts';

/** Tells the user what happens: outcomes on standard output, everything else on standard error. */
export interface Report {
  /** What became of one input, which takes `bytes` of what there is. */
  outcomes(input: { bytes: number }, outcomes: Outcome[]): void;
  /** An input that was sent before. */
  skipped(bytes: number): void;
  note(message: string): void;
  counts: Counts;
  /** The last word: the summary. */
  finish(): void;
}

interface Streams {
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
}

/** `totalBytes`: of all inputs; null where nobody knows how much will come. */
export function createReport(
  { stdout, stderr }: Streams,
  { json, dryRun, totalBytes }: { json: boolean; dryRun: boolean; totalBytes: number | null },
): Report {
  const started = Date.now();
  const counts: Counts = { inputs: 0, skipped: 0, outcomes: new Map() };
  const progress = createProgress(stderr, { totalBytes, started });

  function print(outcome: Outcome): string {
    if (json) return `${JSON.stringify(outcome)}\n`;
    return outcomeLine(outcome) + (dryRun ? draftTree(outcome) : '');
  }

  return {
    counts,
    outcomes(input, outcomes) {
      counts.inputs++;
      for (const { outcome } of outcomes) counts.outcomes.set(outcome, (counts.outcomes.get(outcome) ?? 0) + 1);
      progress.clear();
      stdout.write(outcomes.map(print).join(''));
      progress.advance(input.bytes, counts.inputs);
    },
    skipped(bytes) {
      counts.skipped++;
      progress.advance(bytes, counts.inputs);
    },
    note(message) {
      progress.clear();
      stderr.write(`${message}\n`);
    },
    finish() {
      progress.clear();
      stderr.write(summaryTable(counts, (Date.now() - started) / 1000));
    },
  };
}
