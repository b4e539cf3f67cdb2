/** Why a secret is not shown: from codes of errors to the words that say what to do. */
import type { ErrorCode } from "@pli/core/errors";
import type { Secret } from "@pli/texts/secret";

export type RefusalName = Exclude<keyof Secret["refused"], "wait" | "again">;

const BY_CODE: Partial<Record<ErrorCode, RefusalName>> = {
  bad_link: "cut",
  bad_input: "wrongLink",
  not_found: "unknown",
  wrong_password: "wrongLink",
  locked: "locked",
  expired: "expired",
  used_up: "used_up",
  destroyed: "destroyed",
  integrity: "integrity",
  unsupported_version: "version",
  rate_limited: "tooMany",
  network: "offline",
};

export function refusalOf(code: ErrorCode): RefusalName {
  return BY_CODE[code] ?? "internal";
}

/** Over for good: the seal is broken. */
export const ENDED: ReadonlySet<RefusalName> = new Set(["expired", "used_up", "destroyed"]);
/** Trying again changes nothing. */
export const FINAL: ReadonlySet<RefusalName> = new Set([...ENDED, "cut", "wrongLink", "unknown", "integrity"]);
