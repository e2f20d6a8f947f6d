import type { IncomingMessage } from 'node:http';
import { RequestError } from '../errors.ts';

/** Bytes of one request. */
const LARGEST_BODY = 64_000_000;

/**
 * The address a request asks for; only its path and query mean something.
 *
 * @throws {RequestError} INVALID
 */
export function requestUrl({ url = '/' }: IncomingMessage): URL {
  // A path that begins with two slashes, resolved against a base, would be read as a host.
  const whole = url.startsWith('/') ? `http://localhost${url}` : url;
  if (!URL.canParse(whole)) throw new RequestError('INVALID', 'The address of this request cannot be read.');
  return new URL(whole);
}

/**
 * The whole body as text. What is too large is read on and thrown away, so that the answer can still be sent.
 *
 * @throws {RequestError} TOO_LARGE, as soon as it is
 */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const refuse = () => {
      chunks = [];
      request.off('data', keep).resume();
      reject(
        new RequestError('TOO_LARGE', `The request body is larger than ${LARGEST_BODY} bytes; send less at once.`),
      );
    };
    let chunks: Buffer[] = [];
    let length = 0;
    const keep = (chunk: Buffer) => {
      length += chunk.length;
      if (length > LARGEST_BODY) refuse();
      else chunks.push(chunk);
    };
    request.on('error', reject);
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) refuse();
    else request.on('data', keep);
  });
}
