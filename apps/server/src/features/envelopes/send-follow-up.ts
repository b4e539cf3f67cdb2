/**
 * The sender answers inside the conversation of a message (M24): an envelope of its own, read by the grants that it names as long as they live,
 * and gone with the message. Nobody needs a new link; who is to be told gets the same one by mail.
 */
import { PliError } from "@pli/core/errors";
import { type EnvelopeDraft, type FollowUpThread, LIMITS, type SendAnswer, type SendFollowUp } from "@pli/core/wire";
import { type Tx, toBytes } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { appendJournal } from "../journal/index.ts";
import { take } from "../limits/index.ts";
import { enqueue } from "../notifications/index.ts";
import { checkContent } from "./check-content.ts";
import { createDraft } from "./create-draft.ts";
import { grantStateAt } from "./describe.ts";
import { requireDraft, requireLiveMessage, requireWritten } from "./envelopes.policy.ts";
import { findEnvelope, holdEnvelope, memberOf, type PartyRow } from "./envelopes.queries.ts";
import type { EnvelopesTable } from "./envelopes.table.ts";
import { changeGrantRow, type GrantRow, lockGrant, noteResend } from "./grants.queries.ts";
import { noticedBy, takeNotices } from "./mail-limits.ts";
import { markSaid } from "./mark-said.ts";
import { messageNotice, noticedGrant } from "./new-grant.ts";
import { insertParts, insertSeals } from "./parts.queries.ts";
import { tellThread } from "./thread-signal.ts";
import { countAnswers, insertThreadKeys, lastMailed } from "./threads.queries.ts";

/** Answers of one member in an hour: people write, programs gone wild do not stop. */
const ANSWERS_PER_HOUR = 1000;
/** So long after a mail further answers bring none: who writes ten lines in a chat is announced once. */
const MAIL_AGAIN_MS = 10 * 60_000;

/** @throws PliError `not_found`, `conflict` {state} when the message has ended, `limit_reached`, `rate_limited` */
export async function beginAnswer(
  services: Services,
  member: { readonly memberId: string; readonly organisationId: string },
  messageId: string,
): Promise<EnvelopeDraft> {
  const { memberId, organisationId } = member;
  const nowMs = services.clock.now();
  requireLiveMessage(await findEnvelope(services.db.read, messageId), memberId, nowMs);
  await take(services, { door: "answers", key: memberId, limit: ANSWERS_PER_HOUR, windowSeconds: 3600 });
  return await createDraft(services, { memberId, organisationId, answers: messageId }, async (tx) => {
    requireLiveMessage(await holdEnvelope(tx, messageId), memberId, nowMs);
    const limit = LIMITS.answersPerMessage;
    if ((await countAnswers(tx, messageId)) >= limit) throw new PliError("limit_reached", { details: { limit } });
  });
}

/**
 * @param again as for a message
 * @throws PliError `not_found`, `conflict` {state} when the message or one of the grants has ended, `expired`, `bad_input`, `rate_limited`
 */
export async function sendFollowUp(
  services: Services,
  memberId: string,
  envelopeId: string,
  order: SendFollowUp,
  again: boolean,
): Promise<SendAnswer> {
  const asker = { memberId, deviceSha256: null };
  const found = requireWritten(await findEnvelope(services.db.read, envelopeId), asker);
  const nowMs = services.clock.now();
  const grants: SendAnswer["grants"][number][] = [];
  if (again && found.state === "sent" && found.commitment === order.commitment && found.sent_at_ms !== null) {
    return { envelopeId, sentAt: new Date(found.sent_at_ms).toISOString(), grants };
  }
  const draft = requireDraft(found, asker, nowMs);
  const messageId = draft.in_reply_to ?? "";
  const content = await checkContent(services, draft, order.parts, order.commitment);
  const threads = order.threads.toSorted((a, b) => (a.grantId < b.grantId ? -1 : 1));
  await services.db.write(async (tx) => {
    const message = requireLiveMessage(await holdEnvelope(tx, messageId), memberId, nowMs);
    const [sender] = await memberOf(tx, { memberId });
    if (sender === undefined) throw new PliError("not_found");
    await markSaid(tx, { draft, asker, content, commitment: order.commitment, nowMs });
    const mailedBefore = await lastMailed(
      tx,
      threads.map(({ grantId }) => grantId),
    );
    const mailed: GrantRow[] = [];
    grants.length = 0;
    for (const thread of threads) {
      const grant = await requireReader(tx, message, thread, nowMs);
      const tells = thread.linkSecret !== undefined && (mailedBefore.get(grant.grant_id) ?? 0) <= nowMs - MAIL_AGAIN_MS;
      if (tells) {
        await tell(services, tx, { message, sender, grant, thread, nowMs });
        mailed.push(grant);
      }
      const { wrappedKey: wrapped_key } = thread;
      const mailed_at_ms = tells ? nowMs : null;
      await insertThreadKeys(tx, [{ grant_id: grant.grant_id, envelope_id: envelopeId, wrapped_key, mailed_at_ms }]);
      grants.push({ grantId: grant.grant_id, address: grant.address });
    }
    const none = { sealed_sender_key: null, sealed_summary: null };
    await insertSeals(tx, [{ envelope_id: envelopeId, sealed_key: toBytes(order.sealedKey), ...none }]);
    await insertParts(tx, content.rows);
    const { commitment } = order;
    const facts = { commitment, sizeBytes: content.sizeBytes, parts: content.rows.length };
    await appendJournal(
      tx,
      grants.map(({ grantId }) => ({
        envelopeId: messageId,
        organisationId: message.organisation_id,
        atMs: nowMs,
        event: "answered" as const,
        grantId,
        facts,
      })),
    );
    tellThread(
      services,
      tx,
      messageId,
      grants.map(({ grantId }) => grantId),
    );
    await takeNotices(services, tx, { memberId, ...noticedBy(mailed), nowMs });
  });
  return { envelopeId, sentAt: new Date(nowMs).toISOString(), grants };
}

/** The grant, held, and with an opening to read with. @throws PliError `not_found`, `conflict` {state} */
async function requireReader(
  tx: Tx,
  message: EnvelopesTable,
  thread: FollowUpThread,
  nowMs: number,
): Promise<GrantRow> {
  const grant = await lockGrant(tx, thread.grantId);
  if (grant === null || grant.envelope_id !== message.envelope_id) throw new PliError("not_found");
  const state = grantStateAt(grant, message.state, nowMs);
  const revivable = state === "used_up" && grant.wrapped_key !== null;
  if (state !== "active" && !revivable) throw new PliError("conflict", { details: { state } });
  if (thread.linkSecret !== undefined && grant.delivery === "link") {
    throw new PliError("conflict", { details: { state: "link" } });
  }
  if (!revivable) return grant;
  // Its sender wants it to be read: so there is one opening more.
  const change = { openingsLeft: 1, openingsTotal: grant.openings_total - grant.openings_left + 1 };
  await changeGrantRow(tx, grant.grant_id, change);
  return { ...grant, openings_left: change.openingsLeft, openings_total: change.openingsTotal, state: "active" };
}

async function tell(
  services: Services,
  tx: Tx,
  told: {
    readonly message: EnvelopesTable;
    readonly sender: PartyRow;
    readonly grant: GrantRow;
    readonly thread: FollowUpThread;
    readonly nowMs: number;
  },
): Promise<void> {
  const { message, sender, grant, thread, nowMs } = told;
  await noteResend(tx, grant.grant_id, nowMs);
  const mail = messageNotice(message, sender, {
    grant: noticedGrant(grant, thread.linkSecret),
    expiresAtMs: grant.expires_at_ms,
    answer: true,
  });
  await enqueue(services, tx, mail);
}
