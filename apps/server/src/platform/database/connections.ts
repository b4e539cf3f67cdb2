/** What stands behind the readers and transactions of a database: its connection for texts compiled once, and what to do after the commit. */
import type { Kysely } from "kysely";
import type { DirectConnection } from "./dialect/engine.ts";
import type { Schema } from "./schema.ts";

/** Enough of Kysely to ask. A `Tx` is a `Reader`, a `Reader` is not a `Tx`. */
export type Reader = Pick<
  Kysely<Schema>,
  "selectFrom" | "selectNoFrom" | "with" | "withRecursive" | "fn" | "getExecutor"
>;

declare const writing: unique symbol;
/** Inside a write transaction. */
export type Tx = Kysely<Schema> & { readonly [writing]: true };

const connections = new WeakMap<object, DirectConnection>();
const afterwards = new WeakMap<object, (() => void)[]>();

/** Called by those who make a reader or transaction. */
export function setDirectConnection(of: Kysely<Schema>, connection: DirectConnection): void {
  connections.set(of, connection);
}

/** The connection under a reader or transaction, for statements compiled once. */
export function directConnection(on: Reader): DirectConnection {
  const connection = connections.get(on);
  if (connection === undefined) throw new TypeError("not a reader or transaction of this database");
  return connection;
}

/** Runs `then` once what this transaction wrote is durable and to be seen by everybody; never when it is rolled back. It must not throw. */
export function afterCommit(tx: Tx, then: () => void): void {
  afterwards.get(tx)?.push(then);
}

/** Collects what a job wants to happen after its commit; a job that runs again begins anew. @returns what runs all of it */
export function collectAfterwards(tx: Tx): () => void {
  const list: (() => void)[] = [];
  afterwards.set(tx, list);
  return () => {
    for (const then of list) then();
  };
}
