import { setTimeout as wait } from 'node:timers/promises';
import fastGlob from 'fast-glob';
import { listFiles, type Place } from './inputs.ts';
import type { FileStamp } from './item.ts';

type File = Extract<Place, { kind: 'file' }>;

/** Names that programs give to files they are still writing. */
const UNFINISHED = /\.(?:tmp|temp|part|partial|filepart|crdownload|download|swp)$|~$/i;
/** Milliseconds between two looks, at most. */
const LONGEST_PAUSE = 1000;

/**
 * Files of a folder as they are there and as they arrive, each once it has not changed for `settle` milliseconds, again
 * whenever it changed. Looks instead of listening: network folders tell nobody of changes, and a look misses none.
 * `isKnown` files are left out. Ends with `signal`.
 */
export async function* watchFolder(
  folder: string,
  { settle, isKnown, signal }: { settle: number; isKnown(file: File): boolean; signal: AbortSignal },
): AsyncGenerator<File> {
  const pattern = `${fastGlob.convertPathToPattern(folder)}/**/*`;
  /** What each file was when last looked at, and since when (monotonic clock). */
  let seen = new Map<string, { stamp: FileStamp; since: number; isSent: boolean }>();
  while (!signal.aborted) {
    const now = performance.now();
    const present: typeof seen = new Map();
    for (const file of await listFiles(pattern)) {
      if (UNFINISHED.test(file.path)) continue;
      const before = seen.get(file.path);
      const isSame = before && before.stamp.size === file.stamp.size && before.stamp.mtime === file.stamp.mtime;
      const state = isSame ? before : { stamp: file.stamp, since: now, isSent: isKnown(file) };
      present.set(file.path, state);
      if (state.isSent || now - state.since < settle) continue;
      state.isSent = true;
      yield file;
    }
    seen = present;
    await wait(Math.min(LONGEST_PAUSE, settle / 2), undefined, { signal }).catch(() => {});
  }
}
