/**
 * Something that a request wants done in the first transaction that it writes, whichever that is: kept with it, or rolled back with it.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { afterCommit, type Db, type Tx } from "../platform/database/index.ts";

export interface FirstWrite {
  /** Runs before the request's own job, perhaps more than once. What it throws rolls both back. */
  readonly run: (tx: Tx) => Promise<void>;
  /** Whether a transaction with it was kept. */
  isKept: boolean;
}

const storage = new AsyncLocalStorage<FirstWrite>();

export function firstWrite(run: (tx: Tx) => Promise<void>): FirstWrite {
  return { run, isKept: false };
}

/** Runs `work`; the first of its writes that is kept has run `first` in it. */
export function beforeFirstWrite<T>(first: FirstWrite, work: () => Promise<T>): Promise<T> {
  return storage.run(first, work);
}

/** The same database, whose writes know of `beforeFirstWrite`. */
export function withFirstWrites(db: Db): Db {
  return {
    ...db,
    write: (job) => {
      const first = storage.getStore();
      if (first === undefined || first.isKept) return db.write(job);
      return db.write(async (tx) => {
        await first.run(tx);
        afterCommit(tx, () => {
          first.isKept = true;
        });
        return await job(tx);
      });
    },
  };
}
