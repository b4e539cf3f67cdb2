/**
 * Gauges that cost a look at the database, read when somebody scrapes and kept for a while: however often anybody asks, the cost is the same.
 * Of many envelopes the count is made a page at a time between requests; until it is done the last one stands.
 */
import type { Services } from "../../services.ts";
import { countEnvelopes, type EnvelopeCount, validSessions, waitingMails } from "./metrics.queries.ts";

const QUEUE_KEPT_MS = 5_000;
const SESSIONS_KEPT_MS = 60_000;
const ENVELOPES_KEPT_MS = 10 * 60_000;
const PAGE = 1_000;
/** A scrape waits so long for a first count; a larger one arrives with a later scrape. */
const PATIENCE_MS = 500;

/** @returns what brings the gauges up to date, and never throws: a figure that cannot be had keeps its last value */
export function createGauges(services: Services): () => Promise<void> {
  const looks = [
    kept(services, QUEUE_KEPT_MS, () => readQueue(services)),
    kept(services, QUEUE_KEPT_MS, () => readSpace(services)),
    kept(services, SESSIONS_KEPT_MS, () => readSessions(services)),
    kept(services, ENVELOPES_KEPT_MS, () => readEnvelopes(services)),
  ];
  return async () => {
    const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
    await Promise.race([Promise.all(looks.map((look) => look())), patience]);
  };
}

/** Runs `read` at most once per `keptMs`, and never twice at the same time. */
function kept({ clock, logger }: Services, keptMs: number, read: () => Promise<void>): () => Promise<void> {
  let atMs: number | null = null;
  let running: Promise<void> | null = null;
  return () => {
    const nowMs = clock.now();
    // A clock that was set back must not keep it for longer either.
    if (running !== null || (atMs !== null && Math.abs(nowMs - atMs) < keptMs)) return running ?? Promise.resolve();
    atMs = nowMs;
    running = read()
      .catch((error: unknown) => {
        atMs = null;
        logger.warn({ fault: error instanceof Error ? error.name : typeof error }, "gauge not read");
      })
      .finally(() => {
        running = null;
      });
    return running;
  };
}

async function readQueue({ db, clock, telemetry: { meters } }: Services): Promise<void> {
  const nowMs = clock.now();
  const rows = await waitingMails(db.read, nowMs);
  let lateMs = 0;
  for (const state of ["due", "later", "leased"] as const) {
    const row = rows.find(({ place }) => place === state);
    meters.set("pli_outbox_mails", { state }, row?.mails ?? 0);
    meters.set("pli_outbox_oldest_seconds", { state }, row === undefined ? 0 : (nowMs - row.oldestAtMs) / 1000);
    if (state === "due" && row !== undefined) lateMs = nowMs - row.nextTryAtMs;
  }
  meters.set("pli_outbox_late_seconds", {}, lateMs / 1000);
}

async function readSpace({ blobs, clock, telemetry: { meters } }: Services): Promise<void> {
  meters.set("pli_clock_ahead_seconds", {}, (clock.aheadMs?.() ?? 0) / 1000);
  const space = await blobs.freeSpace();
  if (space === null) meters.clear("pli_store_free_bytes");
  else meters.set("pli_store_free_bytes", {}, space.freeBytes);
}

async function readSessions({ db, clock, telemetry: { meters } }: Services): Promise<void> {
  const counts = await validSessions(db.read, clock.now());
  meters.clear("pli_sessions");
  for (const { kind, sessions } of counts) meters.set("pli_sessions", { kind }, sessions);
}

async function readEnvelopes({ db, isStopping, telemetry: { meters } }: Services): Promise<void> {
  const totals = new Map<string, EnvelopeCount>();
  for (let afterId: string | null = ""; afterId !== null; ) {
    const { counts, lastId }: Awaited<ReturnType<typeof countEnvelopes>> = await countEnvelopes(db.read, afterId, PAGE);
    for (const one of counts) {
      const key = `${one.kind} ${one.state}`;
      const sum = totals.get(key);
      totals.set(key, {
        ...one,
        envelopes: one.envelopes + (sum?.envelopes ?? 0),
        keptBytes: one.keptBytes + (sum?.keptBytes ?? 0),
      });
    }
    afterId = lastId;
    if (isStopping()) return;
    // A page costs about a millisecond: between two of them everybody else has their turn.
    if (afterId !== null) await new Promise<void>((resolve) => setTimeout(resolve, 5).unref());
  }
  meters.clear("pli_envelopes");
  meters.clear("pli_stored_bytes");
  const bytes = new Map<string, number>();
  for (const { kind, state, envelopes, keptBytes } of totals.values()) {
    meters.set("pli_envelopes", { kind, state }, envelopes);
    bytes.set(kind, (bytes.get(kind) ?? 0) + keptBytes);
  }
  for (const [kind, sum] of bytes) meters.set("pli_stored_bytes", { kind }, sum);
}
