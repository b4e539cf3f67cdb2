/**
 * The pace of all nodes together to one receiving domain (Q11): so many ways, one delivery at a time on each, and a pause between two on the
 * same. Holds unless a node stands still for longer than its lease in the middle of a delivery.
 */
import { setTimeout as pause } from "node:timers/promises";
import { type Db, writesSideBySide } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { addLanes, countLanes, deleteIdleLanes, setLane, takeLane } from "./mail-lanes.queries.ts";

export interface SharedLanes {
  /** Runs `job` when there is a way to the domain. @returns false when none came free in time: `job` did not run */
  run(domain: string, job: () => Promise<void>): Promise<boolean>;
  /** Keeps the ways that are in use. */
  keep(): Promise<void>;
  /** Forgets ways that were not used for a while: made again when they are wanted. */
  forget(): Promise<void>;
}

export interface LaneOptions {
  readonly owner: string;
  /** Ways to one domain. */
  readonly lanes: number;
  /** Between two starts on one of them. */
  readonly gapMs: number;
  /** So long a way stays with a node that died. */
  readonly leaseMs: number;
  /** So long a mail waits for a way. */
  readonly patienceMs: number;
  readonly isStopping: () => boolean;
}

const LOOK_MS = 60;
const IDLE_MS = 3_600_000;

/** Where one process has the database for itself its own pace is all there is. */
export function needsSharedLanes(db: Db): boolean {
  return writesSideBySide(db.read);
}

export function createSharedLanes({ db, clock }: Services, options: LaneOptions): SharedLanes {
  const { owner, lanes, gapMs, leaseMs, patienceMs, isStopping } = options;
  const held = new Set<{ readonly domain: string; readonly lane: number }>();

  const take = async (domain: string): Promise<number | null> => {
    const nowMs = clock.now();
    const wanted = { domain, owner, nowMs, untilMs: nowMs + leaseMs };
    return await db.write(async (tx) => {
      const lane = await takeLane(tx, wanted);
      if (lane !== null || (await countLanes(tx, domain)) >= lanes) return lane;
      await addLanes(tx, domain, lanes);
      return await takeLane(tx, wanted);
    });
  };

  return {
    run: async (domain, job) => {
      const givenUpMs = performance.now() + patienceMs;
      let lane = await take(domain);
      while (lane === null) {
        if (isStopping() || performance.now() >= givenUpMs) return false;
        // Half of it chance: nodes that wait for the same way do not ask in step.
        await pause(LOOK_MS / 2 + Math.random() * LOOK_MS);
        lane = await take(domain);
      }
      const way = { domain, lane };
      const startedMs = clock.now();
      held.add(way);
      try {
        await job();
      } finally {
        held.delete(way);
        const untilMs = Math.max(startedMs + gapMs, clock.now());
        await db.write((tx) => setLane(tx, { ...way, owner, untilMs }));
      }
      return true;
    },
    keep: async () => {
      if (held.size === 0) return;
      const untilMs = clock.now() + leaseMs;
      await db.write(async (tx) => {
        for (const way of held) await setLane(tx, { ...way, owner, untilMs });
      });
    },
    forget: async () => {
      await db.write((tx) => deleteIdleLanes(tx, clock.now() - IDLE_MS));
    },
  };
}
