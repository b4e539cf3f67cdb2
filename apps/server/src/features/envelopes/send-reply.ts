/** Sends a reply: it lands in the inbox of the message's author, who is told by mail (M16, Z13). */
import { PliError } from "@pli/core/errors";
import type { SendAnswer, SendReply } from "@pli/core/wire";
import { isUniqueViolation, type Tx, toBytes } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { appendJournal } from "../journal/index.ts";
import { enqueue } from "../notifications/index.ts";
import { checkContent } from "./check-content.ts";
import { type Asker, requireDraft, requireWritten } from "./envelopes.policy.ts";
import { findEnvelope, memberOf } from "./envelopes.queries.ts";
import type { EnvelopesTable, GrantsTable } from "./envelopes.table.ts";
import { type GrantRow, grantsOf, lockGrant } from "./grants.queries.ts";
import { markSaid } from "./mark-said.ts";
import { insertParts, insertSeals } from "./parts.queries.ts";
import { giveToReaders, holdReaders } from "./reply-to-all.ts";
import { tellThread } from "./thread-signal.ts";
import { insertThreadKeys, repliedSince } from "./threads.queries.ts";

/** So long after a reply of the same recipient a line of theirs is not announced by mail. */
const TOLD_FOR_MS = 10 * 60_000;

/**
 * @param again as for a message
 * @throws PliError `not_found`, `revoked`, `conflict`, `expired`, `bad_input`, `payload_too_large`; to all besides as `holdReaders` and `giveToReaders`,
 * `already_exists` (a grant id)
 */
export async function sendReply(
  services: Services,
  asker: Asker,
  envelopeId: string,
  order: SendReply,
  again: boolean,
): Promise<SendAnswer> {
  const found = requireWritten(await findEnvelope(services.db.read, envelopeId), asker);
  if (again && found.state === "sent" && found.commitment === order.commitment && found.sent_at_ms !== null) {
    const grants = (await grantsOf(services.db.read, envelopeId)).map(named);
    return { envelopeId, sentAt: new Date(found.sent_at_ms).toISOString(), grants };
  }
  const nowMs = services.clock.now();
  const draft = requireDraft(found, asker, nowMs);
  const content = await checkContent(services, draft, order.parts, order.commitment);
  const { readers = [] } = order;
  const record = async (tx: Tx) => {
    // Held before the reply, as by whoever ends them.
    const held = readers.length === 0 ? null : await holdReaders(tx, { draft, asker, nowMs }, readers);
    const grant = await livingGrant(tx, draft, order, nowMs);
    const recipients = readers.length;
    await markSaid(tx, { draft, asker, content, commitment: order.commitment, recipients, nowMs });
    await keepForWriter(tx, draft, order, grant);
    const none = { sealed_sender_key: null, sealed_summary: null };
    await insertSeals(tx, [{ envelope_id: envelopeId, sealed_key: toBytes(order.sealedKey), ...none }]);
    await insertParts(tx, content.rows);
    const answered = draft.in_reply_to === null ? null : await findEnvelope(tx, draft.in_reply_to);
    if (answered !== null && draft.from_grant_id !== null) {
      await appendJournal(tx, [
        {
          envelopeId: answered.envelope_id,
          organisationId: answered.organisation_id,
          atMs: nowMs,
          event: "replied",
          grantId: draft.from_grant_id,
          facts: {
            commitment: order.commitment,
            sizeBytes: content.sizeBytes,
            parts: content.rows.length,
            ...(readers.length === 0 ? {} : { recipients: readers.length }),
          },
        },
      ]);
    }
    if (draft.in_reply_to !== null) {
      tellThread(services, tx, draft.in_reply_to, draft.from_grant_id === null ? [] : [draft.from_grant_id]);
    }
    const [member] = await memberOf(tx, { memberId: draft.member_id });
    if (member === undefined) throw new PliError("not_found");
    if (held !== null) await giveToReaders(services, tx, held, { draft, sender: member, nowMs });
    if (order.brief && (await repliedSince(tx, draft, nowMs - TOLD_FOR_MS))) return;
    await enqueue(services, tx, {
      kind: "reply",
      to: member.address,
      language: member.language,
      organisationId: draft.organisation_id,
      envelopeId,
      facts: {
        from: draft.from_name ?? draft.from_address ?? "",
        atMs: nowMs,
        timeZone: member.time_zone,
        ...(answered?.reference == null ? {} : { reference: answered.reference }),
      },
    });
  };
  try {
    await services.db.write(record);
  } catch (error) {
    if (isUniqueViolation(error)) throw new PliError("already_exists", { details: { field: "readers" }, cause: error });
    throw error;
  }
  const grants = readers.map(({ grantId, address }) => ({ grantId, address }));
  return { envelopeId, sentAt: new Date(nowMs).toISOString(), grants };
}

function named({ grant_id: grantId, address }: Pick<GrantsTable, "grant_id" | "address">) {
  return { grantId, address };
}

async function livingGrant(
  tx: Tx,
  { from_grant_id: grantId }: Pick<EnvelopesTable, "from_grant_id">,
  { threadKey }: SendReply,
  nowMs: number,
): Promise<GrantRow | null> {
  if (threadKey === undefined || grantId === null) return null;
  const grant = await lockGrant(tx, grantId);
  return grant === null || grant.wrapped_key === null || grant.expires_at_ms <= nowMs ? null : grant;
}

/** M24: who wrote it reads it again, as long as the grant lives that they wrote it from: this key goes with the grant's. */
async function keepForWriter(
  tx: Tx,
  { envelope_id }: Pick<EnvelopesTable, "envelope_id">,
  { threadKey }: SendReply,
  grant: GrantRow | null,
): Promise<void> {
  if (threadKey === undefined || grant === null) return;
  const { grant_id } = grant;
  await insertThreadKeys(tx, [{ grant_id, envelope_id, wrapped_key: threadKey, mailed_at_ms: null }]);
}
