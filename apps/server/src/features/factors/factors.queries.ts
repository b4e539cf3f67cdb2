/** SQL of passkeys, one-time codes and recovery codes. What works once is used up by the statement that finds it. */
import type { Reader, Tx } from "../../platform/database/index.ts";
import type { PasskeysTable, TotpFactorsTable } from "./factors.table.ts";

export async function setSecondStep(tx: Tx, memberId: string, flag: 0 | 1): Promise<void> {
  await tx.updateTable("members").set({ second_step: flag }).where("member_id", "=", memberId).execute();
}

/** The session has just shown a second factor. */
export async function confirmSession(tx: Tx, sessionId: string, nowMs: number): Promise<void> {
  await tx.updateTable("sessions").set({ confirmed_at_ms: nowMs }).where("session_id", "=", sessionId).execute();
}

/** The session has just shown the mailbox. */
export async function noteMailbox(tx: Tx, sessionId: string, nowMs: number): Promise<void> {
  await tx.updateTable("sessions").set({ mailbox_at_ms: nowMs }).where("session_id", "=", sessionId).execute();
}

/** M16 */
export async function setConfirmReplies(tx: Tx, memberId: string, flag: 0 | 1): Promise<void> {
  await tx.updateTable("members").set({ confirm_replies: flag }).where("member_id", "=", memberId).execute();
}

export async function passkeysOfMember(on: Reader, memberId: string): Promise<readonly PasskeysTable[]> {
  return await on
    .selectFrom("passkeys")
    .selectAll()
    .where("member_id", "=", memberId)
    .orderBy("member_id")
    .orderBy("passkey_id")
    .execute();
}

export async function passkeyByCredential(on: Reader, credentialId: string): Promise<PasskeysTable | undefined> {
  return await on.selectFrom("passkeys").selectAll().where("credential_id", "=", credentialId).executeTakeFirst();
}

/** @returns false when the credential is somebody's already */
export async function insertPasskey(tx: Tx, row: PasskeysTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("passkeys")
    .values(row)
    .onConflict((conflict) => conflict.column("credential_id").doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Notes a use. @returns false when the passkey is gone, or its counter went on meanwhile: a copy of it is in use */
export async function usePasskey(
  tx: Tx,
  use: {
    readonly passkeyId: string;
    readonly counterBefore: number;
    readonly counter: number;
    readonly backedUp: 0 | 1;
    readonly nowMs: number;
  },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("passkeys")
    .set({ counter: use.counter, backed_up: use.backedUp, last_used_at_ms: use.nowMs })
    .where("passkey_id", "=", use.passkeyId)
    .where("counter", "=", use.counterBefore)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function renamePasskey(tx: Tx, memberId: string, passkeyId: string, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("passkeys")
    .set({ name })
    .where("passkey_id", "=", passkeyId)
    .where("member_id", "=", memberId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns its name; undefined when there is no such passkey of this member */
export async function deletePasskey(tx: Tx, memberId: string, passkeyId: string): Promise<string | undefined> {
  const row = await tx
    .deleteFrom("passkeys")
    .where("passkey_id", "=", passkeyId)
    .where("member_id", "=", memberId)
    .returning("name")
    .executeTakeFirst();
  return row?.name;
}

export async function totpOfMember(on: Reader, memberId: string): Promise<TotpFactorsTable | undefined> {
  return await on.selectFrom("totp_factors").selectAll().where("member_id", "=", memberId).executeTakeFirst();
}

/** Keeps an offer; a factor that counts already stays. @returns whether it was kept */
export async function putTotp(tx: Tx, row: TotpFactorsTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("totp_factors")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column("member_id")
        .doUpdateSet({ secret: row.secret, last_step: row.last_step, created_at_ms: row.created_at_ms })
        .where("totp_factors.confirmed_at_ms", "is", null),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The offer counts from now on. @returns false when it was another one meanwhile */
export async function confirmTotp(
  tx: Tx,
  offer: Pick<TotpFactorsTable, "member_id" | "secret">,
  step: number,
  nowMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("totp_factors")
    .set({ confirmed_at_ms: nowMs, last_step: step })
    .where("member_id", "=", offer.member_id)
    .where("secret", "=", offer.secret)
    .where("confirmed_at_ms", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Uses a time step up. @returns false when it, or a later one, was used */
export async function useTotpStep(
  tx: Tx,
  factor: Pick<TotpFactorsTable, "member_id" | "secret">,
  step: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("totp_factors")
    .set({ last_step: step })
    .where("member_id", "=", factor.member_id)
    .where("secret", "=", factor.secret)
    .where("last_step", "<", step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns whether there was one */
export async function deleteTotp(tx: Tx, memberId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("totp_factors").where("member_id", "=", memberId).executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function countRecoveryCodes(on: Reader, memberId: string): Promise<number> {
  const row = await on
    .selectFrom("recovery_codes")
    .select((is) => is.fn.countAll<number | string>().as("count"))
    .where("member_id", "=", memberId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

export async function insertRecoveryCodes(
  tx: Tx,
  memberId: string,
  codeHmacs: readonly string[],
  nowMs: number,
): Promise<void> {
  await tx
    .insertInto("recovery_codes")
    .values(codeHmacs.map((hmac) => ({ member_id: memberId, code_hmac: hmac, created_at_ms: nowMs })))
    .execute();
}

export async function deleteRecoveryCodes(tx: Tx, memberId: string): Promise<void> {
  await tx.deleteFrom("recovery_codes").where("member_id", "=", memberId).execute();
}

/** Uses a code. @returns false when there is none such, or somebody was faster */
export async function useRecoveryCode(tx: Tx, memberId: string, codeHmac: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("recovery_codes")
    .where("member_id", "=", memberId)
    .where("code_hmac", "=", codeHmac)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
