/**
 * Sends a message: checks what was uploaded, then in one transaction the draft becomes sent, its grants, its part list, the
 * journal's entry and the notifications are there, or nothing of it (M5 to M10, Z15, Z16).
 */
import { PliError } from "@pli/core/errors";
import { type GrantCreation, LIMITS, type SendAnswer, type SendMessage } from "@pli/core/wire";
import { isUniqueViolation, type Tx, toBytes, toFlag } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { recordCorrespondents } from "../correspondents/index.ts";
import { appendJournal } from "../journal/index.ts";
import { enqueue } from "../notifications/index.ts";
import { requirePolicies, ruledGrant } from "../policies/index.ts";
import { type CheckedContent, checkContent } from "./check-content.ts";
import { checkNumbers } from "./delivery.policy.ts";
import { requireDraft, requireOwnMessage } from "./envelopes.policy.ts";
import { findEnvelope, markSent, memberOf, type PartyRow } from "./envelopes.queries.ts";
import type { EnvelopesTable } from "./envelopes.table.ts";
import { grantsOf, insertGrants } from "./grants.queries.ts";
import { requireMailsLeft, takeNotices } from "./mail-limits.ts";
import { type NamedGrant, nameLanguages } from "./name-languages.ts";
import { grantRow, messageNotice, smsOf } from "./new-grant.ts";
import { insertParts, insertSeals } from "./parts.queries.ts";

const HOUR_MS = 3_600_000;
/** A sender's clock and the way here may differ from ours by so much. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

/**
 * @param again the caller may repeat an order whose answer was lost (it named an idempotency key): the same order has the same answer
 * @throws PliError `not_found`, `conflict` {state}, `expired`, `bad_input` {field}, `already_exists` (a grant id), `payload_too_large`,
 * `policy_refused` {rule}, `rate_limited`, `sms_unavailable`, `number_refused`
 */
export async function sendMessage(
  services: Services,
  memberId: string,
  envelopeId: string,
  order: SendMessage,
  again: boolean,
): Promise<SendAnswer> {
  const found = requireOwnMessage(await findEnvelope(services.db.read, envelopeId), memberId);
  if (again && found.state === "sent") return await sentBefore(services, found, order);
  const nowMs = services.clock.now();
  const draft = requireDraft(found, { memberId, deviceSha256: null }, nowMs);
  checkRecipients(order.grants);
  const expiresAtMs = checkExpiry(order.expiresAt, nowMs);
  checkNumbers(services.config, order.grants);
  const notices = noticesOf(order.grants);
  await requireMailsLeft(services, memberId, notices.addresses.length);
  const content = await checkContent(services, draft, order.parts, order.commitment);
  if ((order.clear?.files.length ?? 0) >= content.rows.length) {
    throw new PliError("bad_input", { details: { field: "clear.files" } });
  }
  try {
    return await services.db.write(async (tx) => {
      const { notify, protect } = order;
      const ruled = { grants: order.grants.map(ruledGrant), expiresAtMs, notify, ...(protect && { protect }) };
      const policies = await requirePolicies(tx, memberId, ruled, nowMs);
      const grants = await nameLanguages(tx, memberId, order.grants, policies);
      const named = { ...order, grants };
      const answer = await recordMessage(services, tx, { draft, order: named, content, expiresAtMs, nowMs });
      await takeNotices(services, tx, { memberId, ...notices, nowMs });
      return answer;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new PliError("already_exists", { details: { field: "grants" }, cause: error });
    throw error;
  }
}

export interface MessageRecord {
  readonly draft: EnvelopesTable;
  readonly order: Omit<SendMessage, "grants"> & { readonly grants: readonly NamedGrant[] };
  readonly content: CheckedContent;
  readonly expiresAtMs: number;
  readonly nowMs: number;
}

/** The transaction of sending, without its checks. Few statements: this is the creation path that `bench durable` measures. */
export async function recordMessage(services: Services, tx: Tx, record: MessageRecord): Promise<SendAnswer> {
  const { draft, order, content, expiresAtMs, nowMs } = record;
  const holdMs = (order.holdSeconds ?? 0) * 1000;
  const takeBackUntilMs = holdMs === 0 ? null : nowMs + holdMs;
  const mailed = order.grants.filter((grant) => grant.delivery !== "link");
  const [changed, [sender]] = await Promise.all([
    markSent(tx, {
      envelopeId: draft.envelope_id,
      revision: draft.revision,
      sentAtMs: nowMs,
      takeBackUntilMs,
      expiresAtMs,
      notify: order.notify,
      notifyUnread: toFlag(order.notifyUnread ?? true),
      reference: order.reference ?? null,
      protect: order.protect ?? "message",
      partCount: content.rows.length - 1,
      sizeBytes: content.sizeBytes,
      recipients: order.grants.length,
      commitment: order.commitment,
    }),
    mailed.length === 0 ? [] : memberOf(tx, { memberId: draft.member_id }),
  ]);
  if (changed === 0) throw new PliError("conflict");
  const facts = {
    commitment: order.commitment,
    sizeBytes: content.sizeBytes,
    parts: content.rows.length,
    recipients: order.grants.length,
    ...(order.protect === "attachments" ? { protect: order.protect } : {}),
  };
  const { envelope_id: envelopeId, organisation_id: organisationId, member_id: memberId } = draft;
  const people = order.grants.map(({ recipient, language, languageChosen = true }) => ({
    ...recipient,
    language,
    languageChosen,
  }));
  // One breath: on a server all of it is one packet.
  await Promise.all([
    insertSeals(tx, [
      {
        envelope_id: envelopeId,
        sealed_sender_key: toBytes(order.sealedSenderKey),
        sealed_key: toBytes(order.sealedKey),
        sealed_summary: toBytes(order.sealedSummary),
      },
    ]),
    insertParts(tx, content.rows),
    insertGrants(
      tx,
      order.grants.map((grant, position) => grantRow(draft, grant, position, expiresAtMs, nowMs)),
    ),
    appendJournal(tx, [{ envelopeId, organisationId, atMs: nowMs, event: "sent", facts }]),
    recordCorrespondents(tx, { memberId, organisationId, atMs: nowMs, people }),
    mailed.length === 0 ? null : notify(services, tx, record, sender, takeBackUntilMs),
  ]);
  return {
    envelopeId: draft.envelope_id,
    sentAt: new Date(nowMs).toISOString(),
    ...(takeBackUntilMs === null ? {} : { takeBackUntil: new Date(takeBackUntilMs).toISOString() }),
    grants: order.grants.map((grant) => ({ grantId: grant.grantId, address: grant.recipient.address })),
  };
}

/** Orders the notifications, held as long as the message may be taken back. */
async function notify(
  services: Services,
  tx: Tx,
  { draft, order, expiresAtMs }: MessageRecord,
  sender: PartyRow | undefined,
  takeBackUntilMs: number | null,
): Promise<void> {
  if (sender === undefined) throw new PliError("not_found");
  const held = {
    ...(takeBackUntilMs === null ? {} : { notBeforeMs: takeBackUntilMs }),
    ...(order.clear === undefined ? {} : { clear: order.clear }),
  };
  const mailed = order.grants.filter((grant) => grant.delivery !== "link");
  await enqueue(
    services,
    tx,
    mailed.map((grant) =>
      messageNotice(draft, sender, { grant: { ...grant, mobile: smsOf(grant).mobile }, expiresAtMs, ...held }),
    ),
  );
}

/** The same order again (an answer that was lost): the same answer. @throws PliError `conflict` when it is another order */
async function sentBefore(services: Services, envelope: EnvelopesTable, order: SendMessage): Promise<SendAnswer> {
  const grants = await grantsOf(services.db.read, envelope.envelope_id);
  const same =
    envelope.commitment === order.commitment &&
    order.grants.every((wanted) => grants.some((grant) => grant.grant_id === wanted.grantId));
  if (!same || envelope.sent_at_ms === null) throw new PliError("conflict", { details: { state: "sent" } });
  const until = envelope.take_back_until_ms;
  return {
    envelopeId: envelope.envelope_id,
    sentAt: new Date(envelope.sent_at_ms).toISOString(),
    ...(until === null ? {} : { takeBackUntil: new Date(until).toISOString() }),
    grants: grants.map((grant) => ({ grantId: grant.grant_id, address: grant.address })),
  };
}

/** Whom a mail goes to, and which numbers an SMS. */
export function noticesOf(grants: readonly GrantCreation[]): {
  readonly addresses: readonly string[];
  readonly numbers: readonly string[];
} {
  return {
    addresses: grants.filter(({ delivery }) => delivery === "mail").map(({ recipient }) => recipient.address),
    numbers: grants.flatMap((grant) => (grant.delivery === "sms" ? (smsOf(grant).mobile ?? []) : [])),
  };
}

function checkRecipients(grants: readonly GrantCreation[]): void {
  const addresses = new Set(grants.map((grant) => grant.recipient.address.toLowerCase()));
  const ids = new Set(grants.map((grant) => grant.grantId));
  if (addresses.size < grants.length || ids.size < grants.length) {
    throw new PliError("bad_input", { details: { field: "grants" } });
  }
}

/** M6: 1 hour to 30 days from now. A little outside is a clock that differs: the bound is taken. @throws `bad_input` */
export function checkExpiry(expiresAt: string, nowMs: number): number {
  const wanted = Date.parse(expiresAt);
  const min = nowMs + LIMITS.expiryMinHours * HOUR_MS;
  const max = nowMs + LIMITS.expiryMaxHours * HOUR_MS;
  if (wanted < min - CLOCK_TOLERANCE_MS || wanted > max + CLOCK_TOLERANCE_MS) {
    throw new PliError("bad_input", { details: { field: "expiresAt" } });
  }
  return Math.min(wanted, max);
}
