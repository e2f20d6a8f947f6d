import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/log/cursor.ts';
import { createHub, type Group, type Hub } from '../../src/log/hub.ts';
import { changeFor, type StreamMessage } from '../../src/log/stream.ts';
import type { StoryFilter } from '../../src/stories/filter.ts';
import { createFakeLog, createFakeOutlet, type FakePayload } from './fake-log.ts';

const SIZE = 100;
let hub: Hub<FakePayload> | undefined;
afterEach(() => hub?.close());

function group(key: string, filter: StoryFilter = {}): Group<FakePayload> {
  return { key, filter, render: async (message) => ({ message, size: SIZE }) };
}

function start(limits = { perSubscriber: 350, together: 1_000_000 }) {
  const log = createFakeLog();
  hub = createHub<FakePayload>(
    log,
    (error) => {
      throw error;
    },
    limits,
  );
  return { log, hub };
}

/** Lets everything that is ready happen. */
async function settle(turns = 60): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
}

const cursor = (seq: number) => encodeCursor({ epoch: 'one', seq: BigInt(seq) });
const changes = (messages: StreamMessage[]) =>
  messages.flatMap((message) => (message.type === 'StoryChange' ? Number(message.entry.seq) : []));

describe('the hub', () => {
  test('executes once for each group and entry, however many subscribe', async () => {
    const { log, hub } = start();
    const outlets = Array.from({ length: 50 }, () => createFakeOutlet());
    for (const { outlet } of outlets) await hub.join(group('all'), outlet, null);
    await settle();
    const checkpoints = hub.stats().executions;
    for (let story = 0; story < 5; story++) log.append([]);
    await settle();
    expect(hub.stats().executions - checkpoints).toBe(5);
    for (const { received } of outlets) expect(changes(received)).toEqual([1, 2, 3, 4, 5]);
  });

  test('executes once for those who resume together', async () => {
    const { log, hub } = start({ perSubscriber: 1_000_000, together: 1_000_000_000 });
    for (let story = 0; story < 1_000; story++) log.append([]);
    const outlets = Array.from({ length: 20 }, () => createFakeOutlet());
    await Promise.all(outlets.map(({ outlet }) => hub.join(group('all'), outlet, cursor(0))));
    await settle(600);
    for (const { received } of outlets) expect(changes(received)).toHaveLength(1_000);
    expect(hub.stats().executions).toBeLessThanOrEqual(1_001);
  });

  test('groups of different keys share nothing', async () => {
    const { log, hub } = start();
    await hub.join(group('scope READ'), createFakeOutlet().outlet, null);
    await hub.join(group('scope READ, WRITE'), createFakeOutlet().outlet, null);
    await settle();
    const before = hub.stats().executions;
    log.append([]);
    await settle();
    expect(hub.stats().executions - before).toBe(2);
  });

  test('a slow reader holds no more than its bound and one message, misses nothing, and keeps nobody waiting', async () => {
    const { log, hub } = start();
    const slow = createFakeOutlet({ slow: true });
    const quick = createFakeOutlet();
    await hub.join(group('all'), slow.outlet, null);
    await hub.join(group('all'), quick.outlet, null);
    await settle();
    for (let story = 0; story < 40; story++) log.append([]);
    await settle();
    expect(changes(quick.received)).toHaveLength(40);
    expect(slow.most()).toBeLessThanOrEqual(350 + SIZE);
    expect(hub.stats().parked).toBe(1);
    for (let round = 0; round < 40; round++) {
      slow.drain();
      await settle();
    }
    expect(changes(slow.received)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(slow.most()).toBeLessThanOrEqual(350 + SIZE);
  });

  test('above the common bound each socket that is not empty gets one message more at most', async () => {
    const { log, hub } = start({ perSubscriber: 100_000, together: 1_000 });
    const outlets = Array.from({ length: 10 }, () => createFakeOutlet({ slow: true }));
    for (const { outlet } of outlets) await hub.join(group('all'), outlet, null);
    await settle();
    for (let story = 0; story < 100; story++) log.append([]);
    await settle();
    expect(hub.stats().bufferedBytes).toBeLessThanOrEqual(1_000 + 11 * SIZE);
  });

  test('a group whose rendering fails ends with the error rather than with a gap', async () => {
    const { log, hub } = start();
    const reader = createFakeOutlet();
    const failing: Group<FakePayload> = {
      ...group('failing'),
      render: async (message) => {
        if (message.type === 'StoryChange' && message.entry.seq === 2n) throw new Error('no');
        return { message, size: SIZE };
      },
    };
    await hub.join(failing, reader.outlet, null);
    await settle();
    for (let story = 0; story < 3; story++) log.append([]);
    await settle();
    expect(changes(reader.received)).toEqual([1]);
    expect(reader.failure()?.message).toBe('no');
    expect(hub.stats().groups).toBe(0);
  });

  test('a new epoch ends everybody with CURSOR_EPOCH_CHANGED', async () => {
    const { log, hub } = start();
    const reader = createFakeOutlet();
    await hub.join(group('all'), reader.outlet, null);
    await settle();
    log.reset();
    await settle();
    expect(reader.failure()).toMatchObject({ code: 'CURSOR_EPOCH_CHANGED' });
  });

  test('a narrow filter gets a checkpoint now and then', async () => {
    const { log, hub } = start();
    const reader = createFakeOutlet();
    await hub.join(group('narrow', { tags: { any: ['none'] } }), reader.outlet, null);
    await settle();
    for (let story = 0; story < 1_000; story++) log.append(['other']);
    await settle();
    expect(reader.received.length).toBeGreaterThanOrEqual(2);
    expect(reader.received.length).toBeLessThanOrEqual(6);
  });

  test('whatever happens in whatever order, everybody gets exactly what the log says, in its order', async () => {
    const filters: StoryFilter[] = [{}, { tags: { any: ['a'] } }, { tags: { all: ['a', 'b'] } }];
    const tags = fc.subarray(['a', 'b']);
    const action = fc.oneof(
      fc.record({ do: fc.constant('append' as const), tags, before: fc.option(tags) }),
      fc.record({
        do: fc.constant('join' as const),
        filter: fc.nat(2),
        back: fc.option(fc.nat(12)),
        slow: fc.boolean(),
      }),
      fc.record({ do: fc.constant('drain' as const), which: fc.nat(20) }),
      fc.record({ do: fc.constant('leave' as const), which: fc.nat(20) }),
      fc.record({ do: fc.constant('wait' as const), turns: fc.nat(6) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 120 }), async (actions) => {
        const { log, hub } = start();
        const readers: {
          reader: ReturnType<typeof createFakeOutlet>;
          filter: StoryFilter;
          from: number;
          leave(): void;
          left: boolean;
        }[] = [];
        for (const act of actions) {
          if (act.do === 'append') log.append(act.tags, act.before);
          if (act.do === 'wait') await settle(act.turns);
          const chosen = 'which' in act ? readers[act.which] : undefined;
          if (act.do === 'drain') chosen?.reader.drain();
          if (act.do === 'leave' && chosen) {
            chosen.leave();
            chosen.left = true;
          }
          if (act.do !== 'join') continue;
          const filter = filters[act.filter] as StoryFilter;
          const from = Math.max(0, log.entries().length - (act.back ?? 0));
          const reader = createFakeOutlet({ slow: act.slow });
          const leave = await hub.join(
            group(`filter ${act.filter}`, filter),
            reader.outlet,
            act.back === null ? null : cursor(from),
          );
          readers.push({ reader, filter, from, leave, left: false });
        }
        for (let round = 0; round < 40; round++) {
          await settle(10);
          for (const { reader } of readers) reader.drain();
        }
        for (const { reader, filter, from, left } of readers) {
          const expected = log
            .entries()
            .filter((entry) => Number(entry.seq) > from && changeFor(filter, entry))
            .map((entry) => Number(entry.seq));
          const got = changes(reader.received);
          expect(got).toEqual(left ? expected.slice(0, got.length) : expected);
          expect(reader.most()).toBeLessThanOrEqual(350 + SIZE);
          const cursors = reader.received.map((message) => Number(message.cursor.split('.')[2]));
          expect(cursors).toEqual([...cursors].sort((a, b) => a - b));
          if (!left)
            expect(reader.received.filter((message) => message.type === 'Checkpoint' && message.live)).toHaveLength(1);
        }
        await hub.close();
      }),
      { numRuns: 60 },
    );
  });
});
