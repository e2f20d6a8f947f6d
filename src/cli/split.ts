/** Bytes → stories: NDJSON is told by its first line, everything else is one story. */
import { LARGEST_ITEM } from './item.ts';

/** One story's bytes; `line` counts from 1 in NDJSON and is null where the story is all there is. */
export interface Piece {
  bytes: Buffer;
  line: number | null;
}

const NEWLINE = 0x0a;

/**
 * A first line that is a JSON object by itself makes NDJSON: then each line is a story and comes out as soon as it is
 * there. `isLive`: somebody may still be writing, so nothing is waited for in order to look ahead.
 * @throws {RangeError} where one story has more than {@link LARGEST_ITEM} bytes
 */
export async function* splitStories(
  chunks: AsyncIterable<Buffer>,
  { isLive }: { isLive: boolean },
): AsyncGenerator<Piece> {
  const lines = numberedLines(chunks);
  const before: Buffer[] = [];
  for await (const first of lines) {
    if (isBlank(first.bytes)) {
      before.push(first.bytes);
      continue;
    }
    if (isJsonObject(first.bytes)) yield* lineByLine(first, lines, isLive);
    else yield { bytes: await joinLines([...before, first.bytes], lines), line: null };
    return;
  }
  yield { bytes: Buffer.alloc(0), line: null };
}

interface Line {
  bytes: Buffer;
  line: number;
}

async function* lineByLine(first: Line, lines: AsyncGenerator<Line>, isLive: boolean): AsyncGenerator<Piece> {
  let held: Piece | null = isLive ? null : { bytes: first.bytes, line: null };
  if (isLive) yield first;
  for await (const next of lines) {
    if (isBlank(next.bytes)) continue;
    if (held) yield { ...held, line: first.line };
    held = null;
    yield next;
  }
  if (held) yield held;
}

async function joinLines(start: Buffer[], lines: AsyncGenerator<Line>): Promise<Buffer> {
  const all = start.flatMap((line) => [line, Buffer.of(NEWLINE)]);
  let length = all.reduce((sum, part) => sum + part.length, 0);
  for await (const { bytes } of lines) {
    length += bytes.length + 1;
    refuseTooLarge(length);
    all.push(bytes, Buffer.of(NEWLINE));
  }
  return Buffer.concat(all.slice(0, -1));
}

async function* numberedLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let line = 0;
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield { bytes: Buffer.concat([...parts, chunk.subarray(start, end)]), line: ++line };
      parts = [];
      length = 0;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    refuseTooLarge(length);
  }
  yield { bytes: Buffer.concat(parts), line: ++line };
}

function refuseTooLarge(length: number): void {
  if (length > LARGEST_ITEM) throw new RangeError(`It is larger than ${LARGEST_ITEM} bytes; no story is.`);
}

function isBlank(bytes: Buffer): boolean {
  return bytes.length < 1000 && bytes.toString('latin1').trim() === '';
}

/** Whether a line is one JSON object. */
export function isJsonObject(bytes: Buffer): boolean {
  if (!/^(?:\xef\xbb\xbf)?\s*\{/.test(bytes.toString('latin1', 0, 100))) return false;
  try {
    JSON.parse(bytes.toString().replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}
