/**
 * Conversations (spec: messages.md M24): what was said after a message, by its recipients and by its sender. The sender's side; the recipient's
 * is thread-doors.ts.
 */
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { ContentKey, CryptoProvider, KeyringKeys, Manifest } from "@pli/core/sealing";
import { INFO_REPLY, newContentKey, sealTo, wrapForThread } from "@pli/core/sealing";
import type {
  Account,
  EnvelopeDraft,
  FollowUpThread,
  GrantStatus,
  Page,
  SendAnswer,
  SendFollowUp,
  ThreadItem,
} from "@pli/core/wire";
import { openInboxItem, openLinkSecret, openSentKey, type SentEnvelope } from "./follow.ts";
import type { SaidMessage } from "./reply.ts";
import { commitmentOf } from "./send.ts";
import type { Transport } from "./transport.ts";
import type { Upload } from "./upload-types.ts";

/** Replies to a message of mine and my answers, newest first. @throws PliError `not_found` */
export function getThread(t: Transport, envelopeId: string, cursor?: string): Promise<Page<ThreadItem>> {
  const page = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  return t.json("GET", `/api/v1/envelopes/${encodeURIComponent(envelopeId)}/thread${page}`);
}

/** Opens an entry; its attachments by readAttachment with `source: {envelopeId}` and `parts: item.partList`. */
export function openThreadItem(
  t: Transport,
  crypto: CryptoProvider,
  keyring: Pick<KeyringKeys, "kemPrivate">,
  item: Pick<ThreadItem, "envelopeId" | "sealedKey" | "keyWithheld">,
): Promise<{ contentKey: ContentKey; manifest: Manifest }> {
  return openInboxItem(t, crypto, keyring, item);
}

/** Whether this recipient can read an answer: their link is still kept. */
export function canBeAnswered(grant: Pick<GrantStatus, "sealedSecret">): boolean {
  return grant.sealedSecret !== undefined;
}

/** An answer's draft, and its key. @throws PliError `conflict` when the message has ended; `limit_reached` */
export async function createAnswerDraft(
  t: Transport,
  crypto: CryptoProvider,
  envelopeId: string,
): Promise<{ draft: EnvelopeDraft; contentKey: ContentKey }> {
  const draft = await t.json<EnvelopeDraft>("POST", `/api/v1/envelopes/${encodeURIComponent(envelopeId)}/answers`, {});
  return { draft, contentKey: newContentKey(crypto) };
}

/**
 * Says more in the conversation of a message that I sent. Who reads it needs no new link.
 * @param options.grants whom; those with delivery `mail` get the link once more, unless they were told minutes ago
 * @throws PliError `bad_input` without readers; `destroyed` when a grant's link is no longer there; `conflict` {state} when it has ended
 */
export async function sendAnswer(
  t: Transport,
  crypto: CryptoProvider,
  keyring: Pick<KeyringKeys, "kemPrivate">,
  options: {
    readonly draft: Pick<EnvelopeDraft, "envelopeId">;
    readonly contentKey: ContentKey;
    readonly upload: Upload;
    /** The message. */
    readonly envelope: SentEnvelope;
    readonly grants: readonly Pick<GrantStatus, "grantId" | "sealedSecret" | "delivery" | "recipient">[];
    /** Whose answer; checked against the unlocked keyring by the caller (Z11). */
    readonly account: { readonly keyring: Pick<NonNullable<Account["keyring"]>, "kemPublic"> };
    readonly message: SaidMessage;
    readonly createdAt?: string;
    readonly signal?: AbortSignal;
  },
): Promise<SendAnswer> {
  const { draft, contentKey, upload, envelope, grants, account, message, signal } = options;
  if (grants.length === 0) throw new PliError("bad_input", { details: { field: "grants" } });
  const messageKey = await openSentKey(crypto, keyring, envelope);
  const threads: FollowUpThread[] = [];
  for (const grant of grants) {
    const { grantId, delivery } = grant;
    const linkSecret = await openLinkSecret(crypto, keyring, { envelope, grant });
    const wrappedKey = await wrapForThread(
      crypto,
      { grantId, linkSecret, messageKey },
      { envelopeId: draft.envelopeId, contentKey },
    );
    threads.push({ grantId, wrappedKey, ...(delivery !== "link" && { linkSecret }) });
  }
  const { kemPublic } = account.keyring;
  const manifest = await upload.finish(
    {
      v: 1,
      kind: "reply",
      subject: message.subject,
      body: { html: message.html, text: message.text },
      from: message.from,
      // A blind copy is answered as well, and named to nobody.
      to: grants.flatMap(({ recipient: { type, address, name } }) =>
        type === "bcc" ? [] : [{ address, type, ...(name !== undefined && name !== "" && { name }) }],
      ),
      createdAt: options.createdAt ?? new Date().toISOString(),
      attachments: message.attachments,
      replyKey: kemPublic,
      inReplyTo: envelope.envelopeId,
    },
    signal,
  );
  const parts = [manifest, ...upload.parts()];
  const sealed = await sealTo(crypto, {
    publicKey: fromBase64url(kemPublic),
    info: INFO_REPLY,
    associatedData: draft.envelopeId,
    plaintext: contentKey,
  });
  const commitment = await commitmentOf(crypto, parts);
  const order: SendFollowUp = { parts, commitment, sealedKey: toBase64url(sealed), threads };
  const idempotencyKey = toBase64url(crypto.randomBytes(16));
  const call = signal === undefined ? { idempotencyKey } : { idempotencyKey, signal };
  return t.json("POST", `/api/v1/envelopes/${draft.envelopeId}/send`, order, call);
}
