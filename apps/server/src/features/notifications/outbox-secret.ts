/** Secrets of waiting mails at rest (Z15). The mail's id is the place: a sealed secret moved to another row does not open. */
import type { ServerKeys } from "../../platform/keys.ts";
import { type SealedTexts, sealedTexts } from "../../platform/sealed-text.ts";

export type OutboxSecrets = SealedTexts;

export function outboxSecrets(keys: ServerKeys): OutboxSecrets {
  return sealedTexts(keys, "outbox");
}
