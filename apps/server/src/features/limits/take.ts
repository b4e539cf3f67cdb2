/**
 * Limits on every door (Q8): at most `limit` turns in `windowSeconds` per key, counted in the database so that all nodes share
 * them. Generic cell rate algorithm: one number per key, turns come back one by one, no burst at the edge of a window.
 */
import { createHash } from "node:crypto";
import { PliError } from "@pli/core/errors";
import type { Reader, Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { type Cell, deleteFreeLimits, freeAt, giveBack, takeBack, takeTurn } from "./limits.queries.ts";
import { mayBeShut, noteShut } from "./shut-doors.ts";

export interface Limit {
  /** Which door: a short constant, the same wherever the same turns are meant. */
  readonly door: string;
  /** Whose turns: an address, a network, a member. Only its hash is stored. */
  readonly key: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** What a refused caller may try again after; zero when there is a turn left. */
export async function secondsToWait(on: Reader, nowMs: number, limit: Limit): Promise<number> {
  const { stepMs, windowMs } = measures(limit);
  const [row] = await freeAt(on, { door: limit.door, keySha256: keyHash(limit) });
  if (row === undefined || row.free_at_ms <= nowMs) return 0;
  return Math.max(0, Math.ceil((row.free_at_ms + stepMs - windowMs - nowMs) / 1000));
}

/**
 * Takes one turn at each door, in a write of its own. A door that this process has found shut costs a read only.
 * @throws `rate_limited` {retryAfterSeconds} when one has none left; turns at the doors before it are used all the same
 */
export async function take(services: Services, ...limits: readonly Limit[]): Promise<void> {
  for (const limit of limits) await requireTurn(services, limit);
  const nowMs = services.clock.now();
  const refused = await services.db.write((tx) => takeWithin(tx, nowMs, limits));
  if (refused !== null) throw refused;
}

/**
 * Takes nothing: refuses early, by a read, at a door that this process has found shut; any other is asked when the turn is taken.
 * @throws PliError `rate_limited` {retryAfterSeconds}
 */
export async function requireTurn(services: Services, limit: Limit): Promise<void> {
  const nowMs = services.clock.now();
  if (!mayBeShut(keyHash(limit), nowMs)) return;
  const seconds = await secondsToWait(services.db.read, nowMs, limit);
  if (seconds > 0) throw refusal(seconds);
}

/**
 * Takes one turn at each door inside the transaction of what is behind them, so that both are one commit. Whoever comes again and again is
 * refused by a read before.
 * @returns the refusal when one door has none left: to be returned by the transaction and thrown behind it, so that what was counted is kept
 */
export async function takeWithin(tx: Tx, nowMs: number, limits: readonly Limit[]): Promise<PliError | null> {
  // Asked in one breath, in the order of the doors.
  const taken = await Promise.all(limits.map((limit) => takeIn(tx, nowMs, limit)));
  const shut = taken.indexOf(false);
  const refused = limits[shut];
  if (refused === undefined) return null;
  // Who stands at a shut door has not come to the next.
  for (const [index, limit] of limits.entries()) {
    if (index > shut && taken[index] === true) await takeBack(tx, cellOf(limit, nowMs));
  }
  const retryAfterSeconds = Math.max(1, await secondsToWait(tx, nowMs, refused));
  noteShut(keyHash(refused), nowMs + retryAfterSeconds * 1000);
  return refusal(retryAfterSeconds);
}

/** Takes one turn inside a transaction. @returns whether there was one left; nothing is thrown, so nothing is rolled back */
export async function takeIn(tx: Tx, nowMs: number, limit: Limit): Promise<boolean> {
  return await takeTurn(tx, cellOf(limit, nowMs));
}

function cellOf(limit: Limit, nowMs: number): Cell {
  return { door: limit.door, keySha256: keyHash(limit), nowMs, ...measures(limit) };
}

/** Forgets the turns used at a door: after a success, an honest person starts afresh. */
export async function reset(tx: Tx, door: string, key: string): Promise<void> {
  await giveBack(tx, door, keyHash({ door, key }));
}

/** Removes rows that no longer limit anybody. */
export async function cleanLimits(services: Services): Promise<void> {
  await deleteFreeLimits(services.db, services.clock.now());
}

function refusal(retryAfterSeconds: number): PliError {
  return new PliError("rate_limited", { details: { retryAfterSeconds } });
}

export function measures({ limit, windowSeconds }: Pick<Limit, "limit" | "windowSeconds">): {
  stepMs: number;
  windowMs: number;
} {
  // Rounded up, and the window with it: `limit` turns at once always fit, one more never does.
  const stepMs = Math.ceil((windowSeconds * 1000) / limit);
  return { stepMs, windowMs: stepMs * limit };
}

export function keyHash({ door, key }: Pick<Limit, "door" | "key">): string {
  return createHash("sha256").update(`${door}\n${key}`).digest("base64url");
}
