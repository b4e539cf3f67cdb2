/** SQL of the leases of jobs: one statement decides, so that of any number of nodes one gets it. */
import type { ExpressionBuilder } from "kysely";
import type { Reader, Schema, Tx } from "../../platform/database/index.ts";

/** A lease or an end that lies so far ahead was written by a clock that was set back since. */
const AHEAD_MAX_MS = 60_000;

export interface JobTurn {
  readonly job: string;
  readonly owner: string;
  readonly nowMs: number;
  /** Not when it ran after this. */
  readonly ranBeforeMs: number;
  /** End of the lease. */
  readonly untilMs: number;
}

function isFree({ nowMs, ranBeforeMs, untilMs }: JobTurn) {
  return (is: ExpressionBuilder<Schema, "job_leases">) =>
    is.and([
      is.or([is("job_leases.until_ms", "<=", nowMs), is("job_leases.until_ms", ">", untilMs + AHEAD_MAX_MS)]),
      is.or([is("job_leases.ran_at_ms", "<=", ranBeforeMs), is("job_leases.ran_at_ms", ">", nowMs + AHEAD_MAX_MS)]),
    ]);
}

/** Whether taking the turn may succeed: a read, so that looking often costs no write. */
export async function isJobDue(on: Reader, turn: JobTurn): Promise<boolean> {
  const row = await on
    .selectFrom("job_leases")
    .select("job")
    .where("job", "=", turn.job)
    .where((is) => is.not(isFree(turn)(is)))
    .executeTakeFirst();
  return row === undefined;
}

/** Takes a job that nobody runs and whose turn has come. @returns whether it is ours */
export async function takeJob(tx: Tx, turn: JobTurn): Promise<boolean> {
  const { job, owner, untilMs } = turn;
  const taken = await tx
    .insertInto("job_leases")
    .values({ job, owner, until_ms: untilMs, ran_at_ms: 0 })
    .onConflict((conflict) =>
      conflict
        .column("job")
        .doUpdateSet({ owner, until_ms: untilMs })
        .where((is) => isFree(turn)(is as unknown as ExpressionBuilder<Schema, "job_leases">)),
    )
    .returning("job")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Keeps it. @returns false when it is another's by now */
export async function keepJob(
  tx: Tx,
  { job, owner, untilMs }: Pick<JobTurn, "job" | "owner" | "untilMs">,
): Promise<boolean> {
  const kept = await tx
    .updateTable("job_leases")
    .set({ until_ms: untilMs })
    .where("job", "=", job)
    .where("owner", "=", owner)
    .returning("job")
    .executeTakeFirst();
  return kept !== undefined;
}

/** Gives it back. @param ranAtMs null: it did not come to its end, and anybody may begin anew at once */
export async function giveJobBack(
  tx: Tx,
  { job, owner, ranAtMs }: { readonly job: string; readonly owner: string; readonly ranAtMs: number | null },
): Promise<void> {
  await tx
    .updateTable("job_leases")
    .set({ owner: null, until_ms: 0, ...(ranAtMs === null ? {} : { ran_at_ms: ranAtMs }) })
    .where("job", "=", job)
    .where("owner", "=", owner)
    .execute();
}
