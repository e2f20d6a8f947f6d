import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { matchesFilter, type StoryFilter } from '../stories/filter.ts';
import type { LogEntryDraft } from './append.ts';
import { encodeCursor } from './cursor.ts';
import { epochChanged, startPosition } from './position.ts';
import { type LogEntry, loadWords } from './read.ts';
import type { LogTail } from './tail.ts';

export type StoryChangeKind = LogEntryDraft['kind'] | 'ENTERED' | 'LEFT';

/** What a subscriber receives; both kinds carry the cursor to resume from. */
export type StreamMessage =
  | { type: 'StoryChange'; cursor: string; kind: StoryChangeKind; entry: LogEntry }
  | { type: 'Checkpoint'; cursor: string; live: boolean };

const BATCH = 200;
/** A subscriber to whom nothing was sent over this many entries gets a checkpoint, so that its cursor moves on too. */
export const SILENT_ENTRIES = 500n;
/** Milliseconds before the database is asked again after the log says that there is more than could be read. */
const PAUSE = 100;

/**
 * One subscriber's own pump, for what cannot be shared (hub.ts): read on from the cursor, send what matches, wait for
 * more. Replay and live are the same loop, so there is no seam between them. It pulls at the reader's pace and holds one
 * batch at most.
 *
 * @throws {RequestError} CURSOR_INVALID, CURSOR_FUTURE, CURSOR_EPOCH_CHANGED, CURSOR_EXPIRED
 */
export function streamChanges(
  log: { tail: LogTail; pool: pg.Pool },
  options: { filter: StoryFilter; after: string | null },
): AsyncGenerator<StreamMessage, void> {
  const abort = new AbortController();
  const generator = pump(log, options, abort.signal);
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
  { filter, after }: { filter: StoryFilter; after: string | null },
  signal: AbortSignal,
): AsyncGenerator<StreamMessage, void> {
  const start = await startPosition(log.tail, after);
  const { epoch } = start;
  const cursorAt = (seq: bigint) => encodeCursor({ epoch, seq });
  let { seq } = start;
  let sent = seq;
  let live = false;
  while (!signal.aborted) {
    const entries = await log.tail.readAfter(seq, BATCH);
    if (log.tail.head().epoch !== epoch) throw epochChanged();
    if (filter.text) await loadWords(log.pool, entries);
    for (const entry of entries) {
      const kind = changeFor(filter, entry);
      if (kind) yield { type: 'StoryChange', cursor: cursorAt(entry.seq), kind, entry };
      if (kind) sent = entry.seq;
      if (signal.aborted) return;
    }
    seq = entries.at(-1)?.seq ?? seq;
    const caughtUp = seq >= log.tail.head().seq;
    if ((caughtUp && seq >= start.committed && !live) || seq - sent >= SILENT_ENTRIES) {
      live ||= caughtUp && seq >= start.committed;
      yield { type: 'Checkpoint', cursor: cursorAt(seq), live };
      sent = seq;
    }
    if (caughtUp) await log.tail.waitAfter(seq, signal);
    else if (entries.length === 0) await delay(PAUSE);
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
