import type { IncomingHttpHeaders } from 'node:http';
import type { PrismaClient } from '../db/generated/prisma/client.ts';
import { RequestError } from '../errors.ts';
import { findKey, type Key, type Scope } from './keys.ts';

/** Who is asking. */
export interface Viewer {
  /** Null for a caller on this machine without a key. */
  key: Key | null;
  scopes: ReadonlySet<Scope>;
}

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * Finds out who sent a request. With a key: what the key may. Without one: callers on this machine may read.
 *
 * @throws {RequestError} UNAUTHENTICATED
 */
export async function authenticate(
  db: PrismaClient,
  request: { headers: IncomingHttpHeaders; remoteAddress: string | undefined; key?: string | undefined },
): Promise<Viewer> {
  const text = request.key ?? /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (text !== undefined) {
    const key = await findKey(db, text);
    if (!key) throw new RequestError('UNAUTHENTICATED', 'This key is unknown, expired or revoked.');
    return { key, scopes: new Set(key.scopes) };
  }
  if (request.headers.authorization !== undefined)
    throw new RequestError('UNAUTHENTICATED', 'The Authorization header must have the form "Bearer <key>".');
  if (!isLocal(request)) throw new RequestError('UNAUTHENTICATED', 'Send a key: "Authorization: Bearer <key>".');
  return { key: null, scopes: new Set(['READ']) };
}

/**
 * A request from this machine and meant for it: not one that a proxy passes on, nor one that a page from elsewhere
 * makes the user's browser send (its Origin, or after DNS rebinding its Host, is not local).
 */
function isLocal({
  headers,
  remoteAddress,
}: {
  headers: IncomingHttpHeaders;
  remoteAddress: string | undefined;
}): boolean {
  if (!LOOPBACK.test(remoteAddress ?? '') || !LOCAL_HOST.test(headers.host ?? '')) return false;
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  const origin = headers.origin;
  return origin === undefined || LOCAL_HOST.test(origin.replace(/^https?:\/\//i, ''));
}

/** @throws {RequestError} UNAUTHENTICATED or FORBIDDEN */
export function requireScope(viewer: Viewer, scope: Scope): void {
  if (viewer.scopes.has(scope)) return;
  if (!viewer.key)
    throw new RequestError(
      'UNAUTHENTICATED',
      'Writing needs a key: "Authorization: Bearer <key>"; on this machine it is in DATA_DIR/development.key.',
    );
  throw new RequestError('FORBIDDEN', `The key "${viewer.key.name}" lacks the scope ${scope}.`);
}
