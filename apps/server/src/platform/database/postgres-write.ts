/**
 * One write on PostgreSQL: begin, the job, commit. The job does not wait for the begin: it goes with the first statements, and when it fails they are
 * passed over. Whoever lost a conflict, or a connection before the commit, is run again: nothing of
 * it was kept. A commit whose answer is lost is never run again: nobody knows whether it happened (Q10).
 */
import type pg from "pg";
import { collectAfterwards, type Tx } from "./connections.ts";
import { lostConflict, lostConnection, PostgresFault, translateFault, unavailable } from "./dialect/faults.ts";
import type { PostgresConnection } from "./dialect/postgres.ts";

export interface Session {
  readonly connection: PostgresConnection;
  /** Asks on the same connection, while a job runs and not a moment longer. */
  readonly tx: Tx;
  setOpen(isOpen: boolean): void;
}

/** Tries after conflicts: with a pause that doubles, the last one waits up to a third of a second. */
const CONFLICTS_MAX = 6;
const CONFLICT_PAUSE_MS = 10;
/** Tries on other connections: a server that was restarted has broken all that were idle. */
const CONNECTIONS_MAX = 3;

type Attempt<T> =
  | { readonly done: true; readonly value: T; readonly runAfterwards: () => void }
  | { readonly done: false; readonly error: unknown; readonly again: boolean; readonly broken: boolean };

/** @throws PliError `unavailable`, `storage_full`, `bad_input`, and what `job` throws */
export async function writeOn<T>(
  acquire: () => Promise<pg.PoolClient>,
  sessionOf: (client: pg.PoolClient) => Session,
  job: (tx: Tx) => Promise<T>,
): Promise<T> {
  let conflicts = 0;
  let connections = 0;
  for (;;) {
    const client = await acquire();
    const attempt = await runOnce(sessionOf(client), job);
    if (attempt.done) {
      client.release();
      attempt.runAfterwards();
      return attempt.value;
    }
    client.release(attempt.broken);
    const tries = attempt.broken ? ++connections < CONNECTIONS_MAX : ++conflicts < CONFLICTS_MAX;
    if (!attempt.again || !tries) throw translateFault(attempt.error);
    if (!attempt.broken) await pause(conflicts);
  }
}

async function runOnce<T>({ connection, tx, setOpen }: Session, job: (tx: Tx) => Promise<T>): Promise<Attempt<T>> {
  const runAfterwards = collectAfterwards(tx);
  let value: T;
  const begun = connection.command("begin isolation level read committed");
  setOpen(true);
  try {
    [value] = await Promise.all([job(tx), begun]);
  } catch (error) {
    // A statement that comes too late must not run behind the rollback, by itself.
    setOpen(false);
    const broken = lostConnection(error) || !(await rolledBack(connection));
    return { done: false, error, again: lostConflict(error) || lostConnection(error), broken };
  }
  setOpen(false);
  try {
    const command = await connection.command("commit");
    if (command === "COMMIT") return { done: true, value, runAfterwards };
    // The server answers ROLLBACK when a statement had failed and the job went on as if it had not.
    return { done: false, error: new TypeError("a job went on after a failed statement"), again: false, broken: false };
  } catch (error) {
    if (error instanceof PostgresFault && KEPT_NOTHING.test(error.code)) {
      return { done: false, error, again: lostConflict(error), broken: !(await rolledBack(connection)) };
    }
    return { done: false, error: unavailable(error), again: false, broken: true };
  }
}

/** Answers to a commit that say for sure that it did not happen: broken rules, lost conflicts, a full disk. */
const KEPT_NOTHING = /^(23|40)...$|^53100$/;

async function rolledBack(connection: PostgresConnection): Promise<boolean> {
  try {
    await connection.command("rollback");
    return true;
  } catch {
    return false;
  }
}

/** Half of the time is chance, so that two that met do not meet again. */
function pause(conflicts: number): Promise<void> {
  const ms = CONFLICT_PAUSE_MS * 2 ** (conflicts - 1);
  return new Promise((resume) => setTimeout(resume, ms / 2 + (Math.random() * ms) / 2));
}
