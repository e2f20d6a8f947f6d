import { createReadStream } from 'node:fs';
import { decodeHtml } from '../ingest/parsers/html/decode.ts';
import type { Place } from './inputs.ts';
import type { Item, Unreadable } from './item.ts';
import { isJsonObject, type Piece, splitStories } from './split.ts';

/** The stories at a file or on standard input; what cannot be read comes out as unreadable, nothing is thrown. */
export async function* readPlace(
  place: Exclude<Place, { kind: 'url' }>,
  stdin: AsyncIterable<Buffer>,
): AsyncGenerator<Item | Unreadable> {
  const isFile = place.kind === 'file';
  const name = isFile ? place.path : 'stdin';
  try {
    const pieces = splitStories(isFile ? createReadStream(place.path) : stdin, { isLive: !isFile });
    for await (const piece of pieces) yield toItem(piece, name, isFile ? place.stamp : null);
  } catch (error) {
    const code = error instanceof RangeError ? 'TOO_LARGE' : 'UNREADABLE';
    yield { name, bytes: isFile ? place.stamp.size : 0, error: { code, message: (error as Error).message } };
  }
}

function toItem({ bytes, line }: Piece, name: string, stamp: Item['stamp']): Item | Unreadable {
  if (line === null)
    return { name, source: { any: decodeText(bytes) }, url: null, receivedAt: null, bytes: bytes.length, stamp };
  const named = { name: `${name}:${line}`, bytes: bytes.length };
  // The server would take a torn line for the text of a page.
  if (!isJsonObject(bytes))
    return { ...named, error: { code: 'MALFORMED', message: 'This line is no JSON object, as the lines before it.' } };
  return { ...named, source: { any: bytes.toString() }, url: null, receivedAt: null, stamp: null };
}

/** Text of any format by its bytes: by what an XML declaration states, else as a page is decoded. */
function decodeText(bytes: Buffer): string {
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})["']/.exec(
    bytes.toString('latin1', 0, 400),
  );
  return decodeHtml(bytes, declared ? `charset=${declared[1]}` : undefined);
}
