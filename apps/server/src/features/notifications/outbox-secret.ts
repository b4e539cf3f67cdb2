/**
 * Secrets of waiting mails at rest: AES-256-GCM under a key derived from the server's key file, which is outside the database
 * (Z15). The mail's id is the associated data: a sealed secret moved to another row does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { fromBase64url, toBase64url, utf8 } from "@pli/core/bytes";
import type { ServerKeys } from "../../platform/keys.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface OutboxSecrets {
  /** nonce (12) ‖ ciphertext ‖ tag (16), base64url. The nonce is random: a key seals far fewer than 2^32 mails. */
  seal(mailId: string, secret: string): string;
  /** @throws Error when it was changed, or sealed under another key file */
  open(mailId: string, sealed: string): string;
}

export function outboxSecrets(keys: ServerKeys): OutboxSecrets {
  const key = keys.derive("outbox");
  return {
    seal: (mailId, secret) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(utf8(mailId));
      return toBase64url(Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]));
    },
    open: (mailId, sealed) => {
      const bytes = fromBase64url(sealed);
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(utf8(mailId));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      return text.toString("utf8");
    },
  };
}
