/**
 * One-time secrets (spec: exchanges.md S1; protocol.md Z5 to Z7): a short text under a grant of its own, sealed whole.
 *
 *     grant   = as for a message (grants.ts), its id being the secret's id
 *     key     = HKDF-SHA256(input = content key, salt = id, info = "pli/1/secret", 32 bytes)
 *     plain   = JSON {"v":1,"text":…,"pad":…} in UTF-8, filled with spaces in `pad` up to a size class (manifest.ts)
 *     content = nonce (12) ‖ AES-256-GCM(key, nonce, plain, associated data = id)
 *
 * Unknown fields are ignored, a higher version is refused.
 */
import { concatBytes, fromBase64url, fromUtf8, toBase64url, utf8 } from "../bytes.ts";
import { PliError } from "../errors.ts";
import { isWellFormed } from "../well-formed.ts";
import { LIMITS } from "../wire/limits.ts";
import { type ContentKey, newContentKey } from "./keys.ts";
import { paddedBytes } from "./manifest.ts";
import { createGrant, type NewGrant } from "./new-grant.ts";
import type { Aead, Argon2Cost, CryptoProvider } from "./provider.ts";
import { object, text as textOf, whole } from "./shape.ts";

const VERSION = 1;
const ID_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new secret: what goes to the server, and in `linkSecret` what never does. */
export interface SealedSecret extends NewGrant {
  /** Sealed text, base64url. */
  readonly content: string;
}

/** @throws PliError `bad_input` when there is no text, or it is not well-formed; `limit_reached` when it is too long */
export async function sealSecret(
  crypto: CryptoProvider,
  secret: { readonly text: string; readonly password?: string; readonly argon2?: Argon2Cost },
): Promise<SealedSecret> {
  const { text, ...protection } = secret;
  const plain = encode(text);
  const contentKey = newContentKey(crypto);
  const grant = await createGrant(crypto, { contentKey, ...protection });
  const id = fromBase64url(grant.grantId, ID_BYTES);
  const aead = await aeadOf(crypto, contentKey, id);
  // Safe: the key is fresh, so its one random nonce cannot have been used before.
  const nonce = crypto.randomBytes(NONCE_BYTES);
  return { ...grant, content: toBase64url(concatBytes(nonce, await aead.seal(nonce, plain, id))) };
}

/** @param secret.content base64url, as the server gave it. @throws PliError `integrity`, `unsupported_version` */
export async function openSecret(
  crypto: CryptoProvider,
  secret: { readonly secretId: string; readonly contentKey: ContentKey; readonly content: string },
): Promise<string> {
  let id: Uint8Array;
  let content: Uint8Array;
  try {
    id = fromBase64url(secret.secretId, ID_BYTES);
    content = fromBase64url(secret.content);
  } catch {
    throw new PliError("integrity");
  }
  const longest = NONCE_BYTES + LIMITS.secretPlainBytes + TAG_BYTES;
  if (content.length < NONCE_BYTES + TAG_BYTES || content.length > longest) throw new PliError("integrity");
  const aead = await aeadOf(crypto, secret.contentKey, id);
  const plain = await aead.open(content.subarray(0, NONCE_BYTES), content.subarray(NONCE_BYTES), id);
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(plain));
  } catch {
    throw new PliError("integrity");
  }
  const fields = object(value);
  if (whole(fields.v, VERSION) > VERSION) throw new PliError("unsupported_version");
  return textOf(fields.text, 1, LIMITS.secretPlainBytes);
}

async function aeadOf(crypto: CryptoProvider, contentKey: ContentKey, id: Uint8Array): Promise<Aead> {
  return crypto.aes256Gcm(await crypto.hkdfSha256(contentKey, id, "pli/1/secret", 32));
}

function encode(text: string): Uint8Array {
  if (text === "" || !isWellFormed(text)) throw new PliError("bad_input", { details: { field: "text" } });
  const bytes = utf8(JSON.stringify({ v: VERSION, text, pad: "" }));
  const size = paddedBytes(bytes.length);
  if (size > LIMITS.secretPlainBytes) {
    throw new PliError("limit_reached", { details: { field: "text", limit: LIMITS.secretPlainBytes } });
  }
  return utf8(JSON.stringify({ v: VERSION, text, pad: " ".repeat(size - bytes.length) }));
}
