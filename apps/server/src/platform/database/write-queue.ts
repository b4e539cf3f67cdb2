/**
 * Group commit: writes that arrive together share one transaction and one fsync. Where a job of the group fails, the group is taken
 * back and run again with each job in its own savepoint, so that the job that fails rolls back alone: groups in which all goes
 * well, nearly all, pay for no savepoint. A promise settles only after the commit is durable.
 * A job must await nothing but the database: everybody else waits behind it. It may run twice: it must leave nothing outside the database.
 */
import { translateFault } from "./dialect/faults.ts";
import type { SqliteConnection } from "./dialect/sqlite.ts";

interface Waiting {
  readonly run: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** So many jobs share a commit at most: bounds how long the first one waits. */
const JOBS_PER_COMMIT = 256;

export interface WriteQueue {
  submit<T>(run: () => Promise<T>): Promise<T>;
  /** Goes up whenever something may have been written. */
  readonly version: number;
  /** Settles when everything submitted so far has settled. */
  idle(): Promise<void>;
}

export function createWriteQueue(connection: SqliteConnection): WriteQueue {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let version = 0;

  const drain = async () => {
    // One turn of the event loop, so that requests which arrived together are committed together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, JOBS_PER_COMMIT);
      waiting = waiting.slice(JOBS_PER_COMMIT);
      // Before: a reader that sees the commit sees the new number, too.
      version += 1;
      await commitTogether(connection, batch);
      version += 1;
      // Callers go on, and what the network brought in meanwhile joins the next batch.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    running = null;
  };

  return {
    get version() {
      return version;
    },
    submit: <T>(run: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ run, resolve: resolve as (value: unknown) => void, reject });
        running ??= drain();
      }),
    idle: async () => {
      while (running !== null) await running;
    },
  };
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

async function commitTogether(connection: SqliteConnection, batch: readonly Waiting[]): Promise<void> {
  let outcomes: readonly Outcome[];
  try {
    connection.command("begin immediate");
    outcomes = (await runAll(connection, batch)) ?? (await runEachAlone(connection, batch));
    if (connection.database.isTransaction) connection.command("commit");
  } catch (error) {
    const fault = translateFault(error);
    for (const job of batch) job.reject(fault);
    rollBack(connection);
    return;
  }
  batch.forEach((job, index) => {
    const outcome = outcomes[index] as Outcome;
    if ("error" in outcome) job.reject(translateFault(outcome.error));
    else job.resolve(outcome.value);
  });
}

/**
 * Runs the jobs without a way back for one of them. @returns null when one of several failed: nothing of any is kept then
 * @throws when the engine gave up the whole transaction (disk full)
 */
async function runAll(connection: SqliteConnection, batch: readonly Waiting[]): Promise<readonly Outcome[] | null> {
  const outcomes: Outcome[] = [];
  try {
    for (const job of batch) outcomes.push({ value: await job.run() });
    return outcomes;
  } catch (error) {
    if (!connection.database.isTransaction) throw error;
    connection.command("rollback");
    if (batch.length === 1) return [{ error }];
    connection.command("begin immediate");
    return null;
  }
}

async function runEachAlone(connection: SqliteConnection, batch: readonly Waiting[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const job of batch) outcomes.push(await runAlone(connection, job));
  return outcomes;
}

/** Never throws: a queue that stopped here would keep everybody waiting for ever. What cannot be rolled back fails the next `begin`. */
function rollBack(connection: SqliteConnection): void {
  try {
    if (connection.database.isTransaction) connection.command("rollback");
  } catch {
    // The file is closed or broken: every job that follows is told so by its own error.
  }
}

/** Runs one job. @throws when the engine gave up the whole transaction (disk full): then nothing of the batch is kept. */
async function runAlone(connection: SqliteConnection, job: Waiting): Promise<Outcome> {
  connection.command("savepoint job");
  try {
    const value = await job.run();
    connection.command("release job");
    return { value };
  } catch (error) {
    if (!connection.database.isTransaction) throw error;
    connection.command("rollback to job");
    connection.command("release job");
    return { error };
  }
}
