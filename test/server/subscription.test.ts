import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient as createSseClient } from 'graphql-sse';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ingestPage, pageText } from '../support/stories.ts';

const STORIES = `subscription Stories($after: Cursor, $filter: StoryFilter) {
  stories(after: $after, filter: $filter) {
    __typename cursor
    ... on Checkpoint { live }
    ... on StoryChange { kind version changedFields article { headline tags { edges { node { name } } } } }
  }
}`;

interface Message {
  __typename: 'Checkpoint' | 'StoryChange';
  cursor: string;
  live?: boolean;
  kind?: string;
  article?: { headline: string };
}
type Payload = { data?: { stories: Message } | null; errors?: readonly unknown[] };

let app: TestApp;
let client: Client;
beforeAll(async () => {
  app = await startTestApp();
  client = createClient({ url: app.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
});
afterAll(async () => {
  await client.dispose();
  await app.stop();
});

const subscribe = (variables: Record<string, unknown> = {}) =>
  client.iterate<Payload['data']>({ query: STORIES, variables }) as AsyncIterableIterator<Payload>;

async function next(messages: AsyncIterator<Payload>): Promise<Message> {
  const { value } = await messages.next();
  if (value?.errors) throw new Error(JSON.stringify(value.errors));
  return value.data.stories;
}

/** Runs the real command on a file that holds this text. */
async function runIngestCommand(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-test-'));
  const file = join(folder, 'story.txt');
  await writeFile(file, text);
  const command = ['--import', 'tsx', 'src/cli/ingest.ts', '--url', app.url, '--key', app.key, file];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  return stdout;
}

describe('subscription stories', () => {
  test('a stock graphql-ws client gets a checkpoint at once, then the story that the command ingests', async () => {
    const messages = subscribe();
    expect(await next(messages)).toMatchObject({ __typename: 'Checkpoint', live: true });
    expect(await runIngestCommand(pageText('The first bridge'))).toMatch(/^CREATED/);
    expect(await next(messages)).toMatchObject({
      __typename: 'StoryChange',
      kind: 'PUBLISHED',
      article: { headline: 'The first bridge opens to traffic' },
    });
    await messages.return?.();
  });

  test('a stock graphql-sse client gets the story that the command ingests', async () => {
    const sse = createSseClient({ url: app.url, retryAttempts: 0 });
    const messages = sse.iterate<Payload['data']>({ query: STORIES }) as AsyncIterableIterator<Payload>;
    expect(await next(messages)).toMatchObject({ __typename: 'Checkpoint', live: true });
    await runIngestCommand(pageText('The second bridge'));
    expect(await next(messages)).toMatchObject({
      kind: 'PUBLISHED',
      article: { headline: 'The second bridge opens to traffic' },
    });
    await messages.return?.();
    sse.dispose();
  });

  test('`after` replays everything since, in order, then a checkpoint says that it is live', async () => {
    const first = subscribe();
    const { cursor } = await next(first);
    await first.return?.();
    for (const name of ['The third bridge', 'The fourth bridge', 'The fifth bridge'])
      await ingestPage(app, pageText(name));
    const resumed = subscribe({ after: cursor });
    const headlines = [await next(resumed), await next(resumed), await next(resumed)].map(
      (one) => one.article?.headline,
    );
    expect(headlines).toEqual(['third', 'fourth', 'fifth'].map((name) => `The ${name} bridge opens to traffic`));
    expect(await next(resumed)).toMatchObject({ __typename: 'Checkpoint', live: true });
    await resumed.return?.();
  });

  test('a filter decides what is pushed; ENTERED and LEFT say that an update moved a story across it', async () => {
    await ingestPage(app, pageText('The sixth bridge', { tags: 'Rivers' }));
    const messages = subscribe({ filter: { tags: { any: ['rivers'] } } });
    await next(messages);
    await ingestPage(app, pageText('The seventh bridge'));
    await ingestPage(app, pageText('The sixth bridge', { tags: 'Roads' }));
    expect(await next(messages)).toMatchObject({
      kind: 'LEFT',
      article: { headline: 'The sixth bridge opens to traffic' },
    });
    await ingestPage(app, pageText('The sixth bridge', { tags: 'Roads, Rivers' }));
    expect(await next(messages)).toMatchObject({
      kind: 'ENTERED',
      article: { headline: 'The sixth bridge opens to traffic' },
    });
    await messages.return?.();
  });

  test.each([
    ['no cursor at all', 'garbage', 'CURSOR_INVALID'],
    ['a cursor of another epoch', 'v1.00000000.1', 'CURSOR_EPOCH_CHANGED'],
    ['a cursor ahead of the log', 'future', 'CURSOR_FUTURE'],
  ])('%s ends the subscription with a code', async (_name, cursor, code) => {
    const after = cursor === 'future' ? `v1.${app.tail.head().epoch}.999999` : cursor;
    const failure = await (async () => {
      for await (const message of subscribe({ after })) if (message.errors) return message.errors;
      return [];
    })().catch((errors) => errors);
    expect(JSON.stringify(failure)).toContain(code);
  });

  test('each server-sent event carries its cursor as id, and Last-Event-ID resumes there', async () => {
    const first = subscribe();
    const { cursor } = await next(first);
    await first.return?.();
    await ingestPage(app, pageText('The eighth bridge'));
    const abort = new AbortController();
    const response = await fetch(`${app.url}?query=${encodeURIComponent('subscription { stories { cursor } }')}`, {
      headers: { accept: 'text/event-stream', 'last-event-id': cursor },
      signal: abort.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const chunk = (await reader?.read())?.value ?? '';
    abort.abort();
    const { epoch, seq } = app.tail.head();
    expect(chunk).toContain(
      `event: next\nid: v1.${epoch}.${seq}\ndata: {"data":{"stories":{"cursor":"v1.${epoch}.${seq}"}}}\n\n`,
    );
  });
});
