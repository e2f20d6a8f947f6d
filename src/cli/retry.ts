import { setTimeout as wait } from 'node:timers/promises';
import { RequestFailure } from './client.ts';

/** How a request is tried again. */
export interface Retrying {
  /** Tries after the first; Infinity waits as long as it takes for the server to come back. */
  retries: number;
  /** Ends waiting, not a request in flight. */
  signal: AbortSignal;
  /** Told before each wait; `seconds` is how long it will be. */
  onRetry(failure: RequestFailure, seconds: number): void;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** A server that is there and fails again and again fails on what it was sent. */
const MOST_FAULTS = 6;

/**
 * Runs `attempt` until it succeeds, waiting twice as long each time, with some chance in it so that clients do not come
 * back together. Only what may pass by itself is tried again: a broken connection or a server's fault, never a refusal.
 * @throws {RequestFailure} of the last attempt
 */
export async function withRetry<Result>(attempt: () => Promise<Result>, retrying: Retrying): Promise<Result> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RequestFailure) || tries >= mostRetries(error, retrying) || retrying.signal.aborted)
        throw error;
      const milliseconds = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries) * (0.75 + Math.random() / 4);
      retrying.onRetry(error, milliseconds / 1000);
      await wait(milliseconds, undefined, { signal: retrying.signal }).catch(() => {
        throw error;
      });
    }
  }
}

function mostRetries({ kind }: RequestFailure, { retries }: Retrying): number {
  if (kind === 'UNREACHABLE') return retries;
  return kind === 'FAULT' ? Math.min(retries, MOST_FAULTS) : 0;
}
