import { setTimeout as wait } from 'node:timers/promises';

/** How much goes into one request. */
export interface BatchLimits {
  /** Items; the server takes 500. */
  items: number;
  /** Bytes of input, so that a batch of pages is answered in seconds. A single larger item goes alone. */
  bytes: number;
  /** Milliseconds a batch waits for more, so that a slow source is sent as it comes. */
  patience: number;
}

/** Groups what `source` yields; ends early, without what is not there yet, when `signal` says so. */
export async function* intoBatches<Part extends { bytes: number }>(
  source: AsyncIterable<Part>,
  limits: BatchLimits,
  signal: AbortSignal,
): AsyncGenerator<Part[]> {
  const parts = source[Symbol.asyncIterator]();
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  const advance = () => {
    const step = parts.next();
    // It may fail while nobody is waiting for it; whoever waits next is told.
    step.catch(() => {});
    return step;
  };
  let next = advance();
  let batch: Part[] = [];
  let bytes = 0;
  while (!signal.aborted) {
    const patience = new AbortController();
    const waited = batch.length > 0 ? [impatient(limits.patience, patience.signal)] : [];
    const got = await Promise.race([next, aborted, ...waited]);
    patience.abort();
    if (got === 'aborted') break;
    if (got !== 'impatient' && got.done) break;
    const part = got === 'impatient' ? null : got.value;
    const isFull = part === null || batch.length >= limits.items || bytes + part.bytes > limits.bytes;
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    if (part === null) continue;
    batch.push(part);
    bytes += part.bytes;
    next = advance();
  }
  if (batch.length > 0 && !signal.aborted) yield batch;
}

async function impatient(milliseconds: number, signal: AbortSignal): Promise<'impatient'> {
  await wait(milliseconds, undefined, { signal }).catch(() => {});
  return 'impatient';
}
