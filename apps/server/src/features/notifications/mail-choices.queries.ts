/** SQL of what members want to be told by mail. */
import type { Language } from "@pli/core/wire";
import type { Reader, Tx } from "../../platform/database/index.ts";

export interface Chooser {
  readonly memberId: string;
  readonly language: Language;
  /** Whether mails of this kind are not wanted. */
  readonly off: boolean;
}

/** The member who receives mail at this address of the organisation, and their choice about one kind. */
export async function chooserAt(
  on: Reader,
  at: { readonly organisationId: string; readonly address: string },
  kind: string,
): Promise<Chooser | null> {
  const row = await choosers(on, kind)
    .where("members.organisation_id", "=", at.organisationId)
    .where("members.address", "=", at.address)
    .executeTakeFirst();
  return row === undefined ? null : chooserOf(row);
}

export async function chooserById(on: Reader, memberId: string, kind: string): Promise<Chooser | null> {
  const row = await choosers(on, kind).where("members.member_id", "=", memberId).executeTakeFirst();
  return row === undefined ? null : chooserOf(row);
}

function choosers(on: Reader, kind: string) {
  return on
    .selectFrom("members")
    .leftJoin("mail_choices", (join) =>
      join.onRef("mail_choices.member_id", "=", "members.member_id").on("mail_choices.kind", "=", kind),
    )
    .select(["members.member_id", "members.language", "mail_choices.off_at_ms"]);
}

function chooserOf(row: { member_id: string; language: string; off_at_ms: number | null }): Chooser {
  // Written by accounts alone, which checked the language.
  return { memberId: row.member_id, language: row.language as Language, off: row.off_at_ms !== null };
}

export interface MailReader {
  readonly address: string;
  readonly organisationId: string;
  readonly language: string;
  /** Mails of this kind are not wanted. */
  readonly off: boolean;
}

/** Every member of the server, with their choice about one kind. */
export async function mailReaders(on: Reader, kind: string): Promise<readonly MailReader[]> {
  const rows = await choosers(on, kind)
    .select(["members.address", "members.organisation_id"])
    .orderBy("members.address")
    .execute();
  return rows.map((row) => ({
    address: row.address,
    organisationId: row.organisation_id,
    language: row.language,
    off: row.off_at_ms !== null,
  }));
}

/** Kinds that this member does not want. */
export async function kindsOff(on: Reader, memberId: string): Promise<ReadonlySet<string>> {
  const rows = await on.selectFrom("mail_choices").select("kind").where("member_id", "=", memberId).execute();
  return new Set(rows.map(({ kind }) => kind));
}

/** Again changes nothing. */
export async function switchOff(tx: Tx, memberId: string, kind: string, atMs: number): Promise<void> {
  await tx
    .insertInto("mail_choices")
    .values({ member_id: memberId, kind, off_at_ms: atMs })
    .onConflict((conflict) => conflict.columns(["member_id", "kind"]).doNothing())
    .execute();
}

export async function switchOn(tx: Tx, memberId: string, kind: string): Promise<void> {
  await tx.deleteFrom("mail_choices").where("member_id", "=", memberId).where("kind", "=", kind).execute();
}
