import type { Server } from 'node:http';
import { parse, validate } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { authenticate, type Viewer } from '../auth/authenticate.ts';
import { schema } from '../schema/index.ts';
import { PARSE_OPTIONS, validationRules } from '../schema/limits.ts';
import { createContext, type ServerParts } from './context.ts';
import { clientError } from './errors.ts';

/** Bytes of one message: an operation with its variables. */
const LARGEST_MESSAGE = 1_000_000;

/**
 * GraphQL over WebSocket (graphql-transport-ws). A key goes into the connection's parameters as `key`, or as
 * `Authorization: "Bearer <key>"`; a wrong one closes with 4403.
 */
export function serveWebSockets(server: Server, parts: ServerParts): { close(): Promise<void> } {
  // Compression costs 300 KB a connection, more than what it saves here.
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
  });
  const viewers = new WeakMap<object, Viewer>();
  const disposable = useServer(
    {
      schema,
      parse: (source) => parse(source, PARSE_OPTIONS),
      validate: (known, document) => validate(known, document, validationRules),
      onConnect: async (connection) => {
        const { request } = connection.extra;
        try {
          const viewer = await authenticate(parts.database.prisma, {
            headers: request.headers,
            remoteAddress: request.socket.remoteAddress,
            key: keyOf(connection.connectionParams),
          });
          viewers.set(connection.extra.socket, viewer);
          return true;
        } catch (error) {
          connection.extra.socket.close(CloseCode.Forbidden, clientError(error, parts.log).message.slice(0, 120));
          return false;
        }
      },
      context: (connection) => {
        const viewer = viewers.get(connection.extra.socket);
        if (!viewer) throw new Error('an operation before the connection was acknowledged');
        return createContext(parts, viewer);
      },
      onNext: (_connection, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: result.errors.map((error) => clientError(error, parts.log)) } : result,
      onError: (_connection, _id, _payload, errors) => errors.map((error) => clientError(error, parts.log).toJSON()),
    },
    sockets,
  );
  return {
    async close() {
      for (const socket of sockets.clients)
        socket.close(SERVICE_RESTART, 'the server is restarting; resume with your cursor');
      await disposable.dispose();
    },
  };
}

/** RFC 6455 registry: clients may come back at once. */
const SERVICE_RESTART = 1012;

function keyOf(parameters: Record<string, unknown> | undefined): string | undefined {
  const { key, Authorization, authorization } = parameters ?? {};
  if (typeof key === 'string') return key;
  const header = Authorization ?? authorization;
  return typeof header === 'string' ? header.replace(/^Bearer\s+/i, '') : undefined;
}
