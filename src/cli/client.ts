import { readFile } from 'node:fs/promises';
import { developmentKeyFile } from '../auth/keys.ts';

/** Where a command sends its requests, and as whom. */
export interface Target {
  url: string;
  key: string | null;
}

/** `--url`, else DATELINE_URL, else this machine's server; `--key`, else DATELINE_KEY, else the key in its data folder. */
export async function findTarget(
  options: { url?: string | undefined; key?: string | undefined },
  environment: Record<string, string | undefined>,
): Promise<Target> {
  const url = options.url ?? environment.DATELINE_URL ?? `http://localhost:${environment.PORT || 4000}/graphql`;
  const given = options.key ?? environment.DATELINE_KEY;
  if (given) return { url, key: given };
  const file = developmentKeyFile(environment.DATA_DIR || '.data');
  const key = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname)
    ? await readFile(file, 'utf8').catch(() => '')
    : '';
  return { url, key: key.trim() || null };
}

/** Sends one operation and returns its data. @throws {Error} that says what to do, where the server or the key is at fault */
export async function request<Data>(target: Target, query: string, variables: unknown): Promise<Data> {
  const response = await fetch(target.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(target.key ? { authorization: `Bearer ${target.key}` } : {}),
    },
    body: JSON.stringify({ query, variables }),
  }).catch((cause: Error) => {
    throw new Error(`No server answers at ${target.url}; start one with "npm start", or name another with --url.`, {
      cause,
    });
  });
  const text = await response.text();
  const { data, errors } = parseAnswer(text, response.status);
  if (errors?.length) throw new Error(errors.map((error) => error.message).join('\n'));
  return data as Data;
}

function parseAnswer(text: string, status: number): { data?: unknown; errors?: { message: string }[] } {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`This is no GraphQL server: it answered with status ${status} and no JSON.`);
  }
}
