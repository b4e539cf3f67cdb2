/** SQL of what recipients ask of the sender behind a link: another copy, or that it was not for them. */
import type { Reader, Tx } from "../../platform/database/index.ts";
import type { CopyRequestsTable } from "./envelopes.table.ts";

export async function insertCopyRequest(tx: Tx, row: CopyRequestsTable): Promise<void> {
  await tx.insertInto("copy_requests").values(row).execute();
}

/** Whether a request of this kind waits for the sender already. */
export async function hasOpenRequest(
  on: Reader,
  wanted: Pick<CopyRequestsTable, "envelope_id" | "grant_id" | "reason">,
): Promise<boolean> {
  const row = await on
    .selectFrom("copy_requests")
    .select("request_id")
    .where("envelope_id", "=", wanted.envelope_id)
    .where("grant_id", "=", wanted.grant_id)
    .where("reason", "=", wanted.reason)
    .where("done", "=", 0)
    .executeTakeFirst();
  return row !== undefined;
}

export async function copyRequestsOf(on: Reader, envelopeId: string): Promise<readonly CopyRequestsTable[]> {
  return await on
    .selectFrom("copy_requests")
    .selectAll()
    .where("envelope_id", "=", envelopeId)
    .orderBy("request_id", "desc")
    .execute();
}

export async function markRequestDone(tx: Tx, envelopeId: string, requestId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("copy_requests")
    .set({ done: 1 })
    .where("envelope_id", "=", envelopeId)
    .where("request_id", "=", requestId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
