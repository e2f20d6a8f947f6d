import { readFile } from 'node:fs/promises';
import { developmentKeyFile } from '../auth/keys.ts';

/** Where a command sends its requests, and as whom. */
export interface Target {
  url: string;
  key: string | null;
}

/** A request that came to nothing, with a sentence that says what to do. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  constructor(
    /** UNREACHABLE: no answer of its own. FAULT: it failed. TOO_LARGE: send less at once. REFUSED: it will not. */
    readonly kind: 'UNREACHABLE' | 'FAULT' | 'TOO_LARGE' | 'REFUSED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** `--url`, else DATELINE_URL, else this machine's server; `--key`, else DATELINE_KEY, else the key in its data folder. */
export async function findTarget(
  options: { url?: string | undefined; key?: string | undefined },
  environment: Record<string, string | undefined>,
): Promise<Target> {
  const url = options.url ?? environment.DATELINE_URL ?? `http://localhost:${environment.PORT || 4000}/graphql`;
  if (!URL.canParse(url)) throw new Error(`"${url}" is no address; give one like http://localhost:4000/graphql.`);
  const given = options.key ?? environment.DATELINE_KEY;
  if (given) return { url, key: given };
  const file = developmentKeyFile(environment.DATA_DIR || '.data');
  const key = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname)
    ? await readFile(file, 'utf8').catch(() => '')
    : '';
  return { url, key: key.trim() || null };
}

/** Sends one operation and returns its data. @throws {RequestFailure} */
export async function request<Data>(target: Target, query: string, variables: unknown = {}): Promise<Data> {
  const { status, text } = await post(target, JSON.stringify({ query, variables })).catch((cause: Error) => {
    const message = `No server answers at ${target.url}; start one with "npm start", or name another with --url.`;
    throw new RequestFailure('UNREACHABLE', message, { cause });
  });
  const { data, errors } = parseAnswer(text, status);
  if (!errors?.length) return data as Data;
  const isFault = status >= 500 || errors.some(({ extensions }) => extensions?.code === 'INTERNAL');
  throw new RequestFailure(
    isFault ? 'FAULT' : status === 413 ? 'TOO_LARGE' : 'REFUSED',
    errors.map((error) => error.message).join('\n'),
  );
}

/** The answer is read here too: a connection that breaks in the middle of it is a broken connection. */
async function post({ url, key }: Target, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(key ? { authorization: `Bearer ${key}` } : {}),
    },
    body,
  });
  return { status: response.status, text: await response.text() };
}

interface GraphQLAnswer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

function parseAnswer(text: string, status: number): GraphQLAnswer {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in front of the server speaks HTML: its 502 means that the server is not there now, its 404 that it never is.
    throw new RequestFailure(
      status >= 500 ? 'UNREACHABLE' : status === 413 ? 'TOO_LARGE' : 'REFUSED',
      `The server answered with status ${status} and no JSON; check the address.`,
    );
  }
}
