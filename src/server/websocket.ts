import type { Server } from 'node:http';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, subscribe } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { authenticate, type Viewer } from '../auth/authenticate.ts';
import type { Outlet } from '../log/hub.ts';
import { schema } from '../schema/index.ts';
import type { Connection, Connections } from './connections.ts';
import { createContext, type ServerParts } from './context.ts';
import { clientError } from './errors.ts';
import { readDocument } from './operations.ts';
import { createParked, type Parked } from './parked.ts';
import type { SharedFeed, SharedPayload, SharedSubscription } from './shared-feed.ts';

/** Bytes of one message: an operation with its variables. */
const LARGEST_MESSAGE = 1_000_000;

/**
 * GraphQL over WebSocket (graphql-transport-ws). A key goes into the connection's parameters as `key`, or as
 * `Authorization: "Bearer <key>"`; a wrong one closes with 4403.
 *
 * graphql-ws keeps the protocol. What can be shared is not executed by it: it is given a parked generator to hold, and
 * the hub writes the `next` messages past it, the same bytes for all but the id.
 */
export function serveWebSockets(
  server: Server,
  parts: ServerParts,
  live: { feed: SharedFeed; connections: Connections },
): { close(): Promise<void> } {
  // Compression costs 300 KB a connection, more than what it saves here.
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
  });
  const connected = new WeakMap<WebSocket, Connection>();
  /** Found by `subscribe`, joined by `onOperation`, which alone knows the operation's id. */
  const shared = new WeakMap<ExecutionArgs, SharedSubscription>();

  function connectionOf({ socket }: Extra): Connection {
    const connection = connected.get(socket as WebSocket);
    if (!connection) throw new Error('an operation before the connection was acknowledged');
    return connection;
  }

  function watch({ socket, request }: Extra, viewer: Viewer): void {
    let answered = true;
    socket.on('pong', () => {
      answered = true;
    });
    const connection: Connection = {
      viewer,
      socket: request.socket,
      beat() {
        if (!answered) return false;
        answered = false;
        socket.ping();
        return true;
      },
      close: (code, reason) => socket.close(code, reason),
    };
    connected.set(socket as WebSocket, connection);
    socket.once('close', live.connections.add(connection));
  }

  async function joinShared(extra: Extra, id: string, { group, after }: SharedSubscription): Promise<Parked> {
    let leave = () => {};
    const parked = createParked(() => leave());
    try {
      const release = live.connections.subscribe(connectionOf(extra));
      leave = release;
      const outlet = socketOutlet(extra.socket as WebSocket, id, parked);
      const leaveHub = await live.feed.hub.join(group, outlet, after);
      leave = () => {
        leaveHub();
        release();
      };
    } catch (error) {
      parked.fail(error as Error);
    }
    return parked;
  }

  const disposable = useServer(
    {
      schema,
      onConnect: async ({ extra, connectionParams }) => {
        const { request, socket } = extra;
        try {
          const viewer = await authenticate(parts.database.prisma, {
            headers: request.headers,
            remoteAddress: request.socket.remoteAddress,
            key: keyOf(connectionParams),
          });
          watch(extra, viewer);
          return true;
        } catch (error) {
          socket.close(CloseCode.Forbidden, clientError(error, parts.log).message.slice(0, 120));
          return false;
        }
      },
      onSubscribe: (_connection, _id, payload) => {
        const { query, operationName, variables: variableValues } = payload;
        try {
          const { document, errors } = readDocument(query);
          return errors.length > 0 ? errors : { schema, document, operationName, variableValues };
        } catch (error) {
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      },
      context: ({ extra }) => createContext(parts, connectionOf(extra).viewer),
      subscribe: async (args) => {
        try {
          const found = await live.feed.find(args);
          if (!found) return (await subscribe(args)) as AsyncGenerator<ExecutionResult>;
          shared.set(args, found);
          return {};
        } catch (error) {
          return { errors: [clientError(error, parts.log)] };
        }
      },
      onOperation: async ({ extra }, id, _payload, args, result) => {
        const found = shared.get(args);
        if (found) return joinShared(extra, id, found);
        if (!isGenerator(result)) return;
        try {
          return releasing(result, live.connections.subscribe(connectionOf(extra)));
        } catch (error) {
          void result.return(undefined);
          return { errors: [clientError(error, parts.log)] };
        }
      },
      onNext: (_connection, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: result.errors.map((error) => clientError(error, parts.log)) } : result,
      onError: (_connection, _id, _payload, errors) => errors.map((error) => clientError(error, parts.log).toJSON()),
    },
    sockets,
    // Its own pings would be a timer or two for each connection; connections.ts has one for all.
    0,
  );
  return {
    async close() {
      await live.connections.close();
      await disposable.dispose();
    },
  };
}

/** The messages of one operation: the id is the client's, the rest is the same for all. */
function socketOutlet(socket: WebSocket, id: string, parked: Parked): Outlet<SharedPayload> {
  const before = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  return {
    send({ json }, flushed) {
      const message = Buffer.concat([before, json, END], before.length + json.length + 1);
      socket.send(message, TEXT, flushed && ((error) => error || flushed()));
    },
    buffered: () => socket.bufferedAmount,
    fail: (error) => parked.fail(error),
  };
}

const END = Buffer.from('}');
const TEXT = { binary: false };

function isGenerator(value: unknown): value is AsyncGenerator<never> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'return' in value;
}

/** The same messages; calls `release` when they end, however they do. */
function releasing<Message>(messages: AsyncGenerator<Message>, release: () => void): AsyncGenerator<Message> {
  return Object.assign(Object.create(messages) as typeof messages, {
    async next() {
      try {
        const result = await messages.next();
        if (result.done) release();
        return result;
      } catch (error) {
        release();
        throw error;
      }
    },
    return(value: unknown) {
      release();
      return messages.return(value);
    },
    throw(error: unknown) {
      release();
      return messages.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  });
}

function keyOf(parameters: Record<string, unknown> | undefined): string | undefined {
  const { key, Authorization, authorization } = parameters ?? {};
  if (typeof key === 'string') return key;
  const header = Authorization ?? authorization;
  return typeof header === 'string' ? header.replace(/^Bearer\s+/i, '') : undefined;
}
