import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type App, startApp } from '../../src/app.ts';
import { createKey } from '../../src/auth/keys.ts';
import { type Checkpoint, type StoriesOptions, type StoryChange, stories } from '../../src/client/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ingestPage, pageText } from '../support/stories.ts';

let app: TestApp;
/** A second server on the same database. */
let other: App;
beforeAll(async () => {
  app = await startTestApp();
  const config = { port: 0, host: '127.0.0.1', dataDir: app.dataDir, databaseUrl: app.databaseUrl };
  const subscriptions = { perConnection: 2, perKey: 3, perAddress: 100 };
  other = await startApp({ ...config, subscriptions }, pino({ level: 'silent' }));
  // The first story loads the readers and their models, which takes a busy machine longer than a test may.
  await ingestPage(app, pageText('The warm-up bridge'));
}, 120_000);
afterAll(async () => {
  await other.close();
  await app.stop();
});

/** Follows with our client, and hands the messages out one by one. */
function follow(options: Partial<StoriesOptions<{ headline: string }>> = {}) {
  const messages: (StoryChange<{ headline: string }> | Checkpoint)[] = [];
  const waiting: (() => void)[] = [];
  const take = (message: StoryChange<{ headline: string }> | Checkpoint) => {
    messages.push(message);
    waiting.shift()?.();
  };
  const feed = stories<{ headline: string }>({
    url: app.url,
    webSocketImpl: WebSocket,
    articleFields: 'headline',
    onStory: take,
    onCheckpoint: take,
    ...options,
  });
  return {
    ...feed,
    async next() {
      if (messages.length === 0)
        await Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), feed.ended]);
      return messages.shift();
    },
  };
}

const headline = (name: string) => ({ article: { headline: `${name} opens to traffic` } });

describe('the live feed', () => {
  test.each(['websocket', 'sse'] as const)(
    'a story ingested at one server reaches a subscriber of another, by %s',
    async (transport) => {
      const feed = follow({ url: other.url, transport });
      expect(await feed.next()).toMatchObject({ live: true });
      await ingestPage(app, pageText(`The ${transport} bridge`));
      expect(await feed.next()).toMatchObject(headline(`The ${transport} bridge`));
      feed.close();
      await feed.ended;
    },
  );

  test('identical subscriptions over both transports are one execution; more rights or other fields are another', async () => {
    const feeds = [follow(), follow(), follow({ transport: 'sse' }), follow({ transport: 'sse' })];
    const others = [follow({ key: app.key }), follow({ articleFields: 'headline slug' })];
    for (const feed of [...feeds, ...others]) await feed.next();
    // Those of the tests before may still be leaving.
    await expect.poll(() => app.liveStats()).toMatchObject({ groups: 3, subscribers: 6 });
    const before = app.liveStats();
    await ingestPage(app, pageText('The shared bridge'));
    for (const feed of [...feeds, ...others]) expect(await feed.next()).toMatchObject(headline('The shared bridge'));
    expect(app.liveStats().executions - before.executions).toBe(3);
    for (const feed of [...feeds, ...others]) feed.close();
  });

  test('a field that is not marked shareable is executed for each client, outside the hub', async () => {
    const feed = follow({ articleFields: 'headline revisions { totalCount }' });
    expect(await feed.next()).toMatchObject({ live: true });
    await expect.poll(() => app.liveStats().subscribers).toBe(0);
    await ingestPage(app, pageText('The private bridge'));
    expect(await feed.next()).toMatchObject({ article: { revisions: { totalCount: 1 } } });
    feed.close();
  });

  test('a resume at every cursor yields exactly what came after it', async () => {
    const first = follow();
    const start = (await first.next()) as Checkpoint;
    const cursors = [start.cursor];
    for (const name of ['The resumed bridge', 'The second resumed bridge', 'The third resumed bridge']) {
      await ingestPage(app, pageText(name));
      cursors.push((await first.next())?.cursor ?? '');
    }
    first.close();
    for (const [index, after] of cursors.entries()) {
      const feed = follow({ after });
      const got: string[] = [];
      for (let message = await feed.next(); message && !('live' in message); message = await feed.next())
        got.push(message.cursor);
      expect(got).toEqual(cursors.slice(index + 1));
      feed.close();
    }
  });

  test('a client whose connection breaks resumes by itself and misses nothing', async () => {
    const sockets: WebSocket[] = [];
    class Breakable extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols);
        sockets.push(this);
      }
    }
    const feed = follow({ webSocketImpl: Breakable });
    await feed.next();
    sockets[0]?.terminate();
    await ingestPage(app, pageText('The broken bridge'));
    let message = await feed.next();
    while (message && 'live' in message) message = await feed.next();
    expect(message).toMatchObject(headline('The broken bridge'));
    feed.close();
  });

  test('a cursor from before the window has expired, although the rows are still there', async () => {
    const feed = follow();
    const { cursor } = (await feed.next()) as Checkpoint;
    feed.close();
    await ingestPage(app, pageText('The old bridge'));
    await app.database.pool.query(`update story_log set at = at - interval '73 hours'`);
    await ingestPage(app, pageText('The new bridge'));
    const { epoch, seq } = await app.tail.committedHead();
    await expect(follow({ after: cursor }).ended).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
      extensions: { oldestCursor: `v1.${epoch}.${seq - 1n}` },
    });
  });

  test.each(['websocket', 'sse'] as const)('a revoked key ends its live connections, by %s', async (transport) => {
    const key = await createKey(app.database.prisma, { name: `revoked ${transport}`, scopes: ['READ'] });
    const feed = follow({ key, transport });
    await feed.next();
    await app.database.prisma.apiKey.updateMany({
      where: { name: `revoked ${transport}` },
      data: { revokedAt: new Date() },
    });
    await expect(feed.ended).rejects.toMatchObject({ code: transport === 'sse' ? 'UNAUTHENTICATED' : 'FORBIDDEN' });
  });

  test('too many subscriptions of one connection, or with one key, are refused with a code', async () => {
    const client = createClient({
      url: other.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { key: app.key },
    });
    const open = () => client.iterate({ query: 'subscription { stories { cursor } }' });
    const kept = [open(), open()];
    for (const one of kept) await one.next();
    await expect(open().next()).rejects.toMatchObject([
      { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', per: 'connection' } },
    ]);
    const third = follow({ url: other.url, key: app.key });
    await third.next();
    await expect(follow({ url: other.url, key: app.key, transport: 'sse' }).ended).rejects.toMatchObject({
      code: 'TOO_MANY_SUBSCRIPTIONS',
    });
    third.close();
    await client.dispose();
  });

  test('a server that shuts down closes with 1012', async () => {
    const config = { port: 0, host: '127.0.0.1', dataDir: app.dataDir, databaseUrl: app.databaseUrl };
    const third = await startApp(config, pino({ level: 'silent' }));
    const socket = new WebSocket(third.url.replace('http', 'ws'), 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    const closed = once(socket, 'close');
    await third.close();
    expect((await closed)[0]).toBe(1012);
  });

  test('a new epoch ends the subscriptions that are running', async () => {
    const feeds = [follow(), follow({ articleFields: 'headline revisions { totalCount }' })];
    for (const feed of feeds) await feed.next();
    await app.database.pool.query(`update log_head set epoch = 'restored'`);
    for (const feed of feeds) await expect(feed.ended).rejects.toMatchObject({ code: 'CURSOR_EPOCH_CHANGED' });
  });
});
