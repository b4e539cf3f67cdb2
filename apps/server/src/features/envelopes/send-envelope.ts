/** Sends an envelope as what it is: a message by its author, a reply by the device that wrote it. */
import { PliError } from "@pli/core/errors";
import type { SendAnswer, SendFollowUp, SendMessage, SendReply } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { type Asker, requireWritten } from "./envelopes.policy.ts";
import { findEnvelope } from "./envelopes.queries.ts";
import { sendFollowUp } from "./send-follow-up.ts";
import { sendMessage } from "./send-message.ts";
import { sendReply } from "./send-reply.ts";

/**
 * @param again the caller named an idempotency key: the same order has the same answer, also when the first one was lost
 * @throws PliError as `sendMessage` and `sendReply`; `bad_input` {field: "grants"} when the order is of the other kind
 */
export async function sendEnvelope(
  services: Services,
  asker: Asker,
  envelopeId: string,
  order: SendMessage | SendFollowUp | SendReply,
  again: boolean,
): Promise<SendAnswer> {
  const envelope = requireWritten(await findEnvelope(services.db.read, envelopeId), asker);
  const kind = "grants" in order ? "message" : "threads" in order ? "answer" : "reply";
  const field = envelope.kind === "answer" ? "threads" : "grants";
  if (kind !== envelope.kind) throw new PliError("bad_input", { details: { field } });
  const { member_id: memberId } = envelope;
  if ("grants" in order) return await sendMessage(services, memberId, envelopeId, order, again);
  if ("threads" in order) return await sendFollowUp(services, memberId, envelopeId, order, again);
  return await sendReply(services, asker, envelopeId, order, again);
}
