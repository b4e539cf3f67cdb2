/**
 * Limits for turns that weigh more than one, and for several at once: the generic cell rate algorithm of `take.ts`, inside the transaction of
 * what they limit. All are taken or none; what is rolled back for another reason has taken none either.
 */
import { PliError } from "@pli/core/errors";
import type { Tx } from "../../platform/database/index.ts";
import { freeAtOf, takeTurns } from "./limits.queries.ts";
import { noteShut } from "./shut-doors.ts";
import { keyHash, type Limit, measures } from "./take.ts";

export interface WeightedTurns extends Omit<Limit, "key"> {
  /** Whose turns, each once. */
  readonly keys: readonly string[];
  /** Turns taken at once from each: a whole number above zero. More than `limit` at once are never granted. */
  readonly weight: number;
}

/**
 * Takes these turns by one statement. Of several doors in one transaction all callers take them in one order, or they wait for each other.
 * @throws PliError `rate_limited` {retryAfterSeconds} when one has not so many left: the transaction must not go on
 */
export async function takeWeightedIn(tx: Tx, nowMs: number, turns: WeightedTurns): Promise<void> {
  const { door, keys, weight } = turns;
  if (keys.length === 0) return;
  const { stepMs, windowMs } = measures(turns);
  const addedMs = stepMs * weight;
  if (addedMs > windowMs) refuse(addedMs - windowMs);
  // In one order, so that two that want the same do not wait for each other.
  const wanted = keys.map((key) => keyHash({ door, key })).toSorted();
  const taken = new Set(await takeTurns(tx, { door, keys: wanted, nowMs, addedMs, windowMs }));
  const missed = wanted.filter((key) => !taken.has(key));
  if (missed.length === 0) return;
  const waitMs = (await freeAtOf(tx, door, missed)) + addedMs - windowMs - nowMs;
  for (const key of missed) noteShut(key, nowMs + waitMs);
  refuse(waitMs);
}

/** Takes one turn from each key that has one left, by one statement. @returns the keys whose turn was taken */
export async function takeEachIn(
  tx: Tx,
  nowMs: number,
  turns: Omit<WeightedTurns, "weight">,
): Promise<ReadonlySet<string>> {
  const { door } = turns;
  const byHash = new Map(turns.keys.map((key) => [keyHash({ door, key }), key]));
  if (byHash.size === 0) return new Set();
  const { stepMs, windowMs } = measures(turns);
  const keys = [...byHash.keys()].toSorted();
  const taken = await takeTurns(tx, { door, keys, nowMs, addedMs: stepMs, windowMs });
  return new Set(taken.map((hash) => byHash.get(hash) ?? ""));
}

function refuse(waitMs: number): never {
  throw new PliError("rate_limited", { details: { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) } });
}
