/** Anything that knows how many bytes it takes. */
export interface Sized {
  size: number;
}

/** Results that several cohorts need at about the same time: those who resume a moment later find them here. */
export interface RenderCache<Payload> {
  /** The result for `key`, made by `render` where it is not there; failures are not kept. */
  get(key: string, render: () => Promise<Payload>): Promise<Payload>;
}

/** Bytes of all results kept. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Milliseconds for which one is kept: after that a story could look quite different. */
const LIFETIME = 30_000;

export function createRenderCache<Payload extends Sized>(): RenderCache<Payload> {
  const kept = new Map<string, { payload: Promise<Payload>; until: number; size: number }>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  }

  /** A Map yields the oldest first. */
  function makeRoom(now: number): void {
    for (const [key, { until }] of kept) {
      if (until > now && bytes <= MOST_BYTES) return;
      drop(key);
    }
  }

  return {
    get(key, render) {
      const now = Date.now();
      makeRoom(now);
      const known = kept.get(key);
      if (known) return known.payload;
      const entry = { payload: render(), until: now + LIFETIME, size: 0 };
      kept.set(key, entry);
      entry.payload.then(
        ({ size }) => {
          if (kept.get(key) !== entry) return;
          entry.size = size + 2 * key.length;
          bytes += entry.size;
        },
        () => {
          if (kept.get(key) === entry) drop(key);
        },
      );
      return entry.payload;
    },
  };
}
