/**
 * One-time secrets (spec: exchanges.md S1): a short text behind a link, for so many views. A kind of its own on the same grant (Z5 to Z8):
 * one row, no parts, no recipient. Whoever holds the link (and the password) may reveal it; its creator alone lists and destroys it.
 */
import type { PasswordParams } from "./account.ts";
import type { Language } from "./choices.ts";

export type SecretState = "active" | "used_up" | "expired" | "destroyed";

/** `POST /api/v1/secrets` → 201 SecretItem. Header `Idempotency-Key` honoured. Made on the creator's device, binary values base64url. */
export interface SecretCreation {
  readonly secretId: string; // 16 bytes: the grant id of Z5
  readonly verifierSha256: string; // 32 bytes
  readonly wrappedKey: string; // 60 bytes
  readonly passwordParams?: PasswordParams;
  readonly content: string; // the text, sealed and padded
  readonly views: number;
  readonly expiresAt: string;
  readonly reference?: string; // told not to be secret
}

/** `GET /api/v1/secrets?cursor=`: mine, newest first. `DELETE /api/v1/secrets/:secretId` → 204: destroys one of mine. */
export interface SecretItem {
  readonly secretId: string;
  readonly state: SecretState;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly viewsTotal: number;
  readonly viewsLeft: number;
  readonly hasPassword: boolean;
  readonly lastViewedAt?: string;
  readonly endedAt?: string;
  readonly reference?: string;
}

/** `POST /api/v1/secrets/:secretId/sms` → 202: the link of one of mine goes out by SMS (S2). */
export interface SecretSms {
  readonly mobile: string; // E.164
  readonly linkSecret: string; // 32 bytes: passes through the encrypted outbox (Z15)
  readonly language: Language;
}

/** `GET /api/v1/secrets/:secretId`: what stands before the button that reveals. Uses no view. 404 `not_found` when unknown. */
export interface SecretInfo {
  readonly secretId: string;
  readonly state: SecretState;
  readonly sender: { readonly name: string; readonly address: string };
  readonly organisation: string;
  readonly passwordParams?: PasswordParams;
  /** Absent unless state is `active`. */
  readonly expiresAt?: string;
  readonly viewsTotal?: number;
  readonly viewsLeft?: number;
}

/** `POST /api/v1/secrets/:secretId/views`: uses one view, each time. Never repeat it unasked. */
export interface ViewRequest {
  readonly verifier: string; // 32 bytes, Z7
}
export interface SecretView {
  readonly wrappedKey: string;
  readonly content: string;
  readonly viewsLeft: number; // 0: key and content are erased
  readonly expiresAt: string;
}
