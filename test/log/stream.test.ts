import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { encodeCursor } from '../../src/log/cursor.ts';
import { type StreamMessage, streamChanges } from '../../src/log/stream.ts';
import { type LogTail, startLogTail } from '../../src/log/tail.ts';
import type { StoryFilter } from '../../src/stories/filter.ts';
import type { Story } from '../../src/stories/story.ts';
import { createTestDatabase } from '../support/database.ts';
import { appendStory, writeStory } from '../support/log.ts';

// One subscriber's view of the log, over a real Postgres.

let database: Database;
let drop: () => Promise<void>;
const closers: (() => Promise<unknown> | undefined)[] = [];
beforeAll(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase(created.url, { onError: () => {} });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await database.close();
  await drop();
});

async function openTail(options: { listen?: boolean } = {}): Promise<LogTail> {
  const tail = await startLogTail(database, () => {}, options);
  closers.push(tail.close);
  return tail;
}

function subscribe(tail: LogTail, options: { filter?: StoryFilter; after?: bigint } = {}) {
  const after = options.after === undefined ? null : encodeCursor({ ...tail.head(), seq: options.after });
  const messages = streamChanges({ tail, pool: database.pool }, { filter: options.filter ?? {}, after });
  closers.push(() => messages.return());
  return messages;
}

async function next(messages: AsyncGenerator<StreamMessage, void>): Promise<StreamMessage> {
  const { value } = await messages.next();
  if (!value) throw new Error('the stream ended');
  return value;
}

/** Changes up to the checkpoint that says `live`. */
async function untilLive(messages: AsyncGenerator<StreamMessage, void>): Promise<StreamMessage[]> {
  const changes: StreamMessage[] = [];
  for (;;) {
    const message = await next(messages);
    if (message.type === 'StoryChange') changes.push(message);
    else if (message.live) return changes;
  }
}

/** Stores a version of the story of this name and announces it, in one transaction. */
function publish(name: string, fields: Partial<Story> = {}): Promise<bigint | null> {
  return inTransaction(database.pool, async (tx) => appendStory(tx, await writeStory(tx, name, fields)));
}

const seqOf = ({ cursor }: StreamMessage) => BigInt(cursor.split('.')[2] ?? -1);

test('resuming at every place delivers exactly the rest, once and in order', async () => {
  const tail = await openTail();
  const start = tail.head().seq;
  for (let index = 0; index < 25; index++) await publish(`resume-${index % 9}`, { bodyText: `Text ${index}.` });
  await tail.waitAfter(start + 24n, AbortSignal.timeout(10_000));
  for (let after = start; after <= start + 25n; after++) {
    const changes = await untilLive(subscribe(tail, { after }));
    const expected = Array.from({ length: Number(start + 25n - after) }, (_, index) => after + BigInt(index) + 1n);
    expect(changes.map(seqOf)).toEqual(expected);
  }
});

test('writers at work, a subscriber that comes in between gets every change from its cursor on', async () => {
  const tail = await openTail();
  const start = tail.head().seq;
  const writing = Promise.all(Array.from({ length: 60 }, (_, index) => publish(`seam-${index}`)));
  const messages = subscribe(tail, { after: start });
  const seen: bigint[] = [];
  while (seen.length < 60) {
    const message = await next(messages);
    if (message.type === 'StoryChange') seen.push(seqOf(message));
  }
  await writing;
  expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => start + BigInt(index) + 1n));
});

test('without NOTIFY the poll carries it: nothing is lost', async () => {
  const tail = await openTail({ listen: false });
  const messages = subscribe(tail);
  await untilLive(messages);
  const sent = [await publish('poll-1'), await publish('poll-2'), await publish('poll-3')];
  expect([await next(messages), await next(messages), await next(messages)].map(seqOf)).toEqual(sent);
});

test('the LISTEN connection is made anew when Postgres ends it, and nothing is lost', async () => {
  const tail = await openTail();
  const messages = subscribe(tail);
  await untilLive(messages);
  for (let round = 1; round <= 3; round++) {
    const backend = await listener();
    await database.pool.query('select pg_terminate_backend($1)', [backend]);
    const sent = await publish(`terminated-${round}`);
    expect(seqOf(await next(messages))).toBe(sent);
    expect(await listener(backend)).not.toBe(backend);
  }
});

/** The backend that listens, once it is not `before`. */
async function listener(before?: number): Promise<number> {
  for (;;) {
    const { rows } = await database.pool.query(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'dateline listen'
         and query <> '' and pid is distinct from $1`,
      [before ?? null],
    );
    if (rows[0]) return rows[0].pid;
  }
}

test('a filter that nothing passes gets checkpoints, so that its cursor moves on', async () => {
  const tail = await openTail();
  const start = tail.head().seq;
  await inTransaction(database.pool, async (tx) => {
    const id = await writeStory(tx, 'silent');
    for (let round = 0; round < 24; round++) await appendStory(tx, ...Array(50).fill(id));
  });
  await tail.waitAfter(start + 1199n, AbortSignal.timeout(10_000));
  const messages = subscribe(tail, { after: start, filter: { hasPhoto: true } });
  const cursors: [bigint, boolean][] = [];
  while (!cursors.at(-1)?.[1]) {
    const message = await next(messages);
    if (message.type !== 'Checkpoint') throw new Error('nothing has a photo here');
    cursors.push([seqOf(message) - start, message.live]);
  }
  expect(cursors).toEqual([
    [600n, false],
    [1200n, true],
  ]);
});

describe('a text filter', () => {
  test('matches the words of each version as it was', async () => {
    const tail = await openTail();
    const messages = subscribe(tail, { filter: { text: 'zurich BRIDGE' } });
    await untilLive(messages);
    await publish('text', { bodyText: 'A bridge in Bern.' });
    await publish('text', { bodyText: 'A bridge in Zürich.' });
    await publish('text', { bodyText: 'The Zürich bridge is long.' });
    await publish('text', { bodyText: 'A tunnel in Zürich.' });
    await publish('text', { bodyText: 'No more.' });
    await publish('text', { bodyText: 'Zürich has its bridge.' });
    const kinds = [];
    for (let count = 0; count < 4; count++) {
      const message = await next(messages);
      kinds.push(message.type === 'StoryChange' && message.kind);
    }
    expect(kinds).toEqual(['ENTERED', 'UPDATED', 'LEFT', 'ENTERED']);
  });

  test('means the same on replay as it did live', async () => {
    const tail = await openTail();
    const changes = await untilLive(subscribe(tail, { after: 0n, filter: { text: 'zurich bridge' } }));
    expect(changes.map((change) => change.type === 'StoryChange' && change.kind)).toEqual([
      'ENTERED',
      'UPDATED',
      'LEFT',
      'ENTERED',
    ]);
  });
});

test('a subscriber that waits for news can be ended at once', async () => {
  const tail = await openTail();
  const messages = subscribe(tail);
  await untilLive(messages);
  const waiting = messages.next();
  await messages.return();
  expect(await waiting).toEqual({ value: undefined, done: true });
});
