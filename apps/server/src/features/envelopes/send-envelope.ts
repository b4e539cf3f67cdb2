/** Sends an envelope as what it is: a message by its author, a reply by the device that wrote it. */
import { PliError } from "@pli/core/errors";
import type { SendAnswer, SendMessage, SendReply } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { type Asker, requireWritten } from "./envelopes.policy.ts";
import { findEnvelope } from "./envelopes.queries.ts";
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
  order: SendMessage | SendReply,
  again: boolean,
): Promise<SendAnswer> {
  const envelope = requireWritten(await findEnvelope(services.db.read, envelopeId), asker);
  const isMessage = "grants" in order;
  if (isMessage !== (envelope.kind === "message")) throw new PliError("bad_input", { details: { field: "grants" } });
  return isMessage
    ? await sendMessage(services, envelope.member_id, envelopeId, order, again)
    : await sendReply(services, asker, envelopeId, order, again);
}
