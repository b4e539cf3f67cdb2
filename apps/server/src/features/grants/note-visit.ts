/**
 * Visits and downloads for the register (M12, M22): noted in memory, written together a little later. Nothing depends on them: a visit is
 * never an opening, and a crash may lose some. Bounded, whatever comes in.
 */

import { type Tx, writesSideBySide } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { findGrant } from "../envelopes/index.ts";
import { appendJournal, type JournalEntry } from "../journal/index.ts";
import { takeEachIn } from "../limits/index.ts";
import { isLongEnded } from "./grants.policy.ts";

export interface Visit {
  readonly grantId: string;
  readonly event: "visited" | "downloaded";
  readonly network: string;
  readonly agent: string;
  readonly machine: boolean;
}

const WAITING_MAX = 1000;
const FLUSH_MS = 500;
/** The same visitor within this time is one line, at whatever node. */
const AGAIN_MS = 60_000;

interface Desk {
  readonly waiting: Map<string, Visit & { readonly atMs: number }>;
  readonly recent: Map<string, number>;
  timer: NodeJS.Timeout | null;
}
const desks = new WeakMap<Services["db"], Desk>();

function deskOf(services: Services): Desk {
  let desk = desks.get(services.db);
  if (desk === undefined) {
    desk = { waiting: new Map(), recent: new Map(), timer: null };
    desks.set(services.db, desk);
  }
  return desk;
}

export function noteVisit(services: Services, visit: Visit): void {
  const desk = deskOf(services);
  const atMs = services.clock.now();
  const key = JSON.stringify(visit);
  if (atMs - (desk.recent.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
  if (desk.waiting.size >= WAITING_MAX) return;
  if (desk.recent.size >= WAITING_MAX * 4) desk.recent.clear();
  desk.recent.set(key, atMs);
  desk.waiting.set(key, { ...visit, atMs });
  desk.timer ??= setTimeout(() => {
    flushVisits(services).catch(() => services.logger.warn("visits not noted"));
  }, FLUSH_MS);
}

/** Writes what is waiting. Called at the end, too. */
export async function flushVisits(services: Services): Promise<void> {
  const desk = deskOf(services);
  if (desk.timer !== null) clearTimeout(desk.timer);
  desk.timer = null;
  if (desk.waiting.size === 0) return;
  const visits = [...desk.waiting.values()];
  desk.waiting.clear();
  const entries: JournalEntry[] = [];
  for (const visit of visits) {
    const grant = await findGrant(services.db.read, visit.grantId);
    if (grant === null || isLongEnded(grant, visit.atMs)) continue;
    const { network, agent, machine } = visit;
    entries.push({
      envelopeId: grant.envelope_id,
      organisationId: grant.organisation_id,
      atMs: visit.atMs,
      event: visit.event,
      grantId: visit.grantId,
      facts: { network, agent, machine },
    });
  }
  if (entries.length === 0) return;
  const nowMs = services.clock.now();
  await services.db.write(async (tx) => {
    // One process knows by itself whom it noted.
    const fresh = writesSideBySide(tx) ? await withoutNoted(tx, nowMs, entries) : entries;
    if (fresh.length > 0) await appendJournal(tx, fresh);
  });
}

/** Those that no other node noted in the last minute: the turns of a door with one. */
async function withoutNoted(tx: Tx, nowMs: number, entries: readonly JournalEntry[]): Promise<readonly JournalEntry[]> {
  const byKey = new Map(entries.map((entry) => [JSON.stringify([entry.grantId, entry.event, entry.facts]), entry]));
  const turns = { door: "visit-noted", keys: [...byKey.keys()], limit: 1, windowSeconds: AGAIN_MS / 1000 };
  const fresh = await takeEachIn(tx, nowMs, turns);
  return [...byKey].flatMap(([key, entry]) => (fresh.has(key) ? [entry] : []));
}
