import { randomUUID } from 'node:crypto';
import { PothosValidationError } from '@pothos/core';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { RequestError } from '../errors.ts';

/**
 * What a client is told of an error: everything it can mend, and of a fault nothing but the id under which it was
 * logged.
 */
export function clientError(error: unknown, log: Logger): GraphQLError {
  const located = error instanceof GraphQLError ? error : undefined;
  const cause = located ? located.originalError : error;
  if (located && !cause) return located;
  const where = { nodes: located?.nodes, path: located?.path };
  if (cause instanceof RequestError)
    return new GraphQLError(cause.message, { ...where, extensions: { ...cause.extensions, code: cause.code } });
  if (cause instanceof PothosValidationError)
    return new GraphQLError(cause.message, { ...where, extensions: { code: 'INVALID' } });
  // Thrown by graphql-js and graphql-scalars for values that cannot be coerced.
  if (cause instanceof GraphQLError)
    return new GraphQLError(cause.message, { ...where, extensions: { code: 'INVALID' } });
  if (holdsUnstorableText(cause))
    return new GraphQLError('A text of this request holds NUL, which nothing here can hold.', {
      ...where,
      extensions: { code: 'INVALID' },
    });
  const id = randomUUID();
  log.error({ err: cause, id, path: located?.path }, 'a resolver failed');
  return new GraphQLError(`Something went wrong here; it was logged as ${id}.`, {
    ...where,
    extensions: { code: 'INTERNAL', id },
  });
}

/** Postgres' codes for text that its encoding refuses: it can only have come from the client. */
const UNSTORABLE = new Set(['22021', '22P05']);

/** Prisma wraps what its driver reports. */
function holdsUnstorableText(error: unknown): boolean {
  const { code, meta } = (error ?? {}) as {
    code?: unknown;
    meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
  };
  return UNSTORABLE.has(String(code)) || UNSTORABLE.has(String(meta?.driverAdapterError?.cause?.originalCode));
}
