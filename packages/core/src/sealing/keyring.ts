/**
 * A member's keyring (spec: protocol.md Z9): everything from one 32-byte seed.
 *
 *     kemPrivate = HKDF-SHA256(seed, empty salt, "pli/1/keyring/kem", 32)   X-Wing decapsulation key
 *     signSeed   = HKDF-SHA256(seed, empty salt, "pli/1/keyring/sign", 32)  Ed25519 seed (RFC 8032)
 *
 * The public keys go to the server; the rest never leaves the member's devices.
 */
import { toHex } from "../bytes.ts";
import type { Seed } from "./keys.ts";
import type { CryptoProvider } from "./provider.ts";

export interface KeyringKeys {
  /** 32 bytes, secret */
  readonly kemPrivate: Uint8Array;
  /** 1216 bytes */
  readonly kemPublic: Uint8Array;
  /** 32 bytes, secret */
  readonly signSeed: Uint8Array;
  /** 32 bytes */
  readonly signPublic: Uint8Array;
}

export async function deriveKeyring(crypto: CryptoProvider, seed: Seed): Promise<KeyringKeys> {
  const none = new Uint8Array(0);
  const kemPrivate = await crypto.hkdfSha256(seed, none, "pli/1/keyring/kem", 32);
  const signSeed = await crypto.hkdfSha256(seed, none, "pli/1/keyring/sign", 32);
  const [{ kemPublicOf }, { ed25519 }] = await Promise.all([
    import("./hpke-suite.ts"),
    import("@noble/curves/ed25519.js"),
  ]);
  const kemPublic = await kemPublicOf(kemPrivate);
  return { kemPrivate, kemPublic, signSeed, signPublic: ed25519.getPublicKey(signSeed) };
}

/**
 * A public key to compare by eye or voice: the first 80 bits of its SHA-256 as five groups of four hex digits. Enough against a
 * second key that somebody searches to look alike; to compare by machine, compare the whole key.
 */
export async function keyringFingerprint(crypto: CryptoProvider, kemPublic: Uint8Array): Promise<string> {
  const hex = toHex((await crypto.sha256(kemPublic)).subarray(0, 10));
  return hex.replace(/.{4}(?=.)/g, "$& ");
}
