/**
 * A job of which one node at a time does its turn: for what walks through everything, and would only be done N times by N nodes. The lease
 * spares work and decides nothing: every job may be cut, and run twice, at any instant.
 */
import type { Services } from "../../services.ts";
import { giveJobBack, isJobDue, keepJob, takeJob } from "./job-leases.queries.ts";

/** So long a job stays with a node that died. */
const LEASE_MS = 30_000;

/** Whether to go on: asked between two pieces of work. */
export type GoOn = () => boolean;

export interface LeaseOptions {
  /** This runner's name among all nodes. */
  readonly owner: string;
  /** Not again for so long, whoever ran it last and however that ended. */
  readonly everyMs: number;
  readonly goOn: GoOn;
  readonly leaseMs?: number;
}

/**
 * Runs `run` if its turn has come and no other node is at it; gives the lease back at the end. Told to stop, it leaves the turn to others.
 * @throws what `run` throws
 */
export async function runLeased(
  services: Services,
  job: string,
  { owner, everyMs, goOn, leaseMs = LEASE_MS }: LeaseOptions,
  run: (goOn: GoOn) => Promise<unknown>,
): Promise<void> {
  const { db, clock } = services;
  const nowMs = clock.now();
  const turn = { job, owner, nowMs, ranBeforeMs: nowMs - everyMs, untilMs: nowMs + leaseMs };
  if (!(await isJobDue(db.read, turn))) return;
  if (!(await db.write((tx) => takeJob(tx, turn)))) return;
  let isOurs = true;
  const keeping = setInterval(() => {
    const untilMs = clock.now() + leaseMs;
    db.write((tx) => keepJob(tx, { job, owner, untilMs })).then(
      (kept) => {
        isOurs = kept;
      },
      () => {
        // The database is gone for a moment: the job itself finds out, and the lease may end.
      },
    );
  }, leaseMs / 3);
  keeping.unref();
  try {
    await run(() => isOurs && goOn());
  } finally {
    clearInterval(keeping);
    const ranAtMs = isOurs && goOn() ? clock.now() : null;
    await db.write((tx) => giveJobBack(tx, { job, owner, ranAtMs }));
  }
}
