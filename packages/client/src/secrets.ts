/** A member's one-time secrets (spec: exchanges.md S1): made here, listed, destroyed. The link is told once and kept nowhere. */
import { toBase64url } from "@pli/core/bytes";
import { type Argon2Cost, type CryptoProvider, formatLink, parseLink, sealSecret } from "@pli/core/sealing";
import type { Language, Page, SecretCreation, SecretItem, SecretSms } from "@pli/core/wire";
import type { Transport } from "./transport.ts";

export interface NewSecret {
  readonly text: string;
  /** 1 to 100. */
  readonly views: number;
  /** ISO 8601, 5 minutes to 30 days from now. */
  readonly expiresAt: string;
  readonly password?: string;
  /** In clear on the server: tell the member so. */
  readonly reference?: string;
  readonly argon2?: Argon2Cost;
  readonly signal?: AbortSignal;
}

/**
 * Seals it and has it kept.
 * @returns the link, which nobody can be told again
 * @throws PliError `bad_input`; `limit_reached` for a text too long, or too many secrets
 */
export async function createSecret(
  t: Transport,
  crypto: CryptoProvider,
  secret: NewSecret,
): Promise<{ readonly link: string; readonly item: SecretItem }> {
  const { text, password, argon2, views, expiresAt, reference, signal } = secret;
  const { linkSecret, grantId, wrappedKey, verifierSha256, passwordParams, content } = await sealSecret(crypto, {
    text,
    ...(password !== undefined && { password }),
    ...(argon2 !== undefined && { argon2 }),
  });
  const creation: SecretCreation = {
    ...{ secretId: grantId, verifierSha256, wrappedKey, content, views, expiresAt },
    ...(passwordParams && { passwordParams }),
    ...(reference !== undefined && { reference }),
  };
  const call = { idempotencyKey: grantId, ...(signal && { signal }) };
  const item = await t.json<SecretItem>("POST", "/api/v1/secrets", creation, call);
  return { link: formatLink(t.origin, grantId, linkSecret, "s"), item };
}

/** Has the link of one's own secret sent by SMS (S2). @throws PliError `number_refused`, `sms_unavailable`, `rate_limited` */
export async function textSecret(
  t: Transport,
  crypto: CryptoProvider,
  sms: { readonly link: string; readonly mobile: string; readonly language: Language },
): Promise<void> {
  const { grantId, linkSecret } = parseLink(sms.link, "s");
  const body: SecretSms = { mobile: sms.mobile, linkSecret, language: sms.language };
  const idempotencyKey = toBase64url(crypto.randomBytes(16));
  await t.json("POST", `/api/v1/secrets/${grantId}/sms`, body, { idempotencyKey });
}

/** Newest first. @param cursor `next` of the page before */
export function listSecrets(t: Transport, cursor?: string): Promise<Page<SecretItem>> {
  return t.json("GET", `/api/v1/secrets${cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`}`);
}

/** Nobody can reveal it any more. One that has ended stays as it ended. @throws PliError `not_found` */
export async function destroySecret(t: Transport, secretId: string): Promise<void> {
  await t.json("DELETE", `/api/v1/secrets/${secretId}`);
}
