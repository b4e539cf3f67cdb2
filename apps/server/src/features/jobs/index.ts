/** Runs the jobs: ends what is overdue every few seconds, cleans now and then. Never two at a time in one process. */
import type { Feature } from "../../http/feature.ts";
import { erasingDone } from "../envelopes/index.ts";
import { attempt } from "./attempt.ts";
import { cleanRows, endOverdue, sweepBlobs } from "./run-jobs.ts";

export { cleanRows, endOverdue, sweepBlobs } from "./run-jobs.ts";

const EVERY_MS = 5_000;
const CLEAN_EVERY_MS = 10 * 60_000;
const SWEEP_EVERY_MS = 6 * 3_600_000;

export const jobs: Feature = {
  name: "jobs",
  start: async (services) => {
    let stopped = false;
    let timer: NodeJS.Timeout | undefined;
    let cleanedAtMs = Number.NEGATIVE_INFINITY;
    let sweptAtMs = Number.NEGATIVE_INFINITY;
    const turn = async () => {
      await attempt(services, "overdue", endOverdue);
      const nowMs = performance.now();
      if (!stopped && nowMs - cleanedAtMs >= CLEAN_EVERY_MS) {
        cleanedAtMs = nowMs;
        await attempt(services, "rows", cleanRows);
      }
      if (!stopped && nowMs - sweptAtMs >= SWEEP_EVERY_MS) {
        sweptAtMs = nowMs;
        await attempt(services, "blobs", sweepBlobs);
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
