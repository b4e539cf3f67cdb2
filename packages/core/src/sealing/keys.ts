/** Secrets as types of their own, so that one is never passed for another. Made here and nowhere else. */
import { fromBase64url } from "../bytes.ts";
import { PliError } from "../errors.ts";
import type { CryptoProvider } from "./provider.ts";

declare const brand: unique symbol;

/** 32 random bytes, fresh for each envelope (Z1). */
export type ContentKey = Uint8Array & { readonly [brand]: "ContentKey" };
/** 32 random bytes as base64url, as in a link's fragment (Z5). */
export type LinkSecret = string & { readonly [brand]: "LinkSecret" };
/** 32 random bytes, fresh for each envelope: what its sender keeps for themself is sealed under it (Z12). */
export type SenderKey = Uint8Array & { readonly [brand]: "SenderKey" };
/** 32 random bytes, root of a member's keyring (Z9). */
export type Seed = Uint8Array & { readonly [brand]: "Seed" };

const KEY_BYTES = 32;

function thirtyTwo(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== KEY_BYTES) throw new PliError("bad_input");
  return bytes;
}

/** A fresh content key. */
export function newContentKey(crypto: CryptoProvider): ContentKey {
  return crypto.randomBytes(KEY_BYTES) as ContentKey;
}

/** Bytes that were kept or unsealed, as a content key. @throws PliError `bad_input` unless 32 bytes */
export function asContentKey(bytes: Uint8Array): ContentKey {
  return thirtyTwo(bytes) as ContentKey;
}

/** Text that was kept or received, as a link secret. @throws PliError `bad_input` unless base64url of 32 bytes */
export function asLinkSecret(text: string): LinkSecret {
  fromBase64url(text, KEY_BYTES);
  return text as LinkSecret;
}

/** A fresh sender key. */
export function newSenderKey(crypto: CryptoProvider): SenderKey {
  return crypto.randomBytes(KEY_BYTES) as SenderKey;
}

/** Bytes that were unsealed, as a sender key. @throws PliError `bad_input` unless 32 bytes */
export function asSenderKey(bytes: Uint8Array): SenderKey {
  return thirtyTwo(bytes) as SenderKey;
}

/** A fresh keyring seed. */
export function createSeed(crypto: CryptoProvider): Seed {
  return crypto.randomBytes(KEY_BYTES) as Seed;
}

/** Bytes that were kept or unwrapped, as a seed. @throws PliError `bad_input` unless 32 bytes */
export function asSeed(bytes: Uint8Array): Seed {
  return thirtyTwo(bytes) as Seed;
}
