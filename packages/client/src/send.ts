/**
 * Sends a sealed message (spec: messages.md M3 to M10; protocol.md Z1 to Z7, Z12, Z15, Z16). Grants and keys are made here; subject,
 * text, file names, password and content key never leave in clear, and a link secret only with delivery by mail or SMS.
 */
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { Argon2Cost, ContentKey, CryptoProvider, Manifest, ManifestAttachment } from "@pli/core/sealing";
import { createGrant, formatLink, newContentKey, newSenderKey } from "@pli/core/sealing";
import { computeCommitment } from "@pli/core/verify";
import {
  type Account,
  type ClearText,
  type Delivery,
  type EnvelopeDraft,
  type GrantCreation,
  isMobileForm,
  type Language,
  LIMITS,
  type NotifyMe,
  type PartSummary,
  type Protect,
  type RecipientType,
  type SendAnswer,
  type SendMessage,
} from "@pli/core/wire";
import { type Own, sealOwnText, sealSelf } from "./own.ts";
import { type Summary, sealSummary } from "./summary.ts";
import type { CallOptions, Transport } from "./transport.ts";
import type { Upload } from "./upload-types.ts";

export interface Recipient {
  readonly address: string;
  readonly name?: string;
  readonly type: RecipientType;
  /** E.164. Needed for a code or a link by SMS; who has no mail address has it as the address. */
  readonly mobile?: string;
  /** M4: a code by SMS is asked for before this recipient can open. */
  readonly smsCode?: boolean;
  /** Instead of the policy's, for this recipient. */
  readonly openings?: number;
  readonly language?: Language;
}
export interface MessageContent {
  readonly subject: string;
  /** Sanitised by the caller. */
  readonly html: string;
  readonly text: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly recipients: readonly Recipient[];
  readonly attachments: readonly ManifestAttachment[];
}
export interface MessagePolicy {
  readonly password?: string;
  /** Cost of the password's hash, default 64 MiB and 3 passes. */
  readonly argon2?: Argon2Cost;
  readonly openings: number;
  /** ISO 8601 */
  readonly expiresAt: string;
  /** Of mails and pages; absent: the recipient's browser, and for the mail what was used before (M7). */
  readonly language?: Language;
  readonly delivery: Delivery;
  readonly notify: NotifyMe;
  readonly notifyUnread?: boolean;
  /** Told not to be secret. */
  readonly reference?: string;
  readonly holdSeconds?: number;
  /** M2: with `attachments`, subject, text and the files' names travel in clear in the mails. Default `message`. */
  readonly protect?: Protect;
}
export interface SentLink {
  readonly to: string;
  readonly grantId: string;
  readonly link: string;
}
/** Everything that goes out with one send: keep it to try again after `network`, which then sends nothing twice. */
export interface PreparedMessage {
  readonly envelopeId: string;
  readonly order: SendMessage;
  readonly links: readonly SentLink[];
  readonly summary: Summary;
  readonly idempotencyKey: string;
}
export interface SendOptions {
  readonly draft: Pick<EnvelopeDraft, "envelopeId">;
  readonly contentKey: ContentKey;
  readonly upload: Upload;
  /** The sender's public key: replies, links and the sender's own copy are sealed to it. Check it against the unlocked keyring (Z11). */
  readonly account: { readonly keyring: Pick<NonNullable<Account["keyring"]>, "kemPublic"> };
  readonly message: MessageContent;
  readonly policy: MessagePolicy;
  /** ISO 8601, for the manifest; default the device's clock. */
  readonly createdAt?: string;
  readonly signal?: AbortSignal;
  /** People sealed for so far: with a password each takes a moment (Argon2id). */
  readonly onSealed?: (people: number) => void;
}

/** A new draft, and the content key that never leaves this device in clear. @throws PliError `not_signed_in`, `limit_reached` */
export async function createDraft(
  t: Transport,
  crypto: CryptoProvider,
  options: CallOptions = {},
): Promise<{ draft: EnvelopeDraft; contentKey: ContentKey }> {
  const draft = await t.json<EnvelopeDraft>("POST", "/api/v1/envelopes", { kind: "message" }, options);
  return { draft, contentKey: newContentKey(crypto) };
}

/** Removes a draft and what was uploaded for it. */
export async function deleteDraft(t: Transport, envelopeId: string): Promise<void> {
  await t.json("DELETE", `/api/v1/envelopes/${envelopeId}`);
}

/** One recipient's grant, ready to send, and the link that only the sender and the recipient may see. */
export async function prepareGrant(
  crypto: CryptoProvider,
  options: {
    readonly origin: string;
    readonly contentKey: ContentKey;
    /** Keeps the link for the sender. */
    readonly own: Own;
    readonly recipient: Recipient;
    readonly policy: Pick<MessagePolicy, "password" | "argon2" | "openings" | "language" | "delivery">;
  },
): Promise<{ grant: GrantCreation; link: SentLink }> {
  const { origin, contentKey, own, recipient, policy } = options;
  const { linkSecret, ...made } = await createGrant(crypto, {
    contentKey,
    ...(policy.password !== undefined && { password: policy.password }),
    ...(policy.argon2 !== undefined && { argon2: policy.argon2 }),
  });
  const { address, name, type, mobile, smsCode } = recipient;
  const language = recipient.language ?? policy.language;
  // Nobody can be mailed at a number.
  const delivery = policy.delivery === "mail" && isMobileForm(address) ? "sms" : policy.delivery;
  const grant: GrantCreation = {
    ...made,
    recipient: {
      address,
      type,
      ...(name !== undefined && name !== "" && { name }),
      ...(mobile !== undefined && { mobile }),
    },
    openings: recipient.openings ?? policy.openings,
    ...(language !== undefined && { language }),
    delivery,
    ...(smsCode && { smsCode }),
    ...(delivery !== "link" && { linkSecret }),
    sealedSecret: await sealOwnText(crypto, own, { link: made.grantId }, fromBase64url(linkSecret, 32)),
  };
  return { grant, link: { to: address, grantId: made.grantId, link: formatLink(origin, made.grantId, linkSecret) } };
}

/** The commitment over manifest and parts (Z16), base64url. */
export async function commitmentOf(crypto: CryptoProvider, parts: readonly PartSummary[]): Promise<string> {
  const digests = parts.map((part) => fromBase64url(part.sha256, 32));
  return toBase64url(await computeCommitment(digests, crypto.sha256));
}

/** Recipients see each other's mail addresses, as in any mail; a telephone number is nobody else's business. */
function shownAddress(address: string): string {
  return isMobileForm(address) ? `${address.slice(0, 3)}•••${address.slice(-2)}` : address;
}

function manifestOf(options: SendOptions): Manifest {
  const { message, account } = options;
  return {
    v: 1,
    kind: "message",
    subject: message.subject,
    body: { html: message.html, text: message.text },
    from: message.from,
    to: message.recipients.flatMap(({ type, address, name }) =>
      type === "bcc"
        ? []
        : [{ address: shownAddress(address), type, ...(name !== undefined && name !== "" && { name }) }],
    ),
    createdAt: options.createdAt ?? new Date().toISOString(),
    attachments: message.attachments,
    replyKey: account.keyring.kemPublic,
  };
}

/** M2: what the mails say in clear. */
function clearOf({ subject, text, attachments }: MessageContent): ClearText {
  return { subject, text, files: attachments.map(({ name, sizeBytes, sha256 }) => ({ name, sizeBytes, sha256 })) };
}

/** Before anything is made: text in clear goes by mail alone, beside something that is sealed. @throws PliError `bad_input`, `limit_reached` */
function checkClear({ text, attachments, recipients }: MessageContent, policy: MessagePolicy): void {
  const byMail = policy.delivery === "mail" && recipients.every(({ address }) => !isMobileForm(address));
  if (attachments.length === 0 || !byMail) throw new PliError("bad_input", { details: { field: "protect" } });
  if (attachments.length > LIMITS.clearFiles) {
    throw new PliError("limit_reached", { details: { limit: LIMITS.clearFiles } });
  }
  if (text.length > LIMITS.clearTextCharacters) {
    throw new PliError("payload_too_large", { details: { limit: LIMITS.clearTextCharacters } });
  }
}

/**
 * Makes the grants, sends the manifest, and puts together what orders the sending. Nobody is told anything yet.
 * @throws PliError `bad_input` without recipients; `conflict` with details.state `uploading` while attachments are on their way; upload's
 */
export async function prepareMessage(
  t: Transport,
  crypto: CryptoProvider,
  options: SendOptions,
): Promise<PreparedMessage> {
  const { draft, contentKey, upload, account, message, policy, signal } = options;
  if (message.recipients.length === 0) throw new PliError("bad_input", { details: { field: "recipients" } });
  if (policy.protect === "attachments") checkClear(message, policy);
  const { envelopeId } = draft;
  const own: Own = { envelopeId, senderKey: newSenderKey(crypto) };
  const prepared: Awaited<ReturnType<typeof prepareGrant>>[] = [];
  for (const recipient of message.recipients) {
    if (signal?.aborted) throw new PliError("cancelled");
    prepared.push(await prepareGrant(crypto, { origin: t.origin, contentKey, own, recipient, policy }));
    options.onSealed?.(prepared.length);
  }
  const manifest = await upload.finish(manifestOf(options), signal);
  const parts = [manifest, ...upload.parts()];
  const { subject, attachments } = message;
  const summary: Summary = { subject, attachments, attachmentCount: attachments.length };
  const { expiresAt, notify, notifyUnread, reference, holdSeconds, protect } = policy;
  return {
    envelopeId,
    order: {
      parts,
      commitment: await commitmentOf(crypto, parts),
      grants: prepared.map(({ grant }) => grant),
      expiresAt,
      notify,
      ...(notifyUnread !== undefined && { notifyUnread }),
      ...(reference !== undefined && reference !== "" && { reference }),
      ...(holdSeconds !== undefined && { holdSeconds }),
      ...(protect === "attachments" && { protect, clear: clearOf(message) }),
      sealedSenderKey: await sealSelf(crypto, account.keyring, own),
      sealedKey: await sealOwnText(crypto, own, "key", contentKey),
      sealedSummary: await sealSummary(crypto, own, summary),
    },
    links: prepared.map(({ link }) => link),
    summary,
    idempotencyKey: toBase64url(crypto.randomBytes(16)),
  };
}

/** Orders the sending; with the same `prepared` again it is the same sending. */
export function submitMessage(t: Transport, prepared: PreparedMessage, signal?: AbortSignal): Promise<SendAnswer> {
  const { idempotencyKey } = prepared;
  const options = signal === undefined ? { idempotencyKey } : { idempotencyKey, signal };
  return t.json("POST", `/api/v1/envelopes/${prepared.envelopeId}/send`, prepared.order, options);
}

/** Both in one go, for who does not need to try again later. */
export async function sendMessage(
  t: Transport,
  crypto: CryptoProvider,
  options: SendOptions,
): Promise<{ answer: SendAnswer; links: readonly SentLink[]; summary: Summary }> {
  const prepared = await prepareMessage(t, crypto, options);
  const answer = await submitMessage(t, prepared, options.signal);
  return { answer, links: prepared.links, summary: prepared.summary };
}
