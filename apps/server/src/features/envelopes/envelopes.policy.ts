/**
 * Who may do what with an envelope, as a table:
 *
 *   draft of a message   its author: everything
 *   draft of an answer   its author, as long as the message that it answers lives
 *   draft of a reply     the device that began it: write, send, throw away; until the sender revokes what it answers
 *   sent message         its author: read, follow, act
 *   sent answer          its author, and the grants that it was wrapped for: read
 *   sent reply           its receiver: read, follow, delete; the grant it was written from, if it was wrapped for it: read
 *   reply to all         the same, and whoever it gave a grant to (reply-to-all.ts): open
 *
 * Anybody else, and anything else, is `not_found`: missing and forbidden look alike.
 */
import { PliError } from "@pli/core/errors";
import type { EnvelopesTable } from "./envelopes.table.ts";

/** Who asks: a member, a device, or both. */
export interface Asker {
  readonly memberId: string | null;
  readonly deviceSha256: string | null;
}

function writes(envelope: EnvelopesTable, asker: Asker): boolean {
  return envelope.kind === "reply"
    ? envelope.device_sha256 !== null && envelope.device_sha256 === asker.deviceSha256
    : envelope.member_id === asker.memberId;
}

/**
 * The draft, if this asker may write it now.
 * @throws PliError `not_found`, `revoked` a reply to what was revoked, `conflict` {state} when it is not a draft any more, `expired`
 */
export function requireDraft(envelope: EnvelopesTable | null, asker: Asker, nowMs: number): EnvelopesTable {
  if (envelope === null || !writes(envelope, asker)) throw new PliError("not_found");
  if (envelope.kind !== "message" && envelope.state === "revoked") throw new PliError("revoked");
  if (envelope.state !== "draft") throw new PliError("conflict", { details: { state: envelope.state } });
  if (envelope.expires_at_ms <= nowMs) throw new PliError("expired");
  return envelope;
}

/** The envelope this asker writes or wrote, whatever its state. @throws PliError `not_found` */
export function requireWritten(envelope: EnvelopesTable | null, asker: Asker): EnvelopesTable {
  if (envelope === null || !writes(envelope, asker)) throw new PliError("not_found");
  return envelope;
}

/** A message of this member, draft or not. @throws PliError `not_found` */
export function requireOwnMessage(envelope: EnvelopesTable | null, memberId: string): EnvelopesTable {
  if (envelope === null || envelope.kind !== "message" || envelope.member_id !== memberId) {
    throw new PliError("not_found");
  }
  return envelope;
}

/** A message of this member, or a reply that they got: who opened it is theirs to know. @throws PliError `not_found` */
export function requireRegistered(envelope: EnvelopesTable | null, memberId: string): EnvelopesTable {
  const got = envelope?.kind === "reply" && envelope.sent_at_ms !== null && envelope.member_id === memberId;
  return got ? envelope : requireOwnMessage(envelope, memberId);
}

/** A message of this member that was sent and whose time has come neither by action nor by the clock. @throws `conflict` {state} */
export function requireLiveMessage(envelope: EnvelopesTable | null, memberId: string, nowMs: number): EnvelopesTable {
  const own = requireOwnMessage(envelope, memberId);
  const state = own.state === "sent" && own.expires_at_ms <= nowMs ? "expired" : own.state;
  if (state !== "sent") throw new PliError("conflict", { details: { state } });
  return own;
}

/** A reply that arrived for this member and is still there. @throws PliError `not_found` */
export function requireInboxItem(envelope: EnvelopesTable | null, memberId: string, nowMs: number): EnvelopesTable {
  const mine = envelope !== null && envelope.kind === "reply" && envelope.member_id === memberId;
  if (!mine || envelope.state !== "sent" || envelope.expires_at_ms <= nowMs) throw new PliError("not_found");
  return envelope;
}
