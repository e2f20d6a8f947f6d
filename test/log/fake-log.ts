import type pg from 'pg';
import type { Outlet } from '../../src/log/hub.ts';
import type { LogEntry } from '../../src/log/read.ts';
import type { StreamMessage } from '../../src/log/stream.ts';
import type { LogTail } from '../../src/log/tail.ts';
import type { StoryFacts } from '../../src/stories/facts.ts';

/** A log in memory that can be appended to and reset at will; counts how often its head is asked for. */
export function createFakeLog() {
  let epoch = 'one';
  let entries: LogEntry[] = [];
  let headReads = 0;
  const waiters = new Set<() => void>();
  const wake = () => {
    for (const waiter of waiters) waiter();
    waiters.clear();
  };
  const head = () => ({ epoch, seq: BigInt(entries.length) });
  const tail: LogTail = {
    head,
    async committedHead() {
      headReads++;
      return { ...head(), oldest: 1n };
    },
    readAfter: async (seq, limit) => entries.slice(Number(seq), Number(seq) + limit),
    waitAfter: (seq, signal) =>
      head().seq > seq || signal.aborted
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiters.add(resolve);
            signal.addEventListener('abort', () => resolve(), { once: true });
          }),
    async close() {},
  };
  return {
    tail,
    pool: {} as pg.Pool,
    entries: () => entries,
    headReads: () => headReads,
    append(tagIds: string[], tagsBefore: string[] | null = null): void {
      entries.push({
        seq: BigInt(entries.length + 1),
        epoch,
        articleId: `article ${entries.length + 1}`,
        version: 1,
        kind: 'PUBLISHED',
        changedFields: [],
        note: null,
        facts: storyFacts({ tagIds }),
        factsBefore: tagsBefore && storyFacts({ tagIds: tagsBefore }),
      });
      wake();
    },
    reset(): void {
      epoch = 'two';
      entries = [];
      wake();
    },
  };
}

export function storyFacts(some: Partial<StoryFacts>): StoryFacts {
  return {
    announced: true,
    pubStatus: 'USABLE',
    sourceId: null,
    tagIds: [],
    eventIds: [],
    authors: [],
    language: null,
    listedAt: '2024-01-01T00:00:00.000Z',
    hasPhoto: false,
    ...some,
  };
}

export interface FakePayload {
  message: StreamMessage;
  size: number;
}

/** A socket that takes what is written when `drain` is called; one that is not `slow` takes it at once. */
export function createFakeOutlet(options: { slow: boolean } = { slow: false }) {
  const received: StreamMessage[] = [];
  let waiting: (() => void)[] = [];
  let buffered = 0;
  let most = 0;
  let failure: Error | undefined;
  const outlet: Outlet<FakePayload> = {
    send({ message, size }, flushed) {
      received.push(message);
      if (!options.slow) return void (flushed && setImmediate(flushed));
      buffered += size;
      most = Math.max(most, buffered);
      if (flushed) waiting.push(flushed);
    },
    buffered: () => buffered,
    fail(error) {
      failure = error;
    },
  };
  return {
    outlet,
    received,
    most: () => most,
    failure: () => failure,
    drain(): void {
      buffered = 0;
      const flushed = waiting;
      waiting = [];
      for (const callback of flushed) callback();
    },
  };
}
