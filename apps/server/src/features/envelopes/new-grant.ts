/** A grant as a row, and the mail or SMS that carries its link. */
import { asksSmsCode, type ClearText, type Delivery, type GrantCreation, isMobileForm } from "@pli/core/wire";
import { fromFlag, toBytes, toFlag } from "../../platform/database/index.ts";
import type { Mail, Sms } from "../notifications/index.ts";
import { passwordParamsOf } from "./describe.ts";
import type { PartyRow } from "./envelopes.queries.ts";
import type { EnvelopesTable, GrantsTable } from "./envelopes.table.ts";
import type { GrantRow } from "./grants.queries.ts";
import type { NamedGrant } from "./name-languages.ts";

/** What every grant begins with, whoever gives it. */
export const UNOPENED = {
  state: "active",
  first_opened_at_ms: null,
  last_opened_at_ms: null,
  open_until_ms: null,
  wrong_tries: 0,
  wrong_total: 0,
  locked_until_ms: null,
} as const satisfies Partial<GrantsTable>;

/** The row of a grant given at `nowMs`. The link secret is not in it: it is in no row but the outbox's, encrypted (Z15). */
export function grantRow(
  envelope: Pick<EnvelopesTable, "envelope_id" | "organisation_id" | "member_id">,
  grant: NamedGrant,
  position: number,
  expiresAtMs: number,
  nowMs: number,
): GrantsTable {
  const mailed = grant.delivery !== "link";
  const { mobile, smsCode } = smsOf(grant);
  return {
    envelope_id: envelope.envelope_id,
    grant_id: grant.grantId,
    organisation_id: envelope.organisation_id,
    member_id: envelope.member_id,
    position,
    ...UNOPENED,
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
    mobile,
    sms_code: toFlag(smsCode),
    language_chosen: toFlag(grant.languageChosen ?? true),
    of_grant_id: null,
  };
}

/**
 * The number of a grant, kept only where something is sent to it, and whether a code goes there: always to who has no mailbox that could be
 * proven (decision 19).
 */
export function smsOf(grant: Pick<GrantCreation, "recipient" | "delivery" | "smsCode">): {
  readonly mobile: string | null;
  readonly smsCode: boolean;
} {
  const { address, mobile } = grant.recipient;
  const smsCode = asksSmsCode(grant);
  if (!smsCode && grant.delivery !== "sms") return { mobile: null, smsCode };
  return { mobile: isMobileForm(address) ? address : (mobile ?? null), smsCode };
}

export interface MailedGrant {
  readonly grant: Pick<
    NamedGrant,
    "grantId" | "language" | "openings" | "passwordParams" | "smsCode" | "linkSecret"
  > & {
    readonly recipient: { readonly address: string };
    readonly delivery: Delivery;
    /** With delivery `sms`. */
    readonly mobile: string | null;
  };
  readonly expiresAtMs: number;
  readonly notBeforeMs?: number;
  /** M2: the attachments alone are sealed. */
  readonly clear?: ClearText;
  /** Not the message itself: its sender said more in its conversation. */
  readonly answer?: true;
}

/** A grant that was given before, to be told of once more. @param linkSecret when its link goes along */
export function noticedGrant(grant: GrantRow, linkSecret: string | undefined): MailedGrant["grant"] {
  const params = passwordParamsOf(grant);
  return {
    grantId: grant.grant_id,
    recipient: { address: grant.address },
    delivery: grant.delivery,
    mobile: grant.mobile,
    language: grant.language,
    openings: grant.openings_left,
    smsCode: fromFlag(grant.sms_code),
    ...(linkSecret === undefined ? {} : { linkSecret }),
    ...(params === null ? {} : { passwordParams: params }),
  };
}

/** The notification of a grant: a mail (M11), or an SMS (M8). */
export function messageNotice(
  envelope: Pick<EnvelopesTable, "envelope_id" | "organisation_id">,
  sender: PartyRow,
  { grant, expiresAtMs, notBeforeMs, clear, answer }: MailedGrant,
): Mail | Sms {
  const order = {
    language: grant.language,
    organisationId: envelope.organisation_id,
    envelopeId: envelope.envelope_id,
    grantId: grant.grantId,
    giveUpAtMs: expiresAtMs,
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
    ...(grant.linkSecret === undefined ? {} : { linkSecret: grant.linkSecret }),
  };
  const facts = { senderName: sender.name, expiresAtMs, timeZone: sender.time_zone };
  if (grant.delivery === "sms" && grant.mobile !== null) {
    return { ...order, channel: "sms", kind: "message", to: grant.mobile, facts: named(facts, sender) };
  }
  return {
    ...order,
    ...(clear === undefined ? {} : { clear }),
    kind: "message",
    to: grant.recipient.address,
    facts: {
      ...facts,
      senderAddress: sender.address,
      openings: grant.openings,
      password: grant.passwordParams !== undefined,
      ...(grant.smsCode ? { sms: true } : {}),
      ...(answer === undefined ? {} : { answer }),
    },
  };
}

/** A member who has not said their name yet is called by their address. */
function named<F extends { readonly senderName: string }>(facts: F, { address }: PartyRow): F {
  return facts.senderName === "" ? { ...facts, senderName: address } : facts;
}
