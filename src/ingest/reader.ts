import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import type { IngestInput, ReadItem, readInput } from './read.ts';

/** Milliseconds one input may take; a page takes some 50. */
const TIME_LIMIT = 30_000;
/** Megabytes of heap a thread may use; the models take some 200. */
const MEMORY_LIMIT = 2_048;

/** Reads inputs in other threads, so that the server answers while a page is parsed. */
export interface Reader {
  /** Never rejects for the input's sake: what takes too long or too much memory is a REJECTED item. */
  read(input: IngestInput): Promise<ReturnType<typeof readInput>>;
  close(): Promise<void>;
}

/** Has everything that reading needs loaded before the first story comes. */
const WARM_UP: IngestInput = {
  format: 'PAGE_TEXT',
  content:
    'A page to begin with\n\nBERN — The models are loaded by the first story that is read, the engineer Jane Doe said on Monday.',
  path: [],
  url: null,
  receivedAt: new Date(),
  idempotencyKey: null,
};

/** Starts the threads and has them load their models. */
export function createReader(): Reader {
  const entry = import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js';
  const threads = Math.max(1, availableParallelism() - 1);
  const pool = new Piscina({
    filename: fileURLToPath(new URL(entry, import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT, stackSizeMb: 16 },
  });
  // An input's time runs from when a thread is free for it, not from when it is handed in.
  const whenFree = pLimit(threads);
  const warm = Promise.all(Array.from({ length: threads }, () => pool.run(WARM_UP))).catch(() => {});
  return {
    async read(input) {
      await warm;
      try {
        return await whenFree(() => pool.run(input, { signal: AbortSignal.timeout(TIME_LIMIT) }));
      } catch (error) {
        return { format: input.format ?? 'PAGE_TEXT', items: [refused(input, error as Error & { code?: string })] };
      }
    },
    close: () => pool.destroy(),
  };
}

function refused(input: IngestInput, error: Error & { code?: string }): ReadItem {
  const reject = (code: string, message: string): ReadItem => ({
    kind: 'REJECTED',
    error: { code, path: input.path, message },
  });
  if (error.name === 'AbortError')
    return reject('TOO_SLOW', `This could not be read within ${TIME_LIMIT / 1000} s; hand in less at once.`);
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return reject('TOO_LARGE', `This could not be read within ${MEMORY_LIMIT} MB of memory; hand in less at once.`);
  throw error;
}
