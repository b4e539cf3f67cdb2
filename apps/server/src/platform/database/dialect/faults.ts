/** Faults of the engine in our words. Never lets the engine's text (which may quote values) reach a caller. */
import { PliError } from "@pli/core/errors";

const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;
const SQLITE_IOERR_WRITE = 778;

/** PostgreSQL's SQLSTATE (appendix A of its manual). */
const UNIQUE_VIOLATION = "23505";
const SERIALIZATION_FAILURE = "40001";
const DEADLOCK = "40P01";
const PLAN_IS_OLD = "0A000";
/** A write on a standby. */
export const READS_ONLY = "25006";
/** Class 53 without 53100: too many connections, out of memory. */
const DISK_FULL = "53100";
const DATA_EXCEPTION = /^22/;
/** Connection, resources, the operator's intervention, a server that only reads (a standby), locks and times that ran out, roles. */
const UNAVAILABLE = /^(08...|53...|57...|58...|25006|25P0[34]|55P03|28...|3D000|40...)$/;

/** Callers are told to come again after this: a server that starts again is back by then. */
const RETRY_AFTER_SECONDS = 2;

/**
 * An answer of PostgreSQL that is an error. Carries its code alone: the message, the detail and the hint quote rows. `code` is
 * five characters, or `connection` when the connection broke before there was one.
 */
export class PostgresFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`PostgreSQL ${code}`);
    this.name = "PostgresFault";
    this.code = code;
  }
}

/** What the driver threw, without its words. A fault without an SQLSTATE is one of the connection, or of time. */
export function connectionFault(error: unknown): PostgresFault {
  if (error instanceof PostgresFault) return error;
  const code = error instanceof Error && "code" in error ? error.code : null;
  return new PostgresFault(
    typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && hasSeverity(error) ? code : "connection",
  );
}

/** Only what the server itself said has a severity: `EPIPE` has five capitals, too. */
function hasSeverity(error: unknown): boolean {
  return error instanceof Error && "severity" in error;
}

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error)) return null;
  return typeof error.errcode === "number" ? error.errcode : null;
}

/** Whether a row with this key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  if (error instanceof PostgresFault) return error.code === UNIQUE_VIOLATION;
  const code = resultCode(error);
  return code === SQLITE_CONSTRAINT_PRIMARYKEY || code === SQLITE_CONSTRAINT_UNIQUE;
}

/** Whether the transaction was the loser of a conflict, or ran on a plan from before a migration: nothing of it was kept, again may go well. */
export function lostConflict(error: unknown): boolean {
  const code = error instanceof PostgresFault ? error.code : null;
  return code === SERIALIZATION_FAILURE || code === DEADLOCK || code === PLAN_IS_OLD;
}

/** Whether prepared statements were made before a migration changed their tables. */
export function isOldPlan(error: unknown): boolean {
  return error instanceof PostgresFault && error.code === PLAN_IS_OLD;
}

/** Whether the connection is of no use any more. */
export function lostConnection(error: unknown): boolean {
  return error instanceof PostgresFault && /^(connection|08...|57P0.|25006|25P03)$/.test(error.code);
}

/** The same error, or what it means for the caller: `storage_full`, `unavailable`, `bad_input`. */
export function translateFault(error: unknown): unknown {
  if (error instanceof PostgresFault) return translatePostgres(error);
  const code = resultCode(error);
  if (code === null) return error;
  if (code === SQLITE_FULL || code === SQLITE_IOERR_WRITE) return new PliError("storage_full", { cause: error });
  if ((code & 255) === SQLITE_BUSY || (code & 255) === SQLITE_IOERR) return unavailable(error);
  return error;
}

function translatePostgres(fault: PostgresFault): unknown {
  if (fault.code === DISK_FULL) return new PliError("storage_full", { cause: fault });
  if (fault.code === "connection" || UNAVAILABLE.test(fault.code)) return unavailable(fault);
  // A zero byte in a text, a number beyond 64 bits: no row can hold it, so the caller's words are wrong.
  if (DATA_EXCEPTION.test(fault.code)) return new PliError("bad_input", { cause: fault });
  return fault;
}

/** The database does not answer now, or its answer to a commit was lost: whoever asks again must be told the truth by a look first. */
export function unavailable(cause: unknown): PliError {
  return new PliError("unavailable", { details: { retryAfterSeconds: RETRY_AFTER_SECONDS }, cause });
}
