/**
 * The one error type of Pli and the closed list of its codes. A code is stable: programs branch on it, texts are looked up
 * by it (packages/texts/src/errors), the server maps it to one HTTP status. Never carries a secret or a sentence for people.
 */

/** What can go wrong, by who can mend it. */
export const ERROR_CODES = [
  // the caller's words
  "bad_input", // malformed or out of bounds; details.field when known
  "bad_link", // not a Pli link, or cut off
  "payload_too_large",
  "unsupported_media_type",
  "unsupported_version", // made by a newer Pli
  "idempotency_mismatch", // same Idempotency-Key, other content
  // who is calling
  "not_signed_in",
  "not_found", // unknown, or not yours: both look alike
  "forbidden_origin", // cross-site request
  "sign_in_link_invalid", // unknown, used or expired
  "confirmation_required", // sign-in link opened in another browser: confirm with the displayed check
  "confirmation_wrong",
  "robot_check_failed",
  "second_factor_required", // signed in, but this asks to confirm with the second factor first
  "passkey_refused", // unknown, too late, used before, or not for here
  // a grant's doors
  "mailbox_proof_required", // ask a code first
  "sms_proof_required", // ask an SMS code first
  "wrong_code",
  "code_expired",
  "wrong_password", // verifier or passphrase did not match; details.triesLeft when counted
  "locked", // too many wrong passwords; details.retryAfterSeconds
  "expired",
  "used_up",
  "revoked",
  "destroyed",
  "opening_required", // download without a running opening
  "policy_refused", // the sender's organisation does not allow it; details.rule
  // state
  "conflict", // not possible in the present state; details.state
  "already_exists",
  "last_slot", // the last key slot cannot go
  "too_late", // the time to take it back is over
  "limit_reached", // too many parts, recipients, slots...; details.limit
  "sms_unavailable", // this server sends no SMS
  "number_refused", // no mobile number, or of a country that this server does not write to
  // load
  "rate_limited", // details.retryAfterSeconds
  "storage_full",
  "unavailable",
  "internal",
  // found by the client
  "integrity", // something was changed on the way: never show it
  "network",
  "cancelled",
  "keyring_locked", // unlock first
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Facts beside a code, safe to show and to send. */
export interface ErrorDetails {
  readonly field?: string;
  readonly state?: string;
  readonly limit?: number;
  readonly triesLeft?: number;
  readonly retryAfterSeconds?: number;
  /** Name of a setting of the organisation (wire/policies.ts). */
  readonly rule?: string;
}

export class PliError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "PliError";
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Whether `code` is one of ours: what comes over the wire may be newer. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && (ERROR_CODES as readonly string[]).includes(code);
}
