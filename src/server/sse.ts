import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, execute, GraphQLError, getOperationAST, parse, subscribe, validate } from 'graphql';
import { z } from 'zod';
import { RequestError } from '../errors.ts';
import type { Context } from '../schema/builder.ts';
import { schema } from '../schema/index.ts';
import { PARSE_OPTIONS, validationRules } from '../schema/limits.ts';
import type { ServerParts } from './context.ts';
import { clientError } from './errors.ts';
import { requestUrl } from './request.ts';

const Operation = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Milliseconds between comments that keep proxies from closing a silent stream. */
const KEEP_ALIVE = 12_000;

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
): Promise<void> {
  const args = { schema, contextValue: context, ...readOperation(request, body) };
  const operation = getOperationAST(args.document, args.operationName);
  if (!operation) throw new RequestError('INVALID', 'Name the operation to run in operationName.');
  const mask = (result: ExecutionResult): ExecutionResult =>
    result.errors ? { ...result, errors: result.errors.map((error) => clientError(error, log)) } : result;
  const result = operation.operation === 'subscription' ? await subscribe(args) : await execute(args);
  const messages = Symbol.asyncIterator in result ? result : oneMessage(result);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const keepAlive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE);
  const closed = once(response, 'close').then(() => messages.return?.(undefined as never));
  try {
    for await (const message of messages) {
      const cursor = messageCursor(message);
      const id = cursor ? `id: ${cursor}\n` : '';
      const ready = response.write(`event: next\n${id}data: ${JSON.stringify(mask(message))}\n\n`);
      if (!ready) await Promise.race([once(response, 'drain'), closed]);
    }
    response.write('event: complete\ndata:\n\n');
  } catch (error) {
    // A stream that fails half-way ends with the error as its last message and without `complete`.
    response.write(`event: next\ndata: ${JSON.stringify({ errors: [clientError(error, log)] })}\n\n`);
  } finally {
    clearInterval(keepAlive);
    response.end();
  }
}

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
  const document = parse(query, PARSE_OPTIONS);
  const [error] = validate(schema, document, validationRules);
  if (error) throw error;
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
