import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createYoga, type Plugin } from 'graphql-yoga';
import { authenticate } from '../auth/authenticate.ts';
import type { Context } from '../schema/builder.ts';
import { schema } from '../schema/index.ts';
import { limitRules, PARSE_OPTIONS } from '../schema/limits.ts';
import type { Connections } from './connections.ts';
import { createContext, type ServerParts } from './context.ts';
import { clientError } from './errors.ts';
import { createGraphiQL } from './graphiql.ts';
import { readBody, requestUrl } from './request.ts';
import type { SharedFeed } from './shared-feed.ts';
import { serveEvents } from './sse.ts';

const STATUS: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TOO_LARGE: 413,
  TOO_MANY_SUBSCRIPTIONS: 429,
  INTERNAL: 500,
};

/** The HTTP server, not yet listening: GraphQL, GraphiQL and server-sent events at /graphql, and /health. */
export function createHttpServer(parts: ServerParts, live: { feed: SharedFeed; connections: Connections }): Server {
  const graphiql = createGraphiQL();
  const yoga = createYoga<Context>({
    schema,
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    logging: false,
    cors: false,
    multipart: false,
    plugins: [limits],
    maskedErrors: { maskError: (error) => clientError(error, parts.log) },
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = requestUrl(request);
    const { pathname } = url;
    if (pathname === '/') return redirect(response, '/graphql');
    if (pathname === '/health') return health(response, parts);
    if (pathname !== '/graphql') return end(response, 404, 'text/plain', 'Not found. The API is at /graphql.\n');
    allowOrigins(response);
    if (request.method === 'OPTIONS') return end(response, 204, 'text/plain', '');
    const accept = request.headers.accept ?? '';
    const asks = url.searchParams.has('query');
    if (request.method === 'GET' && accept.includes('text/html') && !asks) return graphiql(request, response);
    const viewer = await authenticate(parts.database.prisma, {
      headers: request.headers,
      remoteAddress: request.socket.remoteAddress,
    });
    const body = await readBody(request);
    const lastEventId = request.headers['last-event-id'];
    const context = createContext(parts, viewer, typeof lastEventId === 'string' && lastEventId ? lastEventId : null);
    if (accept.includes('text/event-stream')) return serveEvents(request, response, body, context, parts, live);
    const result = await yoga.fetch(
      url,
      {
        method: request.method ?? 'GET',
        headers: forwardedHeaders(request),
        ...(request.method === 'POST' ? { body: body } : {}),
      },
      context,
    );
    response.writeHead(result.status, Object.fromEntries(result.headers));
    response.end(Buffer.from(await result.arrayBuffer()));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((fault) => {
      const error = clientError(fault, parts.log);
      if (response.headersSent) return void response.end();
      const status = STATUS[String(error.extensions.code)] ?? 400;
      if (status === 401) response.setHeader('www-authenticate', 'Bearer');
      end(response, status, 'application/json', JSON.stringify({ errors: [error] }));
    });
  });
  return server;
}

/** Makes Yoga keep schema/limits.ts. */
const limits: Plugin = {
  onParse({ params }) {
    params.options = { ...params.options, ...PARSE_OPTIONS };
  },
  onValidate({ addValidationRule }) {
    for (const rule of limitRules) addValidationRule(rule);
  },
};

/** Keys travel in a header, never in a cookie, so a page of any origin may ask; what it may see, its key decides. */
function allowOrigins(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, last-event-id');
  response.setHeader('access-control-max-age', '86400');
}

function forwardedHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of ['accept', 'content-type'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

async function health(response: ServerResponse, { database }: ServerParts): Promise<void> {
  const healthy = await database.pool.query('select 1').then(
    () => true,
    () => false,
  );
  end(
    response,
    healthy ? 200 : 503,
    'application/json',
    JSON.stringify({ status: healthy ? 'ok' : 'database unreachable' }),
  );
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location });
  response.end();
}

function end(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': `${contentType}; charset=utf-8` });
  response.end(body);
}
