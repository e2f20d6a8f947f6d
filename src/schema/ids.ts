import { RequestError } from '../errors.ts';
import { decodeGlobalID } from './builder.ts';

/**
 * The database id behind a Relay id that must name a `typename`.
 *
 * @throws {RequestError} INVALID_ID
 */
export function localId(globalId: string, typename: string): string {
  const decoded = decodeGlobalID(globalId);
  if (decoded.typename !== typename)
    throw new RequestError('INVALID_ID', `This is the id of a ${decoded.typename}; the id of a ${typename} is wanted.`);
  return decoded.id;
}
