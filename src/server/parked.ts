/** A generator that yields nothing: whoever holds it waits for the end of what somebody else writes. */
export interface Parked extends AsyncGenerator<never, void, void> {
  /** Ends it with an error, which its holder reports. */
  fail(error: Error): void;
}

/**
 * Lets a protocol library go on keeping an operation's id, its completion and its clean-up while its messages are
 * written past it. `onEnd` is called once, however it ends.
 */
export function createParked(onEnd: () => void): Parked {
  let settle: { resolve(result: IteratorResult<never, void>): void; reject(error: unknown): void } | undefined;
  let failure: { error: unknown } | undefined;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    onEnd();
    if (failure) settle?.reject(failure.error);
    else settle?.resolve({ value: undefined, done: true });
    if (settle) failure = undefined;
  }

  return {
    next() {
      if (failure) {
        const { error } = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (ended) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
      });
    },
    async return() {
      end();
      return { value: undefined, done: true };
    },
    async throw(error) {
      failure = { error };
      end();
      throw error;
    },
    fail(error) {
      if (ended) return;
      failure = { error };
      end();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
