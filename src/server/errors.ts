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
  const id = randomUUID();
  log.error({ err: cause, id, path: located?.path }, 'a resolver failed');
  return new GraphQLError(`Something went wrong here; it was logged as ${id}.`, {
    ...where,
    extensions: { code: 'INTERNAL', id },
  });
}
