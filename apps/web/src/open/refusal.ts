/** Why a message does not open: from codes of errors (packages/core/src/errors.ts) to the pages that say what to do. */
import { type ErrorCode, type ErrorDetails, PliError } from "@pli/core/errors";
import type { Refused } from "@pli/texts/open/refused";

export type RefusalName = keyof Refused["reasons"];
export interface Refusal {
  readonly name: RefusalName;
  readonly retryAfterSeconds?: number | undefined;
}

const BY_CODE: Partial<Record<ErrorCode, RefusalName>> = {
  bad_link: "cut",
  bad_input: "wrongLink",
  not_found: "unknown",
  wrong_password: "wrongLink",
  locked: "locked",
  expired: "expired",
  used_up: "used_up",
  revoked: "revoked",
  destroyed: "destroyed",
  opening_required: "timeOver",
  integrity: "integrity",
  unsupported_version: "version",
  rate_limited: "tooMany",
  network: "offline",
  unavailable: "unavailable",
  storage_full: "unavailable",
};

const GONE: readonly ErrorCode[] = ["expired", "used_up", "revoked", "destroyed", "not_found"];

/** Whether the message was ended while it was being read: nothing more can be said in it, however often one tries. */
export function isGone(cause: unknown): boolean {
  return cause instanceof PliError && GONE.includes(cause.code);
}

export function refusalOf(code: ErrorCode, details: ErrorDetails = {}): Refusal {
  return { name: BY_CODE[code] ?? "internal", retryAfterSeconds: details.retryAfterSeconds };
}
