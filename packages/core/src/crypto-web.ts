/**
 * The primitives by WebCrypto, with two that it lacks (Argon2id by argon2id, SHA-256 in pieces by hash-wasm), each loaded on first use as
 * a chunk of its own. Needs a secure context and, for those two, `script-src 'wasm-unsafe-eval'`.
 */
import { utf8 } from "./bytes.ts";
import { PliError } from "./errors.ts";
import type { CryptoProvider } from "./sealing/provider.ts";
import { unshared, webAead } from "./web-aead.ts";

export { webAead } from "./web-aead.ts";

export const webCrypto: CryptoProvider = {
  randomBytes: (lengthBytes) => globalThis.crypto.getRandomValues(new Uint8Array(lengthBytes)),

  sha256: async (data) => new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", unshared(data))),

  async createSha256() {
    const { createHash } = await import("./web-sha256.ts");
    const hash = await createHash();
    return {
      update: (data) => void hash.update(data),
      digest: () => hash.digest("binary"),
    };
  },

  async hkdfSha256(input, salt, info, lengthBytes) {
    const { subtle } = globalThis.crypto;
    const key = await subtle.importKey("raw", unshared(input), "HKDF", false, ["deriveBits"]);
    const parameters = { name: "HKDF", hash: "SHA-256", salt: unshared(salt), info: utf8(info) };
    return new Uint8Array(await subtle.deriveBits(parameters, key, lengthBytes * 8));
  },

  async aes256Gcm(rawKey) {
    if (rawKey.length !== 32) throw new PliError("bad_input");
    const usages: KeyUsage[] = ["encrypt", "decrypt"];
    return webAead(await globalThis.crypto.subtle.importKey("raw", unshared(rawKey), "AES-GCM", false, usages));
  },

  async argon2id(password, salt, { memoryKiB, passes, lanes }) {
    const { webArgon2id } = await import("./web-argon2id.ts");
    return webArgon2id(password, salt, { memoryKiB, passes, lanes });
  },
};
