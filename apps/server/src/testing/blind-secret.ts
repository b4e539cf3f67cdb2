/** One-time secrets made blindly: random bytes of the right length, as in blind-sender.ts. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import type { SecretCreation, SecretItem } from "@pli/core/wire";
import type { Person } from "./http.ts";

const text = (lengthBytes: number) => randomBytes(lengthBytes).toString("base64url");

export interface BlindSecret {
  readonly creation: SecretCreation;
  readonly secretId: string;
  readonly verifier: string;
}

const HOUR_MS = 3_600_000;

export function blindSecret(nowMs: number, wishes: Partial<SecretCreation> = {}): BlindSecret {
  const verifier = randomBytes(32);
  const secretId = text(16);
  const creation: SecretCreation = {
    secretId,
    verifierSha256: createHash("sha256").update(verifier).digest("base64url"),
    wrappedKey: text(60),
    content: text(2048 + 28),
    views: 1,
    expiresAt: new Date(nowMs + 24 * HOUR_MS).toISOString(),
    ...wishes,
  };
  return { creation, secretId, verifier: verifier.toString("base64url") };
}

export async function makeSecret(
  by: Person,
  nowMs: number,
  wishes: Partial<SecretCreation> = {},
): Promise<BlindSecret & { readonly item: SecretItem }> {
  const secret = blindSecret(nowMs, wishes);
  const answer = await by.call("POST", "/api/v1/secrets", { json: secret.creation });
  assert.equal(answer.status, 201, answer.bytes.toString());
  return { ...secret, item: answer.json<SecretItem>() };
}
