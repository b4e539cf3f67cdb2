/**
 * Turns on the connections of a pool, for reads: those that are wanted in one breath share one connection, which asks them in one batch
 * (`dialect/postgres-batch.ts`). No more than a few, so that nobody waits for many others.
 */
import type pg from "pg";
import { connect } from "./dialect/postgres-pool.ts";

const COMPANY_MAX = 6;

export interface Turn {
  readonly client: pg.PoolClient;
  /** Whether what failed may be the fault of another's read. */
  readonly hadCompany: boolean;
  release(isBroken?: boolean): void;
}
interface Wanting {
  readonly resolve: (turn: Turn) => void;
  readonly reject: (error: unknown) => void;
}

export interface Turns {
  /** @param alone without company: whatever fails is its own fault */
  take(alone: boolean): Promise<Turn>;
}

export function sharedTurns(pool: pg.Pool): Turns {
  let wanting: Wanting[] = [];
  const share = async (company: readonly Wanting[]): Promise<void> => {
    let client: pg.PoolClient;
    try {
      client = await connect(pool);
    } catch (error) {
      for (const one of company) one.reject(error);
      return;
    }
    let left = company.length;
    let isBroken = false;
    const release = (broken = false) => {
      isBroken ||= broken;
      left -= 1;
      if (left === 0) client.release(isBroken);
    };
    for (const one of company) one.resolve({ client, hadCompany: company.length > 1, release });
  };
  const seat = (): void => {
    const all = wanting;
    wanting = [];
    for (let from = 0; from < all.length; from += COMPANY_MAX) void share(all.slice(from, from + COMPANY_MAX));
  };
  return {
    take: (alone) =>
      new Promise((resolve, reject) => {
        if (alone) {
          void share([{ resolve, reject }]);
          return;
        }
        wanting.push({ resolve, reject });
        if (wanting.length === 1) process.nextTick(seat);
      }),
  };
}
