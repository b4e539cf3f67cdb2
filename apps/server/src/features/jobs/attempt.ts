/**
 * One run of a job: its id, its span, its time, its line in the log. A job that fails is tried again at the next turn; the others run all
 * the same.
 */
import { newRequestId } from "../../http/request-id.ts";
import { workOn } from "../../platform/telemetry/index.ts";
import type { Services } from "../../services.ts";

/** Runs every few seconds: a line each time would be all that one sees. */
const FREQUENT = new Set(["overdue"]);

/** Never throws. @returns whether it went well */
export async function attempt(
  services: Services,
  job: string,
  run: (services: Services) => Promise<unknown>,
): Promise<boolean> {
  const { logger, clock, telemetry } = services;
  const { meters, tracing } = telemetry;
  const runId = newRequestId();
  const span = tracing.begin({ name: `job ${job}`, kind: "internal", attributes: { "pli.run_id": runId } });
  const startedMs = performance.now();
  let failure: string | null = null;
  try {
    await workOn({ id: runId, span }, () => run(services));
  } catch (error) {
    failure = nameOf(error);
  }
  const ms = Math.round((performance.now() - startedMs) * 10) / 10;
  meters.observe("pli_job_duration_seconds", { job }, ms / 1000);
  meters.count("pli_job_runs_total", { job, outcome: failure === null ? "done" : "failed" });
  if (failure === null) meters.set("pli_job_last_success_timestamp_seconds", { job }, clock.now() / 1000);
  span?.end(failure === null ? {} : { error: failure });
  if (failure !== null) logger.error({ job, runId, ms, code: failure }, "job failed");
  else logger[FREQUENT.has(job) ? "debug" : "info"]({ job, runId, ms }, "job done");
  return failure === null;
}

/** Never the message of an error: it may quote what it worked on. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error ? String(error.code) : error.name;
}
