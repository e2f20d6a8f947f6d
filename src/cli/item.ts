import { createHash } from 'node:crypto';

/** A file as it was when it was read. */
export interface FileStamp {
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  mtime: number;
}

/** One input to be sent. */
export interface Item {
  /** What the user sees: a path, "path:line", "stdin", an address. */
  name: string;
  source: { any: string } | { html: string };
  url: string | null;
  /** Null: when the server gets it. */
  receivedAt: Date | null;
  /** Bytes it takes of its file; for the progress bar. */
  bytes: number;
  /** Of the file, where the item is all of it. */
  stamp: FileStamp | null;
}

/** An input that cannot be sent. */
export interface Unreadable {
  name: string;
  bytes: number;
  error: { code: string; message: string };
}

/** Bytes of one input; the server takes 20 million characters. */
export const LARGEST_ITEM = 60_000_000;

export function isUnreadable(read: Item | Unreadable): read is Unreadable {
  return 'error' in read;
}

/** SHA-256, hex, of what is sent. */
export function hashItem({ source, url }: Item): string {
  return createHash('sha256')
    .update(url ?? '')
    .update(JSON.stringify(source))
    .digest('hex');
}
