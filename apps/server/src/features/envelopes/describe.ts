/** Rows as the wire shows them. Every state shown is the state at `nowMs`, whether or not a job has run since. */
import type {
  CopyRequest,
  Envelope,
  EnvelopeListItem,
  EnvelopeState,
  GrantState,
  GrantStatus,
  InboxItem,
  KeyWithheld,
  PartSummary,
  PasswordParams,
} from "@pli/core/wire";
import { fromBytes, fromFlag } from "../../platform/database/index.ts";
import type { NotificationState } from "../notifications/index.ts";
import type { CopyRequestsTable, EnvelopesTable, GrantsTable, PartsTable, SealsTable } from "./envelopes.table.ts";

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** `{name: iso}` or nothing: optional members are absent, never null. */
function time<K extends string>(name: K, ms: number | null): { readonly [k in K]?: string } {
  return ms === null ? {} : ({ [name]: iso(ms) } as { readonly [k in K]?: string });
}

/** The same of bytes, as base64url. */
function text<K extends string>(name: K, value: Uint8Array | null): { readonly [k in K]?: string } {
  return value === null ? {} : ({ [name]: fromBytes(value) } as { readonly [k in K]?: string });
}

export function grantStateAt(
  grant: Pick<GrantsTable, "state" | "expires_at_ms">,
  envelopeState: EnvelopesTable["state"],
  nowMs: number,
): GrantState {
  if (envelopeState === "revoked" && grant.state === "active") return "revoked";
  if (grant.state === "active" && grant.expires_at_ms <= nowMs) return "expired";
  return grant.state;
}

/** `pending`: a notification of it still waits. */
export function envelopeStateAt(
  envelope: Pick<
    EnvelopesTable,
    "state" | "expires_at_ms" | "recipients_count" | "opened_count" | "take_back_until_ms"
  >,
  nowMs: number,
  pending: boolean,
): EnvelopeState {
  if (envelope.state !== "sent") return envelope.state;
  if (envelope.expires_at_ms <= nowMs) return "expired";
  if (envelope.opened_count > 0) {
    return envelope.opened_count >= envelope.recipients_count ? "opened" : "partly_opened";
  }
  return pending || (envelope.take_back_until_ms ?? 0) > nowMs ? "sending" : "sent";
}

export function describeListItem(
  envelope: EnvelopesTable,
  grants: readonly Pick<GrantsTable, "address" | "name" | "type">[],
  seals: Pick<SealsTable, "sealed_sender_key" | "sealed_summary"> | null,
  nowMs: number,
  pending: boolean,
): EnvelopeListItem {
  const overdue = envelope.state === "sent" && envelope.expires_at_ms <= nowMs;
  return {
    envelopeId: envelope.envelope_id,
    state: envelopeStateAt(envelope, nowMs, pending),
    createdAt: iso(envelope.created_at_ms),
    ...time("sentAt", envelope.sent_at_ms),
    expiresAt: iso(envelope.expires_at_ms),
    ...time("endedAt", overdue ? envelope.expires_at_ms : envelope.ended_at_ms),
    ...(envelope.reference === null ? {} : { reference: envelope.reference }),
    recipients: grants.map(describeRecipient),
    recipientsOpened: envelope.opened_count,
    recipientsCount: envelope.recipients_count,
    parts: envelope.part_count,
    sizeBytes: envelope.size_bytes,
    ...text("sealedSenderKey", seals?.sealed_sender_key ?? null),
    ...text("sealedSummary", seals?.sealed_summary ?? null),
  };
}

export function describeRecipient(grant: Pick<GrantsTable, "address" | "name" | "type">) {
  return { address: grant.address, ...(grant.name === null ? {} : { name: grant.name }), type: grant.type };
}

export function describePart(part: PartsTable): PartSummary {
  return { part: part.part, chunks: part.chunks, sizeBytes: part.size_bytes, sha256: part.sha256 };
}

export function passwordParamsOf(grant: Pick<GrantsTable, "password_params">): PasswordParams | null {
  return grant.password_params === null ? null : (JSON.parse(grant.password_params) as PasswordParams);
}

export function describeGrant(
  grant: GrantsTable,
  envelope: EnvelopesTable,
  notification: NotificationState | undefined,
  nowMs: number,
): GrantStatus {
  const state = grantStateAt(grant, envelope.state, nowMs);
  return {
    grantId: grant.grant_id,
    recipient: { ...describeRecipient(grant), ...(grant.mobile === null ? {} : { mobile: grant.mobile }) },
    state,
    delivery: grant.delivery,
    smsCode: fromFlag(grant.sms_code),
    language: grant.language,
    hasPassword: grant.password_params !== null,
    openingsTotal: grant.openings_total,
    openingsLeft: state === "active" ? grant.openings_left : 0,
    expiresAt: iso(grant.expires_at_ms),
    ...time("firstSentAt", grant.first_sent_at_ms),
    ...time("lastSentAt", grant.last_sent_at_ms),
    sends: grant.sends,
    ...(notification === undefined ? {} : { notification }),
    ...time("firstOpenedAt", grant.first_opened_at_ms),
    ...time("lastOpenedAt", grant.last_opened_at_ms),
    // Within the hour of the last opening too: an answer may still reach it.
    ...(state === "active" || (grant.open_until_ms ?? 0) > nowMs ? text("sealedSecret", grant.sealed_secret) : {}),
  };
}

export function describeRequest(row: CopyRequestsTable): CopyRequest {
  return {
    requestId: row.request_id,
    grantId: row.grant_id,
    reason: row.reason,
    askedAt: iso(row.asked_at_ms),
    done: fromFlag(row.done),
  };
}

export function describeEnvelope(
  envelope: EnvelopesTable,
  rows: {
    readonly grants: readonly GrantsTable[];
    readonly parts: readonly PartsTable[];
    readonly seals: SealsTable | null;
    readonly requests: readonly CopyRequestsTable[];
    readonly notifications: ReadonlyMap<string, NotificationState>;
  },
  nowMs: number,
): Envelope {
  const pending = [...rows.notifications.values()].some(
    ({ state }) => state === "held" || state === "waiting" || state === "delayed",
  );
  const item = describeListItem(envelope, rows.grants, rows.seals, nowMs, pending);
  const available = envelope.state === "sent" && envelope.expires_at_ms > nowMs;
  const takeBack = available && (envelope.take_back_until_ms ?? 0) > nowMs ? envelope.take_back_until_ms : null;
  return {
    ...item,
    kind: "message",
    protect: envelope.protect,
    notify: envelope.notify ?? "first",
    ...time("takeBackUntil", takeBack),
    contentAvailable: available,
    ...(available ? text("sealedKey", rows.seals?.sealed_key ?? null) : {}),
    partList: rows.parts.map(describePart),
    grants: rows.grants.map((grant) => describeGrant(grant, envelope, rows.notifications.get(grant.grant_id), nowMs)),
    requests: rows.requests.map(describeRequest),
  };
}

export function describeInboxItem(
  envelope: EnvelopesTable,
  parts: readonly PartsTable[],
  seals: Pick<SealsTable, "sealed_key"> | undefined,
  withheld: KeyWithheld | null,
): InboxItem {
  return {
    envelopeId: envelope.envelope_id,
    kind: "reply",
    from: {
      address: envelope.from_address ?? "",
      ...(envelope.from_name === null ? {} : { name: envelope.from_name }),
    },
    ...(envelope.in_reply_to === null ? {} : { inReplyTo: envelope.in_reply_to }),
    receivedAt: iso(envelope.sent_at_ms ?? envelope.created_at_ms),
    expiresAt: iso(envelope.expires_at_ms),
    read: envelope.read_at_ms !== null,
    sizeBytes: envelope.size_bytes,
    parts: envelope.part_count,
    ...replyKey(seals, withheld),
    partList: parts.map(describePart),
  };
}

/** The key of a received reply, or why it is withheld (M16): the one place that hands it out. */
export function replyKey(
  seals: Pick<SealsTable, "sealed_key"> | undefined,
  withheld: KeyWithheld | null,
): Pick<InboxItem, "sealedKey" | "keyWithheld"> {
  if (withheld !== null) return { keyWithheld: withheld };
  return { sealedKey: fromBytes(seals?.sealed_key ?? new Uint8Array(0)) };
}
