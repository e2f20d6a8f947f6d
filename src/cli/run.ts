import { intoBatches } from './batches.ts';
import { type Item, isUnreadable, type Unreadable } from './item.ts';
import type { Journal } from './journal.ts';
import type { Report } from './report.ts';
import { isFault, type Numbered, rejected, type Sender, sendBatch } from './send.ts';

/** The server takes 500 items; two megabytes of pages take it a second or so. */
const LIMITS = { items: 500, bytes: 2_000_000, patience: 200 };

interface Parts {
  sender: Sender;
  journal: Journal;
  report: Report;
  concurrency: number;
  /** Ends reading; what is in flight is finished. */
  signal: AbortSignal;
}

/**
 * Sends everything `reads` yields, `concurrency` batches at a time. An item is recorded once it is answered.
 * @throws {RequestFailure} the first that ended it, after the other requests in flight
 */
export async function sendAll(reads: AsyncIterable<Item | Unreadable>, parts: Parts): Promise<void> {
  const { sender, journal, report, concurrency } = parts;
  const failed = new AbortController();
  const batches = intoBatches(reads, LIMITS, AbortSignal.any([parts.signal, failed.signal]));
  let number = 0;

  async function send(batch: (Item | Unreadable)[]): Promise<void> {
    const items: Numbered[] = [];
    for (const read of batch) {
      if (isUnreadable(read)) report.outcomes(read, [rejected(read, [{ ...read.error, path: [] }])]);
      else if (journal.knows(read)) report.skipped(read.bytes);
      else items.push({ item: read, number: ++number });
    }
    if (items.length === 0) return;
    const results = await sendBatch(sender, items);
    for (const [index, { item }] of items.entries()) report.outcomes(item, results[index] ?? []);
    // What the server failed on may succeed another time.
    const answered = items.filter((_, index) => !results[index]?.some(isFault));
    if (!sender.dryRun) await journal.record(answered.map(({ item }) => item));
  }

  const workers = Array.from({ length: concurrency }, async () => {
    try {
      for await (const batch of sharing(batches)) await send(batch);
    } catch (error) {
      failed.abort();
      throw error;
    }
  });
  const ended = await Promise.allSettled(workers);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** Lets several loops take from one generator: the first to leave does not end it for the others. */
function sharing<Part>(generator: AsyncGenerator<Part>): AsyncIterable<Part> {
  return { [Symbol.asyncIterator]: () => ({ next: () => generator.next() }) };
}
