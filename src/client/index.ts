import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWebSocketClient } from 'graphql-ws';

/** One change to a story. `article` holds what `articleFields` selects. */
export interface StoryChange<Article = { id: string; headline: string; version: number }> {
  cursor: string;
  kind: 'PUBLISHED' | 'UPDATED' | 'CORRECTED' | 'WITHDRAWN' | 'RESTORED' | 'ENTERED' | 'LEFT';
  /** The version this change made. */
  version: number;
  changedFields: string[];
  note: string | null;
  article: Article;
}

/** Every matching change up to `cursor` has been sent. */
export interface Checkpoint {
  cursor: string;
  /** Whether the replay is over. */
  live: boolean;
}

export interface StoriesOptions<Article> {
  /** Of the API: "https://news.example/graphql". */
  url: string;
  /** Needed unless the server is on this machine. */
  key?: string;
  /** @default 'websocket' */
  transport?: 'websocket' | 'sse';
  /** A WebSocket class, where the platform has none (Node before 22: that of `ws`). */
  webSocketImpl?: unknown;
  /** Which stories: the API's StoryFilter. All, if none is given. */
  filter?: Record<string, unknown>;
  /** The cursor stored last; null starts from now. */
  after?: string | null;
  /** Fields of Article, GraphQL. @default "id headline version" */
  articleFields?: string;
  /**
   * Called for one message at a time, in order. Store the message's cursor together with what you make of the message:
   * then each change counts exactly once, also across crashes. Throwing ends the subscription.
   */
  onStory(change: StoryChange<Article>): void | Promise<void>;
  /** Store its cursor, too: it moves on while nothing passes the filter. */
  onCheckpoint?(checkpoint: Checkpoint): void | Promise<void>;
}

/** A running subscription. */
export interface StoriesSubscription {
  /** Resolves after {@link close}; rejects with a {@link FeedError}, or with what a callback threw. */
  ended: Promise<void>;
  close(): void;
}

/** Why the feed cannot go on; `code` is the API's, such as CURSOR_EXPIRED. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  constructor(
    message: string,
    readonly code: string,
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

interface Payload {
  data?: { stories?: { __typename: string } } | null;
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}

/** Milliseconds before a new attempt to connect: at random up to this, doubled each time up to the longest. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const FORBIDDEN = 4403;

/**
 * Follows the stories of a Dateline. Connections that break are made anew for as long as it takes, and resumed at the
 * last message received, so that nothing is missed and nothing comes twice.
 */
export function stories<Article = { id: string; headline: string; version: number }>(
  options: StoriesOptions<Article>,
): StoriesSubscription {
  const variables = { filter: options.filter ?? null, after: options.after ?? null };
  // Both transports serialise this object again when they reconnect: moving `after` on is all it takes to resume.
  const operation = { query: document(options.articleFields ?? 'id headline version'), variables };
  let handled: Promise<void> = Promise.resolve();
  let finish: (failure?: unknown) => void = () => {};
  let open = true;
  const ended = new Promise<void>((resolve, reject) => {
    finish = (failure) => {
      if (!open) return;
      open = false;
      stop();
      if (failure === undefined) resolve();
      else reject(failure);
    };
  });
  ended.catch(() => {});

  async function handle(message: { __typename: string }): Promise<void> {
    if (!open) return;
    const { __typename, ...rest } = message;
    if (__typename === 'Checkpoint') await options.onCheckpoint?.(rest as Checkpoint);
    else await options.onStory(rest as StoryChange<Article>);
  }

  const stop = (options.transport === 'sse' ? connectSse : connectWebSocket)(options, operation, {
    next({ data, errors }) {
      const message = data?.stories;
      if (!message) return void handled.then(() => finish(feedError(errors)));
      variables.after = (message as unknown as Checkpoint).cursor;
      handled = handled.then(() => handle(message)).catch(finish);
    },
    error: (failure) => void handled.then(() => finish(asFeedError(failure))),
    complete: () => void handled.then(() => finish(new FeedError('The server ended the feed.', 'COMPLETED'))),
  });
  return { ended, close: () => finish() };
}

interface Sink {
  next(payload: Payload): void;
  error(failure: unknown): void;
  complete(): void;
}

function connectWebSocket<Article>(
  { url, key, webSocketImpl }: StoriesOptions<Article>,
  operation: { query: string; variables: Record<string, unknown> },
  sink: Sink,
): () => void {
  const client = createWebSocketClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl,
    connectionParams: key ? { key } : {},
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: pause,
    shouldRetry: (event) => (event as { code?: number }).code !== FORBIDDEN,
  });
  client.subscribe<Payload['data']>(operation, sink as never);
  return () => void client.dispose();
}

function connectSse<Article>(
  { url, key }: StoriesOptions<Article>,
  operation: { query: string; variables: Record<string, unknown> },
  sink: Sink,
): () => void {
  const client = createSseClient({
    url,
    headers: key ? { authorization: `Bearer ${key}` } : {},
    retryAttempts: Number.POSITIVE_INFINITY,
    retry: pause,
    async fetchFn(input: RequestInfo, init: RequestInit) {
      const response = await fetch(input, init);
      // The library takes every status for a fault of the network and would ask for ever.
      if (response.status >= 400 && response.status < 500) sink.next((await response.json()) as Payload);
      return response;
    },
  });
  client.subscribe<Payload['data']>(operation, sink as never);
  return () => client.dispose();
}

function pause(retries: number): Promise<void> {
  const longest = Math.min(FIRST_PAUSE * 2 ** retries, LONGEST_PAUSE);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
}

function document(articleFields: string): string {
  return `subscription Stories($filter: StoryFilter, $after: Cursor) {
  stories(filter: $filter, after: $after) {
    __typename
    cursor
    ... on Checkpoint { live }
    ... on StoryChange { kind version changedFields note article { ${articleFields} } }
  }
}`;
}

function feedError(errors: Payload['errors']): FeedError {
  const [first] = errors ?? [];
  const { code, ...extensions } = first?.extensions ?? {};
  return new FeedError(first?.message ?? 'The server sent no data.', String(code ?? 'INVALID'), extensions);
}

/** A list of GraphQL errors, the close event of a socket, or something else that was thrown. */
function asFeedError(failure: unknown): FeedError {
  if (Array.isArray(failure)) return feedError(failure);
  const { code, reason, message } = failure as { code?: unknown; reason?: string; message?: string };
  return new FeedError(reason || message || 'The connection failed.', code === FORBIDDEN ? 'FORBIDDEN' : 'CONNECTION');
}
