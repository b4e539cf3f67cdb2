/** What a sender does with sent envelopes, and reads in the inbox (spec: messages.md M10, M16, M20 to M22, M25; protocol.md Z8, Z12). */
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { ContentKey, CryptoProvider, KeyringKeys, LinkSecret, Manifest } from "@pli/core/sealing";
import { asContentKey, asLinkSecret, formatLink, INFO_REPLY, openSealed } from "@pli/core/sealing";
import type {
  Envelope,
  EnvelopeDraft,
  EnvelopeListItem,
  EnvelopeState,
  GrantChange,
  GrantStatus,
  InboxItem,
  Page,
  RegisterEntry,
} from "@pli/core/wire";
import { type Own, openOwnText, openSelf } from "./own.ts";
import { readManifest } from "./read-manifest.ts";
import { type MessagePolicy, prepareGrant, type Recipient, type SentLink } from "./send.ts";
import type { Transport } from "./transport.ts";

type Keyring = Pick<KeyringKeys, "kemPrivate">;

export interface ListFilter {
  readonly state?: EnvelopeState;
  readonly recipient?: string;
  readonly reference?: string;
  /** Searches recipients and references. */
  readonly q?: string;
  /** ISO 8601 */
  readonly from?: string;
  readonly to?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

function query(fields: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? "" : `?${search}`;
}

/** Newest first. */
export function listEnvelopes(t: Transport, filter: ListFilter = {}): Promise<Page<EnvelopeListItem>> {
  return t.json("GET", `/api/v1/envelopes${query({ ...filter })}`);
}

/** @throws PliError `not_found` */
export function getEnvelope(t: Transport, envelopeId: string): Promise<Envelope> {
  return t.json("GET", `/api/v1/envelopes/${encodeURIComponent(envelopeId)}`);
}

/** Every try and its outcome, newest first. */
export function getRegister(t: Transport, envelopeId: string, cursor?: string): Promise<Page<RegisterEntry>> {
  return t.json("GET", `/api/v1/envelopes/${encodeURIComponent(envelopeId)}/register${query({ cursor })}`);
}

/** Within the hold: nothing goes out, the envelope is a draft again. @throws PliError `too_late` */
export function takeBack(t: Transport, envelopeId: string): Promise<EnvelopeDraft> {
  return t.json("POST", `/api/v1/envelopes/${envelopeId}/take-back`, {});
}

/** For good: keys first, then content. @param grantId one recipient only */
export async function revoke(t: Transport, envelopeId: string, grantId?: string): Promise<void> {
  const grant = grantId === undefined ? "" : `/grants/${grantId}`;
  await t.json("POST", `/api/v1/envelopes/${encodeURIComponent(envelopeId)}${grant}/revoke`, {});
}

/** @throws PliError `conflict` when the grant is no longer active */
export async function changeGrant(
  t: Transport,
  envelopeId: string,
  grantId: string,
  change: GrantChange,
): Promise<void> {
  await t.json("PATCH", `/api/v1/envelopes/${envelopeId}/grants/${grantId}`, change);
}

/** A grant's link as its sender keeps it. */
export interface KeptLink {
  readonly envelope: Pick<Envelope, "envelopeId" | "sealedSenderKey">;
  readonly grant: Pick<GrantStatus, "grantId" | "sealedSecret">;
}

/** A recipient's link secret out of what the sender kept. @throws PliError `integrity`; `destroyed` when it is no longer there */
export async function openLinkSecret(crypto: CryptoProvider, keyring: Keyring, kept: KeptLink): Promise<LinkSecret> {
  const { grantId, sealedSecret } = kept.grant;
  if (sealedSecret === undefined) throw new PliError("destroyed");
  const own = await openSelf(crypto, keyring, kept.envelope);
  const secret = await openOwnText(crypto, own, { link: grantId }, sealedSecret);
  if (secret.length !== 32) throw new PliError("integrity");
  return asLinkSecret(toBase64url(secret));
}

/** The link as it was sent, to copy it again. */
export async function openGrantLink(
  crypto: CryptoProvider,
  keyring: Keyring,
  options: KeptLink & { readonly origin: string },
): Promise<string> {
  return formatLink(options.origin, options.grant.grantId, await openLinkSecret(crypto, keyring, options));
}

/** Has the notification sent once more. */
export async function resend(t: Transport, crypto: CryptoProvider, keyring: Keyring, kept: KeptLink): Promise<void> {
  const { envelopeId } = kept.envelope;
  const linkSecret = await openLinkSecret(crypto, keyring, kept);
  const idempotencyKey = toBase64url(crypto.randomBytes(16));
  await t.json(
    "POST",
    `/api/v1/envelopes/${encodeURIComponent(envelopeId)}/grants/${kept.grant.grantId}/resend`,
    { linkSecret },
    { idempotencyKey },
  );
}

function unsealedKey(key: Uint8Array): ContentKey {
  if (key.length !== 32) throw new PliError("integrity");
  return asContentKey(key);
}

/** What the sender's own reading needs of an envelope. */
export type SentEnvelope = Pick<Envelope, "envelopeId" | "sealedSenderKey" | "sealedKey">;

async function openSentKeys(
  crypto: CryptoProvider,
  keyring: Keyring,
  envelope: SentEnvelope,
): Promise<{ own: Own; contentKey: ContentKey }> {
  if (envelope.sealedKey === undefined) throw new PliError("destroyed");
  const own = await openSelf(crypto, keyring, envelope);
  return { own, contentKey: unsealedKey(await openOwnText(crypto, own, "key", envelope.sealedKey)) };
}

/** Content key of an envelope I sent. @throws PliError `integrity`, `destroyed` */
export async function openSentKey(
  crypto: CryptoProvider,
  keyring: Keyring,
  envelope: SentEnvelope,
): Promise<ContentKey> {
  return (await openSentKeys(crypto, keyring, envelope)).contentKey;
}

/** A new recipient, or a corrected address, for an envelope that was sent. Its link is in the answer. */
export async function addGrant(
  t: Transport,
  crypto: CryptoProvider,
  keyring: Keyring,
  options: {
    readonly envelope: SentEnvelope;
    readonly recipient: Recipient;
    readonly policy: Pick<MessagePolicy, "password" | "argon2" | "openings" | "language" | "delivery">;
  },
): Promise<SentLink> {
  const { envelope, recipient, policy } = options;
  const keys = await openSentKeys(crypto, keyring, envelope);
  const { grant, link } = await prepareGrant(crypto, { ...keys, origin: t.origin, recipient, policy });
  const idempotencyKey = toBase64url(crypto.randomBytes(16));
  await t.json("POST", `/api/v1/envelopes/${envelope.envelopeId}/grants`, grant, { idempotencyKey });
  return link;
}

/** Reads back what I sent; attachments by readAttachment with `source: {envelopeId}` and `parts: envelope.partList`. */
export async function openSent(
  t: Transport,
  crypto: CryptoProvider,
  keyring: Keyring,
  envelope: SentEnvelope,
): Promise<{ contentKey: ContentKey; manifest: Manifest }> {
  const contentKey = await openSentKey(crypto, keyring, envelope);
  const { envelopeId } = envelope;
  return { contentKey, manifest: await readManifest(t, crypto, { source: { envelopeId }, contentKey }) };
}

/** A request for a new copy was dealt with. */
export async function markRequestDone(t: Transport, envelopeId: string, requestId: string): Promise<void> {
  await t.json("POST", `/api/v1/envelopes/${envelopeId}/requests/${requestId}/done`, {});
}

export interface InboxFilter {
  /** Those alone that were not read yet. */
  readonly unread?: boolean;
  /** Part of the address or the name of who wrote it. */
  readonly q?: string;
}

/** Replies to me, newest first. */
export function inbox(t: Transport, cursor?: string, filter: InboxFilter = {}): Promise<Page<InboxItem>> {
  const { unread, q } = filter;
  return t.json("GET", `/api/v1/inbox${query({ cursor, unread: unread ? "true" : undefined, q })}`);
}

export async function markUnread(t: Transport, envelopeId: string): Promise<void> {
  await t.json("POST", `/api/v1/inbox/${envelopeId}/unread`, {});
}

export async function markRead(t: Transport, envelopeId: string): Promise<void> {
  await t.json("POST", `/api/v1/inbox/${envelopeId}/read`, {});
}

/** Destroys a received reply. */
export async function deleteInboxItem(t: Transport, envelopeId: string): Promise<void> {
  await t.json("DELETE", `/api/v1/inbox/${envelopeId}`);
}

/**
 * Opens a reply; its attachments by readAttachment with `source: {envelopeId}` and `parts: item.partList`.
 * @throws PliError `integrity`; `second_factor_required` {state: "replies" or "token"} when its key is withheld (M16): confirm the session, and
 * ask for the item again
 */
export async function openInboxItem(
  t: Transport,
  crypto: CryptoProvider,
  keyring: Keyring,
  item: Pick<InboxItem, "envelopeId" | "sealedKey" | "keyWithheld">,
): Promise<{ contentKey: ContentKey; manifest: Manifest }> {
  const { envelopeId, sealedKey, keyWithheld = "confirm" } = item;
  if (sealedKey === undefined) {
    throw new PliError("second_factor_required", { details: { state: keyWithheld === "token" ? "token" : "replies" } });
  }
  const reply = { kemPrivate: keyring.kemPrivate, info: INFO_REPLY, associatedData: envelopeId };
  const contentKey = unsealedKey(await openSealed(crypto, { ...reply, sealed: fromBase64url(sealedKey) }));
  return { contentKey, manifest: await readManifest(t, crypto, { source: { envelopeId }, contentKey }) };
}
