import { RequestError } from '../errors.ts';
import { decodeCursor, encodeCursor, type LogPosition } from './cursor.ts';
import type { LogTail } from './tail.ts';

/** Where a subscriber begins. */
export interface Start extends LogPosition {
  /** What was committed when it came: it is not told that it is live before it has had all of that. */
  committed: bigint;
}

/**
 * Where a subscriber begins: at its cursor, or else at what is committed now. Of that this process may not have heard
 * yet, and who asks for news is not to be sent what was there before.
 *
 * @throws {RequestError} CURSOR_INVALID, CURSOR_FUTURE, CURSOR_EPOCH_CHANGED, CURSOR_EXPIRED
 */
export async function startPosition(tail: LogTail, after: string | null): Promise<Start> {
  if (after === null) {
    const { epoch, seq } = await tail.committedHead();
    return { epoch, seq, committed: seq };
  }
  const { epoch, seq } = decodeCursor(after);
  const head = await tail.committedHead();
  if (epoch !== head.epoch) throw epochChanged();
  if (seq > head.seq)
    throw new RequestError(
      'CURSOR_FUTURE',
      'This cursor is ahead of the log; start without `after`, or with the last `cursor` received.',
    );
  if (seq + 1n < head.oldest)
    throw new RequestError(
      'CURSOR_EXPIRED',
      'The log no longer reaches back to this cursor; load the list anew and go on from `oldestCursor`.',
      { oldestCursor: encodeCursor({ epoch, seq: head.oldest - 1n }) },
    );
  return { epoch, seq, committed: head.seq };
}

/** What ends a subscription when the log under it is replaced. */
export function epochChanged(): RequestError {
  return new RequestError(
    'CURSOR_EPOCH_CHANGED',
    'The log was reset or restored since; load the list anew and start without `after`.',
  );
}
