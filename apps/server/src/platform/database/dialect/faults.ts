/** Faults of the engine in our words. Never lets the engine's text (which may quote values) reach a caller. */
import { PliError } from "@pli/core/errors";

const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;
const SQLITE_IOERR_WRITE = 778;

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error)) return null;
  return typeof error.errcode === "number" ? error.errcode : null;
}

/** Whether a row with this key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  const code = resultCode(error);
  return code === SQLITE_CONSTRAINT_PRIMARYKEY || code === SQLITE_CONSTRAINT_UNIQUE;
}

/** The same error, or what it means for the caller: `storage_full`, `unavailable`. */
export function translateFault(error: unknown): unknown {
  const code = resultCode(error);
  if (code === null) return error;
  if (code === SQLITE_FULL || code === SQLITE_IOERR_WRITE) return new PliError("storage_full", { cause: error });
  if ((code & 255) === SQLITE_BUSY || (code & 255) === SQLITE_IOERR)
    return new PliError("unavailable", { cause: error });
  return error;
}
