/** SQL of mailbox codes, tries and proofs. */
import {
  type Db,
  deleteBefore,
  preparedRead,
  preparedWrite,
  type Reader,
  type Tx,
} from "../../platform/database/index.ts";
import type { MailboxCodesTable, MailboxTriesTable } from "./mailbox-codes.table.ts";

export async function insertCode(tx: Tx, row: MailboxCodesTable): Promise<void> {
  await tx.insertInto("mailbox_codes").values(row).execute();
}

/** Codes sent to this address that hash to `codeHmac`, the longest-lived first. */
export const matchingCodes = preparedRead<
  { address: string; codeHmac: string },
  Pick<MailboxCodesTable, "reference" | "expires_at_ms">
>((db, { address, codeHmac }) =>
  db
    .selectFrom("mailbox_codes")
    .select(["reference", "expires_at_ms"])
    .where("address", "=", address)
    .where("code_hmac", "=", codeHmac)
    .orderBy("expires_at_ms", "desc"),
);

type Tries = Pick<MailboxTriesTable, "tries" | "until_ms">;
interface TriesKey {
  readonly address: string;
  readonly deviceSha256: string;
}

const triesOf = preparedRead<TriesKey, Tries>((db, { address, deviceSha256 }) =>
  db
    .selectFrom("mailbox_tries")
    .select(["tries", "until_ms"])
    .where("address", "=", address)
    .where("device_sha256", "=", deviceSha256),
);

/** Wrong codes of this device for this mailbox in the running window. Whoever decides by them holds the mailbox: there may be no row to hold. */
export async function triesNow(
  on: Reader,
  address: string,
  deviceSha256: string,
  nowMs: number,
): Promise<{ readonly tries: number; readonly untilMs: number; readonly areThere: boolean }> {
  const [row] = await triesOf(on, { address, deviceSha256 });
  return row === undefined || row.until_ms <= nowMs
    ? { tries: 0, untilMs: nowMs, areThere: row !== undefined }
    : { tries: row.tries, untilMs: row.until_ms, areThere: true };
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
  await deleteTries(tx, { address, deviceSha256 });
}

const deleteTries = preparedWrite<TriesKey>((db, { address, deviceSha256 }) =>
  db.deleteFrom("mailbox_tries").where("address", "=", address).where("device_sha256", "=", deviceSha256),
);

/** A proof that lasts longer than the one before stays; a shorter one never cuts it. */
export const insertProof = preparedWrite<{ address: string; deviceSha256: string; untilMs: number }>(
  (db, { address, deviceSha256, untilMs }) =>
    db
      .insertInto("mailbox_proofs")
      .values({ device_sha256: deviceSha256, address, until_ms: untilMs })
      .onConflict((conflict) =>
        conflict
          .columns(["device_sha256", "address"])
          .doUpdateSet({ until_ms: untilMs })
          .where("mailbox_proofs.until_ms", "<", untilMs),
      ),
);

export const proofOf = preparedRead<{ deviceSha256: string; address: string }, { readonly until_ms: number }>(
  (db, values) =>
    db
      .selectFrom("mailbox_proofs")
      .select("until_ms")
      .where("device_sha256", "=", values.deviceSha256)
      .where("address", "=", values.address),
);

/** Mailboxes that this device has proven, up to `limit`. */
export const proofsOf = preparedRead<
  { deviceSha256: string; nowMs: number; limit: number },
  { readonly address: string; readonly until_ms: number }
>((db, { deviceSha256, nowMs, limit }) =>
  db
    .selectFrom("mailbox_proofs")
    .select(["address", "until_ms"])
    .where("device_sha256", "=", deviceSha256)
    .where("until_ms", ">", nowMs)
    .limit(limit),
);

/** Forgets what nobody can use: expired codes after a day (until then they are told apart from wrong ones). */
export async function deleteOldCodes(db: Db, nowMs: number, rememberMs: number): Promise<void> {
  await deleteBefore(db, "mailbox_codes", "expires_at_ms", nowMs - rememberMs);
  await deleteBefore(db, "mailbox_tries", "until_ms", nowMs);
  await deleteBefore(db, "mailbox_proofs", "until_ms", nowMs);
}
