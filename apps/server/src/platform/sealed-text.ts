/**
 * Text at rest that the database alone must not give away: AES-256-GCM under a key derived for one purpose from the server's key file, which
 * is outside the database (Z15). Where it lies is the associated data: a sealed text moved to another row does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { fromBase64url, toBase64url, utf8 } from "@pli/core/bytes";
import type { ServerKeys } from "./keys.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface SealedTexts {
  /** nonce (12) ‖ ciphertext ‖ tag (16), base64url. The nonce is random: a key seals far fewer than 2^32 texts. */
  seal(place: string, text: string): string;
  /** @throws Error when it was changed, or sealed for another place or under another key file */
  open(place: string, sealed: string): string;
}

export function sealedTexts(keys: ServerKeys, purpose: string): SealedTexts {
  const key = keys.derive(purpose);
  return {
    seal: (place, text) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(utf8(place));
      return toBase64url(Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]));
    },
    open: (place, sealed) => {
      const bytes = fromBase64url(sealed);
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(utf8(place));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      return text.toString("utf8");
    },
  };
}
