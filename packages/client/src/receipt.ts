/** The receipt of a reply (spec: messages.md M16), from what was sent and what the server answered. */
import type { Manifest, Receipt } from "@pli/core/sealing";
import type { SaidMessage, SentReply } from "./reply.ts";

/** @param sent.to the message that was answered; `readers` as they were given to sendReply */
export function receiptOf(
  origin: string,
  sent: {
    readonly answer: SentReply;
    readonly message: SaidMessage;
    readonly to: Pick<Manifest, "from">;
    readonly inReplyTo: string;
    readonly createdAt: string;
    readonly readers?: Manifest["to"];
  },
): Receipt {
  const { answer, message, to, inReplyTo, createdAt, readers = [] } = sent;
  const { envelopeId, sentAt, commitment } = answer;
  const { subject, text, from, attachments } = message;
  return {
    v: 1,
    origin,
    envelopeId,
    inReplyTo,
    createdAt,
    sentAt,
    commitment,
    from,
    to: [to.from, ...readers.map(({ name = "", address }) => ({ name, address }))],
    subject,
    text,
    files: attachments.map(({ name, sizeBytes, sha256 }) => ({ name, sizeBytes, sha256 })),
  };
}
