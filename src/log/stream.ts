import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { RequestError } from '../errors.ts';
import { matchesFilter, type StoryFilter } from '../stories/filter.ts';
import type { LogEntryDraft } from './append.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { type LogEntry, loadWords, readLogHead } from './read.ts';
import type { LogTail } from './tail.ts';

export type StoryChangeKind = LogEntryDraft['kind'] | 'ENTERED' | 'LEFT';

/** What a subscriber receives; both kinds carry the cursor to resume from. */
export type StreamMessage =
  | { type: 'StoryChange'; cursor: string; kind: StoryChangeKind; entry: LogEntry }
  | { type: 'Checkpoint'; cursor: string; live: boolean };

const BATCH = 200;
/** A subscriber to whom nothing was sent over this many entries gets a checkpoint, so that its cursor moves on too. */
const SILENT_ENTRIES = 500n;

/**
 * One subscriber's pump: read on from the cursor, send what matches, wait for more. Replay and live are the same
 * loop, so there is no seam between them. It pulls at the reader's pace and holds one batch at most.
 *
 * @throws {RequestError} CURSOR_INVALID, CURSOR_FUTURE, CURSOR_EPOCH_CHANGED, CURSOR_EXPIRED
 */
export function streamChanges(
  log: { tail: LogTail; pool: pg.Pool },
  options: { filter: StoryFilter; after: string | null },
): AsyncGenerator<StreamMessage, void> {
  const abort = new AbortController();
  const generator = pump(log, { ...options, signal: abort.signal });
  return Object.assign(Object.create(generator) as typeof generator, {
    next: () => generator.next(),
    throw: (error: unknown) => generator.throw(error),
    // A generator that waits for news could not be ended before some came.
    return: () => {
      abort.abort();
      return generator.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  });
}

async function* pump(
  log: { tail: LogTail; pool: pg.Pool },
  options: { filter: StoryFilter; after: string | null; signal: AbortSignal },
): AsyncGenerator<StreamMessage, void> {
  const { epoch } = log.tail.head();
  const cursorAt = (seq: bigint) => encodeCursor({ epoch, seq });
  const start = log.tail.head().seq;
  // A process hears of a commit a moment after it; who resumes is not told that it is live before it has had what was
  // committed when it came.
  const { seq: from, head } =
    options.after === null ? { seq: start, head: start } : await checkedPosition(log, options.after);
  let seq = from;
  let sent = seq;
  let live = false;
  while (!options.signal.aborted) {
    const entries = await log.tail.readAfter(seq, BATCH);
    if (options.filter.text) await loadWords(log.pool, entries);
    for (const entry of entries) {
      const kind = changeFor(options.filter, entry);
      if (kind) yield { type: 'StoryChange', cursor: cursorAt(entry.seq), kind, entry };
      if (kind) sent = entry.seq;
      if (options.signal.aborted) return;
    }
    seq = entries.at(-1)?.seq ?? seq;
    const caughtUp = seq === log.tail.head().seq;
    if ((caughtUp && seq >= head && !live) || seq - sent >= SILENT_ENTRIES) {
      live ||= caughtUp && seq >= head;
      yield { type: 'Checkpoint', cursor: cursorAt(seq), live };
      sent = seq;
    }
    if (caughtUp) await log.tail.waitAfter(seq, options.signal);
    // A generator that always has something ready would keep every other subscriber from its turn.
    else await setImmediate();
  }
}

/** What an entry means to a subscriber with this filter; null where it is none of its business. */
export function changeFor(filter: StoryFilter, entry: LogEntry): StoryChangeKind | null {
  const words = (role: 'after' | 'before') => () => entry.words?.[role] ?? new Set<string>();
  const before = matchesFilter(filter, entry.factsBefore, words('before'));
  const after = matchesFilter(filter, entry.facts, words('after'));
  if (before && after) return entry.kind;
  if (after) return entry.kind === 'PUBLISHED' || entry.kind === 'RESTORED' ? entry.kind : 'ENTERED';
  if (before) return entry.kind === 'WITHDRAWN' ? 'WITHDRAWN' : 'LEFT';
  return null;
}

async function checkedPosition(
  log: { tail: LogTail; pool: pg.Pool },
  cursor: string,
): Promise<{ seq: bigint; head: bigint }> {
  const { epoch, seq } = decodeCursor(cursor);
  const head = await readLogHead(log.pool);
  if (epoch !== head.epoch)
    throw new RequestError(
      'CURSOR_EPOCH_CHANGED',
      'The log was reset or restored since; load the list anew and start without `after`.',
    );
  if (seq > head.seq)
    throw new RequestError(
      'CURSOR_FUTURE',
      'This cursor is ahead of the log; start without `after`, or with the last `cursor` received.',
    );
  const oldest = head.oldest ?? head.seq + 1n;
  if (seq + 1n < oldest)
    throw new RequestError(
      'CURSOR_EXPIRED',
      'The log no longer reaches back to this cursor; load the list anew and go on from `oldestCursor`.',
      {
        oldestCursor: encodeCursor({ epoch, seq: oldest - 1n }),
      },
    );
  return { seq, head: head.seq };
}
