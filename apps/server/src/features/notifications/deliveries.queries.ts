/** SQL of what became of mails. */
import type { Language } from "@pli/core/wire";
import type { Reader, Tx } from "../../platform/database/index.ts";
import type { MailDeliveriesTable } from "./deliveries.table.ts";

/** Writes the latest word on a mail over the one before. */
export async function putDelivery(tx: Tx, row: MailDeliveriesTable): Promise<void> {
  const { mail_id: _, ...news } = row;
  await tx
    .insertInto("mail_deliveries")
    .values(row)
    .onConflict((conflict) => conflict.column("mail_id").doUpdateSet(news))
    .execute();
}

export async function deliveryOf(on: Reader, mailId: string): Promise<MailDeliveriesTable | undefined> {
  return await on.selectFrom("mail_deliveries").selectAll().where("mail_id", "=", mailId).executeTakeFirst();
}

/** Whose message a grant belongs to, as far as telling them needs. Undefined when it is no live grant of a member. */
export interface Sender {
  readonly address: string;
  readonly language: Language;
  readonly time_zone: string;
  readonly reference: string | null;
  readonly recipient_name: string | null;
  /** Of a reply to all: who wrote it, and the message that it answers. */
  readonly from_address: string | null;
  readonly in_reply_to: string | null;
}

export async function senderOfGrant(on: Reader, grantId: string): Promise<Sender | undefined> {
  const row = await on
    .selectFrom("grants")
    .innerJoin("envelopes", "envelopes.envelope_id", "grants.envelope_id")
    .innerJoin("members", "members.member_id", "envelopes.member_id")
    .select([
      "members.address",
      "members.language",
      "members.time_zone",
      "envelopes.reference",
      "grants.name as recipient_name",
      "envelopes.from_address",
      "envelopes.in_reply_to",
    ])
    .where("grants.grant_id", "=", grantId)
    .where("grants.state", "=", "active")
    .executeTakeFirst();
  // Written by accounts alone, which checked it.
  return row === undefined ? undefined : { ...row, language: row.language as Language };
}
