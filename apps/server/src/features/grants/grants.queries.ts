/** SQL of the recipient's doors: running openings, and the one read that decides about a download. */
import { type Db, deleteBefore, preparedRead, preparedWrite, type Reader } from "../../platform/database/index.ts";
import type { GrantsTable, PartLocation } from "../envelopes/index.ts";

const openingRows = preparedRead<{ grantId: string; deviceSha256: string }, { readonly open_until_ms: number }>(
  (db, values) =>
    db
      .selectFrom("openings")
      .select("open_until_ms")
      .where("grant_id", "=", values.grantId)
      .where("device_sha256", "=", values.deviceSha256),
);

/** Until when this device's opening runs; null when none does. */
export async function openUntil(
  on: Reader,
  grantId: string,
  deviceSha256: string | null,
  nowMs: number,
): Promise<number | null> {
  if (deviceSha256 === null) return null;
  const [row] = await openingRows(on, { grantId, deviceSha256 });
  return row !== undefined && row.open_until_ms > nowMs ? row.open_until_ms : null;
}

export type GrantInfoRow = Pick<
  GrantsTable,
  | "member_id"
  | "state"
  | "address"
  | "language"
  | "language_chosen"
  | "delivery"
  | "mobile"
  | "sms_code"
  | "password_params"
  | "wrapped_key"
  | "openings_total"
  | "openings_left"
  | "expires_at_ms"
  | "of_grant_id"
>;

/** What the landing page needs of a grant, and no more: the read that is asked for most, by one key in one table. */
export const grantInfo = preparedRead<{ grantId: string }, GrantInfoRow>((db, values) =>
  db
    .selectFrom("grants")
    .select([
      "member_id",
      "state",
      "address",
      "language",
      "language_chosen",
      "delivery",
      "mobile",
      "sms_code",
      "password_params",
      "wrapped_key",
      "openings_total",
      "openings_left",
      "expires_at_ms",
      "of_grant_id",
    ])
    .where("grant_id", "=", values.grantId),
);

export const insertOpening = preparedWrite<{ grantId: string; deviceSha256: string; openUntilMs: number }>(
  (db, { grantId, deviceSha256, openUntilMs }) =>
    db
      .insertInto("openings")
      .values({ grant_id: grantId, device_sha256: deviceSha256, open_until_ms: openUntilMs })
      .onConflict((conflict) =>
        conflict.columns(["grant_id", "device_sha256"]).doUpdateSet({ open_until_ms: openUntilMs }),
      ),
);

export async function deleteOldOpenings(db: Db, nowMs: number): Promise<void> {
  await deleteBefore(db, "openings", "open_until_ms", nowMs);
}

/** Replies that this device began at a grant and has not sent, newest first. */
export async function unsentReplies(
  on: Reader,
  where: { readonly envelopeId: string; readonly grantId: string; readonly deviceSha256: string },
): Promise<readonly string[]> {
  const rows = await on
    .selectFrom("envelopes")
    .select("envelope_id")
    .where("in_reply_to", "=", where.envelopeId)
    .where("from_grant_id", "=", where.grantId)
    .where("device_sha256", "=", where.deviceSha256)
    .where("state", "=", "draft")
    .orderBy("envelope_id", "desc")
    .execute();
  return rows.map((row) => row.envelope_id);
}

export interface OpenPart extends PartLocation {
  readonly open_until_ms: number;
  readonly expires_at_ms: number;
  readonly wrapped_key: string | null;
  readonly organisation_id: string;
}

/** A part as far as an opening of this device shows it. */
export const partForDevice = preparedRead<{ grantId: string; deviceSha256: string; part: number }, OpenPart>(
  (db, values) =>
    db
      .selectFrom("openings")
      .innerJoin("grants", "grants.grant_id", "openings.grant_id")
      .innerJoin("parts", "parts.envelope_id", "grants.envelope_id")
      .select([
        "openings.open_until_ms",
        "grants.expires_at_ms",
        "grants.wrapped_key",
        "grants.organisation_id",
        "parts.envelope_id",
        "parts.generation",
        "parts.chunks",
        "parts.size_bytes",
      ])
      .where("openings.grant_id", "=", values.grantId)
      .where("openings.device_sha256", "=", values.deviceSha256)
      .where("parts.part", "=", values.part),
);
