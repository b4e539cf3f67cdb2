/**
 * Limits for turns that weigh more than one, on paths that may not wait for the database: the generic cell rate algorithm of `take.ts`, in
 * this process's memory. For what a signed-in member does to excess; a restart forgives. Never for guesses.
 */
import { createHash } from "node:crypto";
import { PliError } from "@pli/core/errors";
import type { Services } from "../../services.ts";
import type { Limit } from "./take.ts";

export interface WeightedLimit extends Limit {
  /** Turns taken at once: a whole number above zero. More than `limit` at once are never granted. */
  readonly weight: number;
}

/** Keys remembered. Those that limit nobody any more go first. */
const REMEMBERED_MAX = 100_000;

/** Key to when the door is as if never used, in milliseconds since 1970. */
const doors = new WeakMap<Services["db"], Map<string, number>>();

/**
 * Takes these turns at all doors, or at none. Waits for nothing.
 * @returns gives them back: call it once, when nothing came of it
 * @throws PliError `rate_limited` {retryAfterSeconds} when one has not so many left
 */
export function takeWeighted(services: Pick<Services, "db" | "clock">, limits: readonly WeightedLimit[]): () => void {
  let kept = doors.get(services.db);
  if (kept === undefined) {
    kept = new Map();
    doors.set(services.db, kept);
  }
  const nowMs = services.clock.now();
  const taken = new Map<string, number>();
  const spent: { readonly name: string; readonly ms: number }[] = [];
  let waitMs = 0;
  for (const { door, key, limit, windowSeconds, weight } of limits) {
    const name = nameOf(door, key);
    const stepMs = Math.ceil((windowSeconds * 1000) / limit);
    const freeAtMs = Math.max(nowMs, taken.get(name) ?? kept.get(name) ?? 0) + stepMs * weight;
    waitMs = Math.max(waitMs, freeAtMs - nowMs - stepMs * limit);
    taken.set(name, freeAtMs);
    spent.push({ name, ms: stepMs * weight });
  }
  if (waitMs > 0) throw new PliError("rate_limited", { details: { retryAfterSeconds: Math.ceil(waitMs / 1000) } });
  for (const [name, freeAtMs] of taken) kept.set(name, freeAtMs);
  if (kept.size > REMEMBERED_MAX) forget(kept, nowMs);
  return () => {
    for (const { name, ms } of spent) {
      const freeAtMs = kept.get(name);
      if (freeAtMs !== undefined) kept.set(name, freeAtMs - ms);
    }
  };
}

function nameOf(door: string, key: string): string {
  return createHash("sha256").update(`${door}\n${key}`).digest("base64url");
}

function forget(kept: Map<string, number>, nowMs: number): void {
  for (const [name, freeAtMs] of kept) if (freeAtMs <= nowMs) kept.delete(name);
  // All of them in use: those taken first go, as many as are too many.
  for (const name of kept.keys()) {
    if (kept.size <= REMEMBERED_MAX) return;
    kept.delete(name);
  }
}
