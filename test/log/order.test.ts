import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/db/client.ts';
import { inTransaction, type Transaction } from '../../src/db/transaction.ts';
import { readLog, readLogHead } from '../../src/log/read.ts';
import { createTestDatabase } from '../support/database.ts';
import { appendStory, writeStory } from '../support/log.ts';

// Sequence order must be commit order: who has read up to n may never find something before n later.

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase(created.url, { onError: () => {} });
});
afterAll(async () => {
  await database.close();
  await drop();
});

test('a naive `id > cursor` over a sequence loses the row whose transaction commits late', async () => {
  await database.pool.query('create table naive (id bigint generated always as identity, name text)');
  const [early, late] = await Promise.all([database.pool.connect(), database.pool.connect()]);
  try {
    await late.query(`begin; insert into naive (name) values ('A')`);
    await early.query(`begin; insert into naive (name) values ('B'); commit`);
    const seen = await database.pool.query(`select id, name from naive where id > 0 order by id`);
    const cursor = seen.rows.at(-1).id;
    await late.query('commit');
    const rest = await database.pool.query('select name from naive where id > $1', [cursor]);
    expect([...seen.rows, ...rest.rows].map((row) => row.name)).toEqual(['B']);
  } finally {
    early.release();
    late.release();
  }
});

test('the log loses nothing when B, begun after A, commits before it', async () => {
  const { seq } = await readLogHead(database.pool, new Date(0));
  const [a, b] = await Promise.all([database.pool.connect(), database.pool.connect()]);
  try {
    await a.query('begin');
    const storyA = await writeStory(a, 'A');
    await b.query('begin');
    const storyB = await writeStory(b, 'B');
    await appendStory(b, storyB);
    await b.query('commit');
    const first = await readLog(database.pool, seq, 10);
    await appendStory(a, storyA);
    await a.query('commit');
    const rest = await readLog(database.pool, first.at(-1)?.seq ?? seq, 10);
    expect([first, rest].map((entries) => entries.map((entry) => entry.articleId))).toEqual([[storyB], [storyA]]);
  } finally {
    a.release();
    b.release();
  }
});

test('who comes second waits for the number until the first has committed', async () => {
  const { seq } = await readLogHead(database.pool, new Date(0));
  const [a, b] = await Promise.all([database.pool.connect(), database.pool.connect()]);
  try {
    await a.query('begin');
    await appendStory(a, await writeStory(a, 'C'));
    await b.query('begin');
    const storyB = await writeStory(b, 'D');
    const waiting = appendStory(b, storyB);
    await untilBlocked();
    expect(await readLog(database.pool, seq, 10)).toEqual([]);
    await a.query('commit');
    expect(await waiting).toBe(seq + 2n);
    await b.query('commit');
  } finally {
    a.release();
    b.release();
  }
});

/** Until a statement in this database waits for another transaction. */
async function untilBlocked(): Promise<void> {
  const sql =
    'select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0';
  while ((await database.pool.query(sql)).rows.length === 0);
}

test('transactions that roll back after they took numbers leave no gap', async () => {
  const { seq } = await readLogHead(database.pool, new Date(0));
  const attempts = Array.from({ length: 40 }, (_, index) => index);
  await Promise.all(
    attempts.map((index) =>
      inTransaction(database.pool, async (tx) => {
        await appendStory(tx, await writeStory(tx, `R${index}`));
        if (index % 3 === 0) throw new Error('on purpose');
      }).catch((error: Error) => expect(error.message).toBe('on purpose')),
    ),
  );
  const committed = attempts.filter((index) => index % 3 !== 0).length;
  const entries = await readLog(database.pool, seq, 100);
  expect(entries.map((entry) => entry.seq)).toEqual(
    Array.from({ length: committed }, (_, index) => seq + BigInt(index) + 1n),
  );
  expect((await readLogHead(database.pool, new Date(0))).seq).toBe(seq + BigInt(committed));
});

test('a batch takes its numbers in one step and in its own order', async () => {
  const { seq } = await readLogHead(database.pool, new Date(0));
  const ids = await inTransaction(database.pool, async (tx: Transaction) => {
    const written = [];
    for (const name of ['E', 'F', 'G']) written.push(await writeStory(tx, `${name}-${uuid()}`));
    expect(await appendStory(tx, ...written)).toBe(seq + 1n);
    return written;
  });
  expect((await readLog(database.pool, seq, 10)).map((entry) => entry.articleId)).toEqual(ids);
});
