/** SQL of mailbox codes, tries and proofs. */
import {
  type Db,
  deleteBefore,
  preparedRead,
  type Reader,
  type Tx,
  writesSideBySide,
} from "../../platform/database/index.ts";
import type { MailboxCodesTable } from "./mailbox-codes.table.ts";

export async function insertCode(tx: Tx, row: MailboxCodesTable): Promise<void> {
  await tx.insertInto("mailbox_codes").values(row).execute();
}

/** Codes sent to this address that hash to `codeHmac`, the longest-lived first. */
export async function matchingCodes(
  on: Reader,
  address: string,
  codeHmac: string,
): Promise<readonly Pick<MailboxCodesTable, "reference" | "expires_at_ms">[]> {
  return await on
    .selectFrom("mailbox_codes")
    .select(["reference", "expires_at_ms"])
    .where("address", "=", address)
    .where("code_hmac", "=", codeHmac)
    .orderBy("expires_at_ms", "desc")
    .execute();
}

/**
 * Holds the tries of this device at this mailbox until the transaction ends, also when there are none yet: codes tried at once are counted
 * one after the other.
 */
export async function holdTries(tx: Tx, address: string, deviceSha256: string, nowMs: number): Promise<void> {
  if (!writesSideBySide(tx)) return;
  await tx
    .insertInto("mailbox_tries")
    .values({ address, device_sha256: deviceSha256, tries: 0, until_ms: nowMs })
    .onConflict((conflict) =>
      conflict.columns(["address", "device_sha256"]).doUpdateSet((is) => ({ tries: is.ref("mailbox_tries.tries") })),
    )
    .execute();
}

/** Wrong codes of this device for this mailbox in the running window. */
export async function wrongTries(
  on: Reader,
  address: string,
  deviceSha256: string,
  nowMs: number,
): Promise<{
  readonly tries: number;
  readonly untilMs: number;
}> {
  const row = await on
    .selectFrom("mailbox_tries")
    .select(["tries", "until_ms"])
    .where("address", "=", address)
    .where("device_sha256", "=", deviceSha256)
    .executeTakeFirst();
  return row === undefined || row.until_ms <= nowMs
    ? { tries: 0, untilMs: nowMs }
    : { tries: row.tries, untilMs: row.until_ms };
}

/** Counts a wrong code by one statement; a window that is over begins anew. */
export async function countWrongCode(
  tx: Tx,
  values: { readonly address: string; readonly deviceSha256: string; readonly nowMs: number; readonly untilMs: number },
): Promise<number> {
  const row = await tx
    .insertInto("mailbox_tries")
    .values({ address: values.address, device_sha256: values.deviceSha256, tries: 1, until_ms: values.untilMs })
    .onConflict((conflict) =>
      conflict.columns(["address", "device_sha256"]).doUpdateSet((is) => ({
        tries: is
          .case()
          .when("mailbox_tries.until_ms", "<=", values.nowMs)
          .then(1)
          .else(is("mailbox_tries.tries", "+", 1))
          .end(),
        until_ms: values.untilMs,
      })),
    )
    .returning("tries")
    .executeTakeFirstOrThrow();
  return row.tries;
}

export async function forgetTries(tx: Tx, address: string, deviceSha256: string): Promise<void> {
  await tx
    .deleteFrom("mailbox_tries")
    .where("address", "=", address)
    .where("device_sha256", "=", deviceSha256)
    .execute();
}

/** A proof that lasts longer than the one before stays; a shorter one never cuts it. */
export async function insertProof(
  tx: Tx,
  proof: { readonly address: string; readonly deviceSha256: string; readonly untilMs: number },
): Promise<void> {
  await tx
    .insertInto("mailbox_proofs")
    .values({ device_sha256: proof.deviceSha256, address: proof.address, until_ms: proof.untilMs })
    .onConflict((conflict) =>
      conflict
        .columns(["device_sha256", "address"])
        .doUpdateSet({ until_ms: proof.untilMs })
        .where("mailbox_proofs.until_ms", "<", proof.untilMs),
    )
    .execute();
}

export const proofOf = preparedRead<{ deviceSha256: string; address: string }, { readonly until_ms: number }>(
  (db, values) =>
    db
      .selectFrom("mailbox_proofs")
      .select("until_ms")
      .where("device_sha256", "=", values.deviceSha256)
      .where("address", "=", values.address),
);

/** Forgets what nobody can use: expired codes after a day (until then they are told apart from wrong ones). */
export async function deleteOldCodes(db: Db, nowMs: number, rememberMs: number): Promise<void> {
  await deleteBefore(db, "mailbox_codes", "expires_at_ms", nowMs - rememberMs);
  await deleteBefore(db, "mailbox_tries", "until_ms", nowMs);
  await deleteBefore(db, "mailbox_proofs", "until_ms", nowMs);
}
