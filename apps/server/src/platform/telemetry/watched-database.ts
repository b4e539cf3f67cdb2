/**
 * A database that is watched, whatever the engine: how long writes wait and take, what the engine did not take, a span for each. Carries the
 * work into the job, which the queue runs among those of others. Changes nothing of what is written.
 */
import { PliError } from "@pli/core/errors";
import { type Db, isUniqueViolation, type Tx } from "../database/index.ts";
import type { Telemetry } from "./index.ts";
import { currentWork, type Tally, writeFor } from "./work.ts";

export function watchDatabase(db: Db, { meters, tracing }: Telemetry): Db {
  const write = async <T>(job: (tx: Tx) => Promise<T>): Promise<T> => {
    const work = currentWork();
    const parent = work?.span ?? null;
    // Work of nobody in particular (looking for due mails) would only fill traces.
    const span = parent === null ? null : tracing.begin({ name: "database write", kind: "client", parent });
    const orderedMs = performance.now();
    let turnMs = orderedMs;
    let tally: Tally = [];
    try {
      const value = await db.write((tx) => {
        // A job may run twice: only the run that is kept counts.
        turnMs = performance.now();
        tally = [];
        return writeFor(work, tally, () => job(tx));
      });
      for (const { name, labels } of tally) meters.count(name, labels as never);
      span?.end({ attributes: { "pli.wait_ms": turnMs - orderedMs } });
      return value;
    } catch (error) {
      const code = faultOf(error);
      if (code !== null) meters.count("pli_database_write_errors_total", { code });
      span?.end({ ...(code === null ? {} : { error: code }), attributes: { "pli.wait_ms": turnMs - orderedMs } });
      throw error;
    } finally {
      if (meters.isOn) {
        meters.observe("pli_database_write_wait_seconds", {}, (turnMs - orderedMs) / 1000);
        meters.observe("pli_database_write_duration_seconds", {}, (performance.now() - turnMs) / 1000);
      }
    }
  };
  return { ...db, write };
}

/** Null: our own rules refused it, or two wanted the same name; the database did its work. */
function faultOf(error: unknown): string | null {
  if (isUniqueViolation(error)) return null;
  if (!(error instanceof PliError)) return "fault";
  return error.code === "storage_full" || error.code === "unavailable" ? error.code : null;
}
