import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

// How the server answers over HTTP, whatever it is sent: the GraphQL-over-HTTP specification where that has a say.

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  json(): {
    data?: Record<string, unknown> | null;
    errors?: { message: string; extensions?: Record<string, unknown> }[];
  };
}

/** Node's own client: unlike fetch it sends any header, path and framing. */
async function send(options: {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Iterable<Buffer>;
}): Promise<Reply> {
  const { port } = new URL(app.url);
  const { method = 'POST', path = '/graphql', headers = {}, body } = options;
  const json = method === 'POST' ? { 'content-type': 'application/json' } : {};
  const sent = request({ host: '127.0.0.1', port, method, path, agent: false, headers: { ...json, ...headers } });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  // A server may answer, and hang up, before it has been sent everything.
  sent.on('error', () => {});
  if (typeof body === 'string' || body === undefined) sent.end(body);
  else {
    for (const chunk of body) if (!sent.write(chunk)) await Promise.race([once(sent, 'drain'), answered]);
    sent.end();
  }
  const [response] = await answered;
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) };
}

const query = (text: string, variables?: unknown) => JSON.stringify({ query: text, variables });
const HELLO = query('{ stories { totalCount } }');
const SPEC = { accept: 'application/graphql-response+json' };

describe('a request that cannot be understood', () => {
  test.each<[string, Parameters<typeof send>[0]]>([
    ['malformed JSON', { body: '{"query": ' }],
    ['JSON that is no object', { body: '[]' }],
    ['no query in it', { body: '{}' }],
    ['a query that is no string', { body: '{"query": 1}' }],
    ['variables that are no object', { body: '{"query": "{ __typename }", "variables": 1}' }],
    ['an empty body', { body: '' }],
    ['a syntax error', { body: query('{ stories {') }],
    ['an unknown field', { body: query('{ stories { nonsense } }') }],
    ['an unknown input field', { body: query('{ stories(filter: {nonsense: 1}) { totalCount } }') }],
    ['an unknown operationName', { body: '{"query": "query A { __typename }", "operationName": "B"}' }],
  ])('%s: 400 and a message', async (_name, options) => {
    const reply = await send({ ...options, headers: SPEC });
    expect(reply.status).toBe(400);
    expect(reply.json().errors?.[0]?.message).toBeTruthy();
    expect(reply.json().errors?.[0]?.extensions?.code).not.toBe('INTERNAL');
  });

  test.each(['text/plain', 'application/xml', 'multipart/form-data'])('content type %s: 415', async (type) => {
    const reply = await send({ body: HELLO, headers: { ...SPEC, 'content-type': type } });
    expect(reply.status).toBe(415);
  });

  test.each(['PUT', 'DELETE', 'PATCH'])('%s: 405', async (method) => {
    expect((await send({ method, headers: SPEC })).status).toBe(405);
  });

  test.each(['//', '///graphql', '/%', '/graphql/', '/../x', '/graphql%00'])('path %s: 404', async (path) => {
    expect((await send({ method: 'GET', path })).status).toBe(404);
  });

  test('a malformed request line: 400', async () => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.end('NONSENSE\r\n\r\n');
    const [chunk] = await once(socket.setEncoding('utf8'), 'data');
    expect(chunk).toMatch(/^HTTP\/1.1 400/);
  });
});

describe('a body over the limit', () => {
  const chunk = Buffer.alloc(1_000_000, ' ');
  function* chunks(count: number) {
    for (let index = 0; index < count; index++) yield chunk;
  }

  test('is 413 by its stated length, before it is sent', async () => {
    const reply = await send({ headers: { 'content-length': '64000001' }, body: [] });
    expect(reply.status).toBe(413);
    expect(reply.json().errors?.[0]?.extensions?.code).toBe('TOO_LARGE');
  });

  test('is 413 when it comes in chunks, too', async () => {
    const reply = await send({ headers: { 'transfer-encoding': 'chunked' }, body: chunks(66) });
    expect(reply.status).toBe(413);
    expect(reply.json().errors?.[0]?.extensions?.code).toBe('TOO_LARGE');
    expect((await send({ body: HELLO })).status).toBe(200);
  });
});

describe('the status', () => {
  test.each([
    ['a result', HELLO, 200],
    ['a query of the wrong id', query('{ article(by: {id: "nonsense"}) { id } }'), 200],
    ['a validation error', query('{ nonsense }'), 400],
  ])('with the type of the specification, %s', async (_name, body, status) => {
    const reply = await send({ body, headers: SPEC });
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toContain('application/graphql-response+json');
  });

  test('with application/json a validation error is 200, as older clients expect', async () => {
    expect((await send({ body: query('{ nonsense }'), headers: { accept: 'application/json' } })).status).toBe(200);
  });

  test('GET answers a query, and refuses a mutation (405)', async () => {
    const get = (text: string) =>
      send({ method: 'GET', path: `/graphql?query=${encodeURIComponent(text)}`, headers: SPEC });
    expect((await get('{ stories { totalCount } }')).json().data).toEqual({ stories: { totalCount: 0 } });
    const mutation = await get('mutation { restoreArticle(input: {id: "x"}) { userErrors { code } } }');
    expect(mutation.status).toBe(405);
  });

  test('/health tells whether the database answers', async () => {
    const healthy = await send({ method: 'GET', path: '/health' });
    expect([healthy.status, healthy.text]).toEqual([200, '{"status":"ok"}']);
    const broken = vi.spyOn(app.database.pool, 'query').mockRejectedValue(new Error('gone') as never);
    const unhealthy = await send({ method: 'GET', path: '/health' });
    broken.mockRestore();
    expect(unhealthy.status).toBe(503);
  });
});

describe('who may ask', () => {
  test('a preflight from any origin is answered, without a key', async () => {
    const headers = {
      origin: 'https://example.org',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    };
    const reply = await send({ method: 'OPTIONS', headers });
    expect(reply.status).toBe(204);
    expect(reply.headers['access-control-allow-origin']).toBe('*');
    expect(reply.headers['access-control-allow-headers']).toContain('authorization');
    expect(reply.headers['access-control-allow-credentials']).toBeUndefined();
  });

  test.each<[string, Record<string, string>]>([
    ['a page of another origin', { origin: 'https://example.org' }],
    ['a sandboxed page', { origin: 'null' }],
    ['an origin that only looks local', { origin: 'http://localhost.example.org' }],
    ['a rebound host name', { host: 'example.org' }],
    ['a host that only looks local', { host: '127.0.0.1.example.org' }],
    ['a proxy (X-Forwarded-For)', { 'x-forwarded-for': '203.0.113.9' }],
    ['a proxy (Forwarded)', { forwarded: 'for=203.0.113.9' }],
  ])('without a key, %s is refused (401)', async (_name, headers) => {
    const reply = await send({ body: HELLO, headers: { ...SPEC, ...headers } });
    expect(reply.status).toBe(401);
    expect(reply.headers['www-authenticate']).toBe('Bearer');
    const keyed = await send({ body: HELLO, headers: { ...SPEC, ...headers, authorization: `Bearer ${app.key}` } });
    expect(keyed.status).toBe(200);
  });

  test.each(['Basic abc', 'Bearer', 'Bearer a b', 'dateline_x'])(
    'the header "%s" is refused (401)',
    async (authorization) => {
      expect((await send({ body: HELLO, headers: { authorization } })).status).toBe(401);
    },
  );
});

test('a fault is told by nothing but the id under which it was logged', async () => {
  const fault = vi.spyOn(app.database.pool, 'query').mockRejectedValue(new Error('secret detail') as never);
  const reply = await send({ body: query('{ stories { totalCount } }'), headers: SPEC });
  fault.mockRestore();
  expect(reply.text).not.toContain('secret');
  const { message, extensions } = reply.json().errors?.[0] ?? {};
  expect(extensions).toEqual({ code: 'INTERNAL', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(message).toContain(extensions?.id);
});
