/**
 * The primitives that sealing is built from, as a parameter: Node and browsers have different fast paths to the same bytes, and tests
 * inject fixed randomness to reproduce vectors. Never add an algorithm here that the protocol does not name.
 */
import type { PasswordParams } from "../wire/account.ts";

/** AES-256-GCM (NIST SP 800-38D) under one key: 12-byte nonce, 16-byte tag after the ciphertext. */
export interface Aead {
  /** @returns ciphertext ‖ tag, in memory of its own. The caller answers for never using a nonce twice. */
  seal(nonce: Uint8Array, plaintext: Uint8Array, associatedData?: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** The same without associated data into `target`, which must not overlap. @returns bytes written: 16 more than the plaintext's */
  sealInto(nonce: Uint8Array, plaintext: Uint8Array, target: Uint8Array): number | Promise<number>;
  /** @returns the plaintext. @throws PliError `integrity` when anything at all was changed. */
  open(nonce: Uint8Array, sealed: Uint8Array, associatedData?: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** The same without associated data into `target`. @returns bytes written. @throws PliError `integrity`, `target` wiped */
  openInto(nonce: Uint8Array, sealed: Uint8Array, target: Uint8Array): number | Promise<number>;
}

/** SHA-256 (FIPS 180-4) fed piece by piece. */
export interface Sha256Stream {
  update(data: Uint8Array): void;
  /** 32 bytes; the stream is finished by it. */
  digest(): Uint8Array;
}

/** Cost of Argon2id (RFC 9106). */
export type Argon2Cost = Pick<PasswordParams, "memoryKiB" | "passes" | "lanes">;

export interface CryptoProvider {
  /** Bytes of a cryptographic random generator. */
  randomBytes(lengthBytes: number): Uint8Array;
  sha256(data: Uint8Array): Promise<Uint8Array>;
  createSha256(): Promise<Sha256Stream>;
  /** HKDF (RFC 5869), extract and expand; `info` as UTF-8. */
  hkdfSha256(input: Uint8Array, salt: Uint8Array, info: string, lengthBytes: number): Promise<Uint8Array>;
  /** @param rawKey 32 bytes */
  aes256Gcm(rawKey: Uint8Array): Promise<Aead>;
  /** Argon2id version 1.3, 32 bytes out. Cost is the caller's to bound. */
  argon2id(password: Uint8Array, salt: Uint8Array, cost: Argon2Cost): Promise<Uint8Array>;
}
