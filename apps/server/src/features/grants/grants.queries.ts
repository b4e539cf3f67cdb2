/** SQL of the recipient's doors: running openings, and the one read that decides about a download. */
import { preparedRead, type Reader, type Tx } from "../../platform/database/index.ts";
import type { EnvelopesTable, GrantsTable, PartLocation } from "../envelopes/index.ts";

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

export interface GrantInfoRow {
  readonly state: GrantsTable["state"];
  readonly envelope_state: EnvelopesTable["state"];
  readonly address: string;
  readonly language: GrantsTable["language"];
  readonly delivery: GrantsTable["delivery"];
  readonly password_params: string | null;
  readonly wrapped_key: string | null;
  readonly openings_total: number;
  readonly openings_left: number;
  readonly expires_at_ms: number;
  readonly member_name: string;
  readonly member_address: string;
  readonly organisation: string;
}

/** What the landing page needs of a grant, and no more: the read that is asked for most. */
export const grantInfo = preparedRead<{ grantId: string }, GrantInfoRow>((db, values) =>
  db
    .selectFrom("grants")
    .innerJoin("envelopes", "envelopes.envelope_id", "grants.envelope_id")
    .innerJoin("members", "members.member_id", "envelopes.member_id")
    .innerJoin("organisations", "organisations.organisation_id", "grants.organisation_id")
    .select([
      "grants.state",
      "envelopes.state as envelope_state",
      "grants.address",
      "grants.language",
      "grants.delivery",
      "grants.password_params",
      "grants.wrapped_key",
      "grants.openings_total",
      "grants.openings_left",
      "grants.expires_at_ms",
      "members.name as member_name",
      "members.address as member_address",
      "organisations.name as organisation",
    ])
    .where("grants.grant_id", "=", values.grantId),
);

export async function insertOpening(
  tx: Tx,
  opening: { readonly grantId: string; readonly deviceSha256: string; readonly openUntilMs: number },
): Promise<void> {
  await tx
    .insertInto("openings")
    .values({ grant_id: opening.grantId, device_sha256: opening.deviceSha256, open_until_ms: opening.openUntilMs })
    .onConflict((conflict) =>
      conflict.columns(["grant_id", "device_sha256"]).doUpdateSet({ open_until_ms: opening.openUntilMs }),
    )
    .execute();
}

export async function deleteOldOpenings(tx: Tx, nowMs: number): Promise<void> {
  await tx.deleteFrom("openings").where("open_until_ms", "<", nowMs).execute();
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
