/** Errors over HTTP: RFC 9457 problem+json. The one table from code to status; never a cause, a stack or a value. */
import { type ErrorCode, PliError } from "@pli/core/errors";
import type { Problem } from "@pli/core/wire";

/** Exhaustive: a new code does not compile without its status. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  bad_input: 400,
  bad_link: 400,
  payload_too_large: 413,
  unsupported_media_type: 415,
  unsupported_version: 400,
  idempotency_mismatch: 422,
  not_signed_in: 401,
  not_found: 404,
  forbidden_origin: 403,
  sign_in_link_invalid: 410,
  confirmation_required: 403,
  confirmation_wrong: 403,
  robot_check_failed: 403,
  second_factor_required: 403,
  passkey_refused: 403,
  mailbox_proof_required: 403,
  sms_proof_required: 403,
  wrong_code: 403,
  code_expired: 403,
  wrong_password: 403,
  locked: 423,
  expired: 410,
  used_up: 410,
  revoked: 410,
  destroyed: 410,
  opening_required: 403,
  policy_refused: 403,
  conflict: 409,
  already_exists: 409,
  last_slot: 409,
  too_late: 409,
  limit_reached: 409,
  sms_unavailable: 409,
  number_refused: 400,
  rate_limited: 429,
  storage_full: 507,
  unavailable: 503,
  internal: 500,
  integrity: 400,
  network: 502,
  cancelled: 400,
  keyring_locked: 409,
};

export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What to answer for anything thrown: a PliError as it says, anything else `internal`. */
export function problemAnswer(error: unknown, origin: string, requestId: string): ProblemAnswer {
  const known = error instanceof PliError ? error : new PliError("internal");
  // RFC 9110 section 15.5.17: a range of which nothing is there has a status of its own.
  const status = known.details.field === "Range" ? 416 : STATUS[known.code];
  return problemWithStatus(known, status, origin, requestId);
}

/** The same under another status (405 for a known path asked with another method). */
export function problemWithStatus(error: PliError, status: number, origin: string, requestId: string): ProblemAnswer {
  const hasDetails = Object.keys(error.details).length > 0;
  const problem: Problem = {
    type: `${origin}/problems/${error.code}`,
    title: error.code.replaceAll("_", " "),
    status,
    code: error.code,
    ...(hasDetails ? { details: error.details } : {}),
    requestId,
  };
  const headers: Record<string, string> = { "content-type": "application/problem+json", "cache-control": "no-store" };
  if (error.details.retryAfterSeconds !== undefined) {
    headers["retry-after"] = String(Math.max(1, Math.ceil(error.details.retryAfterSeconds)));
  }
  return { status, headers, body: JSON.stringify(problem) };
}
