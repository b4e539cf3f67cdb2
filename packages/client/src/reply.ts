/** Answers a message from its recipient's side (spec: messages.md M16; protocol.md Z13): sealed to the key in the message's manifest. */
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { ContentKey, CryptoProvider, Manifest, ManifestAttachment, Thread } from "@pli/core/sealing";
import { INFO_REPLY, newContentKey, sealTo, wrapForThread } from "@pli/core/sealing";
import type { EnvelopeDraft, GrantInfo, SendAnswer, SendReply } from "@pli/core/wire";
import { grantReaders } from "./readers.ts";
import { commitmentOf } from "./send.ts";
import type { Transport } from "./transport.ts";
import type { Upload } from "./upload-types.ts";

/** A reply's draft, owned by this device. Needs a running opening. @throws PliError `opening_required` */
export async function createReplyDraft(
  t: Transport,
  crypto: CryptoProvider,
  grantId: string,
): Promise<{ draft: EnvelopeDraft; contentKey: ContentKey }> {
  const draft = await t.json<EnvelopeDraft>("POST", `/api/v1/grants/${grantId}/replies`, {});
  return { draft, contentKey: newContentKey(crypto) };
}

/**
 * Who answers, for the reply's manifest: the visible recipient whose address fits the masked one; for a blind copy the masked address
 * itself. The server knows and tells the sender the true one.
 */
export function replyAuthor(
  manifest: Pick<Manifest, "to">,
  info: Pick<GrantInfo, "maskedAddress">,
): { name: string; address: string } {
  // Compared as text: a pattern made of the server's words could be made to run for ever.
  const masked = info.maskedAddress.toLowerCase();
  const [before = ""] = masked.split("•", 1);
  const after = masked.slice(masked.lastIndexOf("•") + 1);
  const fitting = manifest.to.filter(({ address }) => {
    const plain = address.toLowerCase();
    if (before === masked) return plain === masked;
    return plain.length >= before.length + after.length && plain.startsWith(before) && plain.endsWith(after);
  });
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined
    ? { name: only.name ?? "", address: only.address }
    : { name: "", address: info.maskedAddress };
}

/** What is said in a conversation, by whom, with its files. */
export interface SaidMessage {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly attachments: readonly ManifestAttachment[];
}

/** What the server answered, and what the writer can prove the content by. */
export interface SentReply extends SendAnswer {
  readonly commitment: string;
}

/**
 * Sends the reply.
 * @param options.to the message's manifest: its `replyKey` is who can read the answer
 * @throws PliError `bad_input` (field `replyKey`) when the message takes no answers; `conflict` {state: "readers"} when one of the readers is not
 * reached any more
 */
export async function sendReply(
  t: Transport,
  crypto: CryptoProvider,
  options: {
    readonly draft: Pick<EnvelopeDraft, "envelopeId">;
    readonly contentKey: ContentKey;
    readonly upload: Upload;
    readonly to: Pick<Manifest, "replyKey" | "from">;
    /** The envelope that is answered (Opening.envelopeId). */
    readonly inReplyTo: string;
    readonly message: SaidMessage;
    /** The conversation it is written in: who opens the grant reads the reply again (M24). */
    readonly thread?: Thread;
    /** A line in a row of lines: its reader is told by mail of the first alone. */
    readonly brief?: boolean;
    /** To all: those of findReaders. Their names stand in the reply for each of them to see. */
    readonly readers?: Manifest["to"];
    readonly createdAt?: string;
    readonly signal?: AbortSignal;
  },
): Promise<SentReply> {
  const { draft, contentKey, upload, to, message, thread, brief, readers = [], signal } = options;
  if (to.replyKey === undefined) throw new PliError("bad_input", { details: { field: "replyKey" } });
  const { name, address } = to.from;
  const manifest = await upload.finish(
    {
      v: 1,
      kind: "reply",
      subject: message.subject,
      body: { html: message.html, text: message.text },
      from: message.from,
      to: [{ address, type: "to", ...(name !== "" && { name }) }, ...readers],
      createdAt: options.createdAt ?? new Date().toISOString(),
      attachments: message.attachments,
      inReplyTo: options.inReplyTo,
    },
    signal,
  );
  const parts = [manifest, ...upload.parts()];
  const sealedKey = await sealTo(crypto, {
    publicKey: fromBase64url(to.replyKey),
    info: INFO_REPLY,
    associatedData: draft.envelopeId,
    plaintext: contentKey,
  });
  const commitment = await commitmentOf(crypto, parts);
  const order: SendReply = {
    parts,
    commitment,
    sealedKey: toBase64url(sealedKey),
    ...(brief && { brief }),
    ...(readers.length > 0 && { readers: await grantReaders(crypto, contentKey, readers) }),
    ...(thread && { threadKey: await wrapForThread(crypto, thread, { envelopeId: draft.envelopeId, contentKey }) }),
  };
  const idempotencyKey = toBase64url(crypto.randomBytes(16));
  const call = signal === undefined ? { idempotencyKey } : { idempotencyKey, signal };
  const answer = await t.json<SendAnswer>("POST", `/api/v1/envelopes/${draft.envelopeId}/send`, order, call);
  return { ...answer, commitment };
}
