/**
 * Deleting what time has ended, a slice at a time along the index of that time: nobody waits behind a long deletion, and a table of millions is
 * never looked through. Runs on several nodes at once.
 */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Rows in one transaction: some milliseconds of it. Rows of one and the same instant go together. */
const SLICE = 500;

/**
 * Deletes the rows whose `column` is below `beforeMs`. There must be an index on it.
 * @param only the condition of that index, where it is a partial one
 */
export async function deleteBefore<Table extends keyof Schema & string>(
  db: Db,
  table: Table,
  column: keyof Schema[Table] & string,
  beforeMs: number,
  only: RawBuilder<SqlBool> = sql<SqlBool>`true`,
): Promise<void> {
  const [from, at] = [sql.table(table), sql.ref(column)];
  const overdueAfter = async (afterMs: number, skipped: number): Promise<number | undefined> => {
    const row = sql<{ at_ms: number }>`
      select ${at} as at_ms from ${from} where ${only} and ${at} > ${afterMs} and ${at} < ${beforeMs} order by ${at} limit 1 offset ${skipped}`;
    return (await row.execute(db.read)).rows[0]?.at_ms;
  };
  let doneMs = -1;
  while ((await overdueAfter(doneMs, 0)) !== undefined) {
    const fromMs = doneMs;
    const untilMs = (await overdueAfter(fromMs, SLICE)) ?? beforeMs - 1;
    // Between two times: how little that is, any engine sees.
    await db.write((tx) =>
      sql`delete from ${from} where ${only} and ${at} > ${fromMs} and ${at} <= ${untilMs}`.execute(tx),
    );
    doneMs = untilMs;
  }
}
