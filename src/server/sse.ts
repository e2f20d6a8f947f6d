import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, execute, GraphQLError, getOperationAST, subscribe } from 'graphql';
import type { Logger } from 'pino';
import { z } from 'zod';
import { RequestError } from '../errors.ts';
import type { Outlet } from '../log/hub.ts';
import type { Context } from '../schema/builder.ts';
import { schema } from '../schema/index.ts';
import type { Connection, Connections } from './connections.ts';
import type { ServerParts } from './context.ts';
import { clientError } from './errors.ts';
import { readDocument } from './operations.ts';
import { requestUrl } from './request.ts';
import type { SharedFeed, SharedPayload, SharedSubscription } from './shared-feed.ts';

const Operation = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * Answers one operation as server-sent events ("distinct connections mode" of the graphql-sse protocol: `next` events,
 * then `complete`). Each event's `id` is the message's cursor, so an EventSource that reconnects resumes by itself.
 */
export async function serveEvents(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  context: Context,
  { log }: ServerParts,
  live: { feed: SharedFeed; connections: Connections },
): Promise<void> {
  const args = { schema, contextValue: context, ...readOperation(request, body) };
  const operation = getOperationAST(args.document, args.operationName);
  if (!operation) throw new RequestError('INVALID', 'Name the operation to run in operationName.');
  const isSubscription = operation.operation === 'subscription';
  const connection = watched(request, response, context);
  const release = isSubscription ? live.connections.subscribe(connection) : () => {};
  const forget = live.connections.add(connection);
  try {
    const shared = isSubscription ? await live.feed.find(args) : null;
    const result = shared ? null : isSubscription ? await subscribe(args) : await execute(args);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    try {
      if (shared) await followShared(response, shared, live.feed);
      else if (result) await follow(response, Symbol.asyncIterator in result ? result : oneMessage(result), log);
      // A connection that was ended from here (connections.ts) must not look complete.
      if (!response.writableEnded) response.write('event: complete\ndata:\n\n');
    } catch (error) {
      // A stream that fails half-way ends with the error as its last message and without `complete`.
      response.write(`event: next\ndata: ${JSON.stringify({ errors: [clientError(error, log)] })}\n\n`);
    }
  } finally {
    forget();
    release();
    response.end();
  }
}

function watched(request: IncomingMessage, response: ServerResponse, { viewer }: Context): Connection {
  return {
    viewer,
    socket: request.socket,
    beat: () => response.write(':\n\n') || true,
    close: () => void response.end(),
  };
}

async function follow(response: ServerResponse, messages: AsyncGenerator<ExecutionResult>, log: Logger): Promise<void> {
  const mask = (result: ExecutionResult): ExecutionResult =>
    result.errors ? { ...result, errors: result.errors.map((error) => clientError(error, log)) } : result;
  const closed = once(response, 'close').then(() => messages.return?.(undefined as never));
  for await (const message of messages) {
    const cursor = messageCursor(message);
    if (response.writableEnded) return;
    const id = cursor ? `id: ${cursor}\n` : '';
    const ready = response.write(`event: next\n${id}data: ${JSON.stringify(mask(message))}\n\n`);
    if (!ready) await Promise.race([once(response, 'drain'), closed]);
  }
}

/** The hub writes; this waits for the end. */
async function followShared(response: ServerResponse, { group, after }: SharedSubscription, { hub }: SharedFeed) {
  let fail: (error: Error) => void = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    fail = reject;
    response.once('close', resolve);
  });
  const leave = await hub.join(
    group,
    responseOutlet(response, (error) => fail(error)),
    after,
  );
  if (!response.destroyed) await ended.finally(leave);
  else leave();
}

function responseOutlet(response: ServerResponse, fail: (error: Error) => void): Outlet<SharedPayload> {
  return {
    send({ json, cursor }, flushed) {
      if (response.writableEnded) return;
      const before = Buffer.from(`event: next\nid: ${cursor}\ndata: `);
      const event = Buffer.concat([before, json, END], before.length + json.length + END.length);
      response.write(event, flushed && ((error) => error || flushed()));
    },
    buffered: () => response.writableLength,
    fail,
  };
}

const END = Buffer.from('\n\n');

async function* oneMessage(result: ExecutionResult): AsyncGenerator<ExecutionResult, void> {
  yield result;
}

/** The cursor of a message, under whatever name the operation asked for the field. */
function messageCursor({ data }: ExecutionResult): string | undefined {
  const [payload] = Object.values(data ?? {}) as ({ cursor?: unknown } | null)[];
  return typeof payload?.cursor === 'string' ? payload.cursor : undefined;
}

/** @throws {RequestError | GraphQLError} INVALID, or the syntax or validation error */
function readOperation(request: IncomingMessage, body: string) {
  const operation = Operation.safeParse(request.method === 'GET' ? queryOperation(request) : readJson(body));
  if (!operation.success)
    throw new RequestError(
      'INVALID',
      'The request must be an object with "query" (a string) and, where needed, "variables" and "operationName".',
    );
  const { query, operationName, variables } = operation.data;
  const { document, errors } = readDocument(query);
  if (errors[0]) throw errors[0];
  return { document, operationName, variableValues: variables };
}

function queryOperation(request: IncomingMessage) {
  const parameters = requestUrl(request).searchParams;
  const variables = parameters.get('variables');
  return {
    query: parameters.get('query') ?? undefined,
    operationName: parameters.get('operationName'),
    variables: variables ? readJson(variables) : null,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GraphQLError('This is not valid JSON.', { extensions: { code: 'INVALID' } });
  }
}
