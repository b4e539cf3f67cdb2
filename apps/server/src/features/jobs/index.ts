/**
 * Runs the jobs: ends what is overdue every few seconds, cleans now and then. One runner a node; of all nodes one at a time does a job, and
 * a node that dies is followed by another when its lease is over.
 */
import { randomUUID } from "node:crypto";
import type { Feature } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import { erasingDone } from "../envelopes/index.ts";
import { attempt, nameOf } from "./attempt.ts";
import { type GoOn, runLeased } from "./lease-job.ts";
import { cleanRows, endOverdue, isAnythingOverdue, sweepBlobs } from "./run-jobs.ts";

export { cleanRows, endOverdue, sweepBlobs } from "./run-jobs.ts";

const EVERY_MS = 5_000;

interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** Absent: always. */
  readonly isNeeded?: (services: Services) => Promise<boolean>;
  readonly run: (services: Services, goOn: GoOn) => Promise<unknown>;
}

const JOBS: readonly Job[] = [
  // A little less than the time between two looks: one node alone takes every turn.
  { name: "overdue", everyMs: EVERY_MS - 1000, isNeeded: isAnythingOverdue, run: endOverdue },
  { name: "rows", everyMs: 10 * 60_000, run: cleanRows },
  { name: "blobs", everyMs: 6 * 3_600_000, run: sweepBlobs },
];

export const jobs: Feature = {
  name: "jobs",
  start: async (services) => {
    const owner = randomUUID();
    let stopped = false;
    let timer: NodeJS.Timeout | undefined;
    const goOn = () => !stopped;
    const take = async ({ name, everyMs, isNeeded, run }: Job) => {
      if (isNeeded !== undefined && !(await isNeeded(services))) {
        await attempt(services, name, async () => {});
        return;
      }
      await runLeased(services, name, { owner, everyMs, goOn }, (still) =>
        attempt(services, name, () => run(services, still)),
      );
    };
    const turn = async () => {
      for (const job of JOBS) {
        if (stopped) return;
        await take(job).catch((error: unknown) => {
          services.logger.warn({ job: job.name, code: nameOf(error) }, "job not begun");
        });
      }
      if (!stopped) timer = setTimeout(() => (running = turn()), EVERY_MS);
    };
    let running = turn();
    return {
      stop: async () => {
        stopped = true;
        clearTimeout(timer);
        await running;
        await erasingDone(services);
      },
    };
  },
};
