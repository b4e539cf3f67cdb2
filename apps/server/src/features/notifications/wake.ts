/** Wakes the outbox of a database when something was ordered. Losing a wake loses nothing: the outbox looks by itself too. */
import type { Db } from "../../platform/database/index.ts";
import { workOn } from "../../platform/telemetry/index.ts";

/** `wake` is called, soon and perhaps often, after mails were ordered in `db` by whatever node. @returns ends it */
export function onOutboxOrders(db: Db, wake: () => void): () => void {
  return db.hear("outbox", wake);
}

export function wakeOutbox(db: Db): void {
  // What it then does is nobody's request.
  workOn(null, () => db.raise("outbox"));
}
