/** A grant as a row, and the mail that carries its link. */
import type { GrantCreation } from "@pli/core/wire";
import { toBytes } from "../../platform/database/index.ts";
import type { Mail } from "../notifications/index.ts";
import type { PartyRow } from "./envelopes.queries.ts";
import type { EnvelopesTable, GrantsTable } from "./envelopes.table.ts";

/** The row of a grant given at `nowMs`. The link secret is not in it: it is in no row but the outbox's, encrypted (Z15). */
export function grantRow(
  envelope: Pick<EnvelopesTable, "envelope_id" | "organisation_id" | "member_id">,
  grant: GrantCreation,
  position: number,
  expiresAtMs: number,
  nowMs: number,
): GrantsTable {
  const mailed = grant.delivery === "mail";
  return {
    envelope_id: envelope.envelope_id,
    grant_id: grant.grantId,
    organisation_id: envelope.organisation_id,
    member_id: envelope.member_id,
    position,
    state: "active",
    address: grant.recipient.address,
    name: grant.recipient.name ?? null,
    type: grant.recipient.type,
    language: grant.language,
    delivery: grant.delivery,
    verifier_sha256: grant.verifierSha256,
    wrapped_key: grant.wrappedKey,
    password_params: grant.passwordParams === undefined ? null : JSON.stringify(grant.passwordParams),
    sealed_secret: toBytes(grant.sealedSecret),
    openings_total: grant.openings,
    openings_left: grant.openings,
    expires_at_ms: expiresAtMs,
    first_sent_at_ms: mailed ? nowMs : null,
    last_sent_at_ms: mailed ? nowMs : null,
    sends: mailed ? 1 : 0,
    first_opened_at_ms: null,
    last_opened_at_ms: null,
    open_until_ms: null,
    wrong_tries: 0,
    wrong_total: 0,
    locked_until_ms: null,
  };
}

export interface MailedGrant {
  readonly grant: Pick<GrantCreation, "grantId" | "language" | "openings" | "passwordParams" | "linkSecret"> & {
    readonly recipient: { readonly address: string };
  };
  readonly expiresAtMs: number;
  readonly notBeforeMs?: number;
  /** Not the message itself: its sender said more in its conversation. */
  readonly answer?: true;
}

/** The notification of a grant (M11). */
export function messageMail(
  envelope: Pick<EnvelopesTable, "envelope_id" | "organisation_id">,
  sender: PartyRow,
  { grant, expiresAtMs, notBeforeMs, answer }: MailedGrant,
): Mail {
  return {
    kind: "message",
    to: grant.recipient.address,
    language: grant.language,
    organisationId: envelope.organisation_id,
    envelopeId: envelope.envelope_id,
    grantId: grant.grantId,
    giveUpAtMs: expiresAtMs,
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
    ...(grant.linkSecret === undefined ? {} : { linkSecret: grant.linkSecret }),
    facts: {
      senderName: sender.name,
      senderAddress: sender.address,
      expiresAtMs,
      timeZone: sender.time_zone,
      openings: grant.openings,
      password: grant.passwordParams !== undefined,
      ...(answer === undefined ? {} : { answer }),
    },
  };
}
