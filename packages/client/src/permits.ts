/** Counts what is scarce (requests in flight, chunks in memory) and lets callers wait for it, first come first served. */
import { PliError } from "@pli/core/errors";

export interface Permits {
  /** Takes one, or waits for it. @throws PliError `cancelled` when `signal` aborts first: nothing is taken then */
  take(signal?: AbortSignal): Promise<void>;
  /** Gives back one, or lends `count` more; a negative count calls them in again, as they come back. */
  give(count?: number): void;
}

export function createPermits(count: number): Permits {
  let free = count;
  const waiting: (() => void)[] = [];

  function serve(): void {
    while (free > 0 && waiting.length > 0) {
      free -= 1;
      waiting.shift()?.();
    }
  }
  return {
    take(signal) {
      if (signal?.aborted) return Promise.reject(new PliError("cancelled"));
      return new Promise((resolve, reject) => {
        const granted = () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        };
        const stop = () => {
          waiting.splice(waiting.indexOf(granted), 1);
          reject(new PliError("cancelled"));
        };
        signal?.addEventListener("abort", stop, { once: true });
        waiting.push(granted);
        serve();
      });
    },
    give(returned = 1) {
      free += returned;
      serve();
    },
  };
}
