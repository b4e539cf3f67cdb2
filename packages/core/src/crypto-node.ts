/**
 * The primitives by node:crypto (OpenSSL, native Argon2). Synchronous, into the caller's memory: that is within reach of OpenSSL's
 * own speed, where WebCrypto in Node gives a quarter of it.
 */
import {
  argon2,
  type CipherGCM,
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type DecipherGCM,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import { PliError } from "./errors.ts";
import type { Aead, Argon2Cost, CryptoProvider } from "./sealing/provider.ts";

const TAG_BYTES = 16;
const GCM = { authTagLength: TAG_BYTES };
/**
 * Node allocates each `update`'s result anew; below 128 KiB the allocator hands out the same warm memory again once it is freed, above
 * it may ask the kernel for pages each time, which takes longer than the encryption.
 */
const UPDATE_BYTES = 65_536;

/** One or many `update`s, each result copied to `target` and freed at once instead of at the next garbage collection. */
function updateInto(cipher: CipherGCM | DecipherGCM, data: Uint8Array, target: Uint8Array): void {
  for (let at = 0; at < data.length; at += UPDATE_BYTES) {
    const result = cipher.update(data.subarray(at, at + UPDATE_BYTES));
    target.set(result, at);
    // Safe: detaches only memory that holds this result alone.
    if (result.buffer instanceof ArrayBuffer && result.buffer.byteLength === result.length) result.buffer.transfer(0);
  }
}

/** Memory that is not zeroed first: whoever asks fills it whole. Not from Node's pool, and without Buffer's methods. */
function unfilled(lengthBytes: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(lengthBytes).buffer);
}

function aead(rawKey: Uint8Array): Aead {
  if (rawKey.length !== 32) throw new PliError("bad_input");
  const key = createSecretKey(rawKey);

  function sealInto(nonce: Uint8Array, plaintext: Uint8Array, target: Uint8Array, associatedData?: Uint8Array): number {
    const cipher = createCipheriv("aes-256-gcm", key, nonce, GCM);
    if (associatedData !== undefined) cipher.setAAD(associatedData);
    updateInto(cipher, plaintext, target);
    cipher.final(); // GCM has no padding: nothing comes out, the tag is computed
    target.set(cipher.getAuthTag(), plaintext.length);
    return plaintext.length + TAG_BYTES;
  }

  function openInto(nonce: Uint8Array, sealed: Uint8Array, target: Uint8Array, associatedData?: Uint8Array): number {
    const bodyBytes = sealed.length - TAG_BYTES;
    if (bodyBytes < 0) throw new PliError("integrity");
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, GCM);
    if (associatedData !== undefined) decipher.setAAD(associatedData);
    decipher.setAuthTag(sealed.subarray(bodyBytes));
    updateInto(decipher, sealed.subarray(0, bodyBytes), target);
    try {
      decipher.final();
    } catch {
      target.fill(0, 0, bodyBytes); // unauthenticated: nobody may see it
      throw new PliError("integrity");
    }
    return bodyBytes;
  }

  return {
    sealInto: (nonce, plaintext, target) => sealInto(nonce, plaintext, target),
    openInto: (nonce, sealed, target) => openInto(nonce, sealed, target),
    seal(nonce, plaintext, associatedData) {
      const sealed = unfilled(plaintext.length + TAG_BYTES);
      sealInto(nonce, plaintext, sealed, associatedData);
      return sealed;
    },
    open(nonce, sealed, associatedData) {
      if (sealed.length < TAG_BYTES) throw new PliError("integrity");
      const plaintext = unfilled(sealed.length - TAG_BYTES);
      openInto(nonce, sealed, plaintext, associatedData);
      return plaintext;
    },
  };
}

function argon2id(password: Uint8Array, salt: Uint8Array, cost: Argon2Cost): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parameters = {
      message: password,
      nonce: salt,
      memory: cost.memoryKiB,
      passes: cost.passes,
      parallelism: cost.lanes,
      tagLength: 32,
    };
    argon2("argon2id", parameters, (error, hash) => (error ? reject(error) : resolve(new Uint8Array(hash))));
  });
}

export const nodeCrypto: CryptoProvider = {
  // Copies out of Node's shared pool, so that `.buffer` is never more than these bytes.
  randomBytes: (lengthBytes) => new Uint8Array(randomBytes(lengthBytes)),
  sha256: async (data) => new Uint8Array(createHash("sha256").update(data).digest()),
  createSha256: async () => {
    const hash = createHash("sha256");
    return {
      update: (data) => void hash.update(data),
      digest: () => new Uint8Array(hash.digest()),
    };
  },
  hkdfSha256: async (input, salt, info, lengthBytes) =>
    new Uint8Array(hkdfSync("sha256", input, salt, info, lengthBytes)),
  aes256Gcm: async (rawKey) => aead(rawKey),
  argon2id,
};
