/**
 * The primitives by node:crypto (OpenSSL, native Argon2). One `update` per whole segment, synchronously: that is within reach of
 * OpenSSL's own speed, where WebCrypto in Node gives a quarter of it.
 */
import {
  argon2,
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import { PliError } from "./errors.ts";
import type { Aead, Argon2Cost, CryptoProvider } from "./sealing/provider.ts";

const TAG_BYTES = 16;
const GCM = { authTagLength: TAG_BYTES };

/** The same memory without Node's Buffer methods, whose `slice` differs from every other array's. */
function bare(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function aead(rawKey: Uint8Array): Aead {
  if (rawKey.length !== 32) throw new PliError("bad_input");
  const key = createSecretKey(rawKey);

  function sealPieces(nonce: Uint8Array, plaintext: Uint8Array, associatedData?: Uint8Array): [Uint8Array, Uint8Array] {
    const cipher = createCipheriv("aes-256-gcm", key, nonce, GCM);
    if (associatedData !== undefined) cipher.setAAD(associatedData);
    const body = cipher.update(plaintext);
    cipher.final(); // GCM has no padding: nothing comes out, the tag is computed
    return [bare(body), bare(cipher.getAuthTag())];
  }

  return {
    sealPieces,
    seal(nonce, plaintext, associatedData) {
      const [body, tag] = sealPieces(nonce, plaintext, associatedData);
      const sealed = new Uint8Array(body.length + TAG_BYTES);
      sealed.set(body);
      sealed.set(tag, body.length);
      return sealed;
    },
    open(nonce, sealed, associatedData) {
      const bodyBytes = sealed.length - TAG_BYTES;
      if (bodyBytes < 0) throw new PliError("integrity");
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, GCM);
      if (associatedData !== undefined) decipher.setAAD(associatedData);
      decipher.setAuthTag(sealed.subarray(bodyBytes));
      const plaintext = decipher.update(sealed.subarray(0, bodyBytes));
      try {
        decipher.final();
      } catch {
        plaintext.fill(0); // unauthenticated: nobody may see it
        throw new PliError("integrity");
      }
      return bare(plaintext);
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
