/** AES-256-GCM under a WebCrypto key, which may be non-extractable: this device's own key never leaves the browser. */
import { PliError } from "./errors.ts";
import { releaseMemory } from "./release-memory.ts";
import type { Aead } from "./sealing/provider.ts";

/** What WebCrypto takes: never shared memory. Nothing in Pli makes a SharedArrayBuffer, so the cast holds. */
export function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

function parameters(nonce: Uint8Array, associatedData: Uint8Array | undefined): AesGcmParams {
  const base = { name: "AES-GCM", iv: unshared(nonce), tagLength: 128 };
  return associatedData === undefined ? base : { ...base, additionalData: unshared(associatedData) };
}

/** Copies a result and gives its memory back at once: see release-memory.ts. */
function moveInto(target: Uint8Array, result: ArrayBuffer): number {
  const lengthBytes = result.byteLength;
  target.set(new Uint8Array(result));
  releaseMemory(result);
  return lengthBytes;
}

/** @param key AES-GCM, 256 bits, usages encrypt and decrypt */
export function webAead(key: CryptoKey): Aead {
  const { subtle } = globalThis.crypto;
  const aead: Aead = {
    async seal(nonce, plaintext, associatedData) {
      return new Uint8Array(await subtle.encrypt(parameters(nonce, associatedData), key, unshared(plaintext)));
    },
    async open(nonce, sealed, associatedData) {
      try {
        return new Uint8Array(await subtle.decrypt(parameters(nonce, associatedData), key, unshared(sealed)));
      } catch {
        throw new PliError("integrity");
      }
    },
    async sealInto(nonce, plaintext, target) {
      return moveInto(target, (await aead.seal(nonce, plaintext)).buffer as ArrayBuffer);
    },
    async openInto(nonce, sealed, target) {
      return moveInto(target, (await aead.open(nonce, sealed)).buffer as ArrayBuffer);
    },
  };
  return aead;
}
