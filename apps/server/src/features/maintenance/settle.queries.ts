/** SQL of what a restore makes right after the tables are back. */
import type { Tx } from "../../platform/database/index.ts";
import type { OutboxTable } from "../notifications/outbox.table.ts";

/**
 * So many openings of this grant are used at least. @returns how many more that is than was known, and the grant's row before; null when
 * nothing changes
 */
export async function raiseUsedOpenings(
  tx: Tx,
  grantId: string,
  used: number,
  atMs: number,
): Promise<{
  readonly more: number;
  readonly isFirst: boolean;
  readonly envelopeId: string;
  readonly organisationId: string;
  readonly openingsLeft: number;
} | null> {
  const row = await tx
    .selectFrom("grants")
    .select(["envelope_id", "organisation_id", "state", "openings_total", "openings_left", "first_opened_at_ms"])
    .where("grant_id", "=", grantId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const openingsLeft = Math.max(0, row.openings_total - used);
  const more = row.openings_left - openingsLeft;
  if (more <= 0) return null;
  await tx
    .updateTable("grants")
    .set({
      openings_left: openingsLeft,
      // Nobody's hour can go on: the devices that opened since are not known. The key goes with what is overdue.
      ...(openingsLeft === 0 && row.state === "active" ? { state: "used_up" as const, open_until_ms: atMs } : {}),
      first_opened_at_ms: row.first_opened_at_ms ?? atMs,
      last_opened_at_ms: atMs,
    })
    .where("grant_id", "=", grantId)
    .execute();
  return {
    more,
    isFirst: row.first_opened_at_ms === null,
    envelopeId: row.envelope_id,
    organisationId: row.organisation_id,
    openingsLeft,
  };
}

/** Removes a slot of a keyring, unless it is the only one left. @returns whether it is gone */
export async function removeSlotAgain(tx: Tx, memberId: string, slotId: string): Promise<boolean> {
  const slots = await tx.selectFrom("key_slots").select("slot_id").where("member_id", "=", memberId).execute();
  if (!slots.some((slot) => slot.slot_id === slotId)) return true;
  if (slots.length === 1) return false;
  await tx.deleteFrom("key_slots").where("member_id", "=", memberId).where("slot_id", "=", slotId).execute();
  await tx
    .updateTable("keyrings")
    .set({ slot_count: slots.length - 1 })
    .where("member_id", "=", memberId)
    .execute();
  return true;
}

/** Mails that were waiting when the back-up was taken, oldest first. */
export async function waitingMails(
  tx: Tx,
  limit: number,
): Promise<readonly Pick<OutboxTable, "mail_id" | "kind" | "envelope_id" | "grant_id" | "organisation_id">[]> {
  return await tx
    .selectFrom("outbox")
    .select(["mail_id", "kind", "envelope_id", "grant_id", "organisation_id"])
    .where("state", "=", "waiting")
    .orderBy("mail_id")
    .limit(limit)
    .execute();
}

export async function giveUpMails(tx: Tx, mailIds: readonly string[], reason: string, atMs: number): Promise<void> {
  await tx
    .updateTable("outbox")
    .set({
      state: "failed",
      secret: null,
      facts: "{}",
      ended_at_ms: atMs,
      reason,
      lease_owner: null,
      lease_until_ms: 0,
    })
    .where("mail_id", "in", mailIds)
    .execute();
}
