/** Wakes the outbox of a database when something was ordered. Losing a wake loses nothing: the outbox looks by itself too. */
import type { Db } from "../../platform/database/index.ts";
import { workOn } from "../../platform/telemetry/index.ts";

const sleepers = new WeakMap<Db, () => void>();

/** `wake` is called, soon and perhaps often, after mails were ordered in `db` by this process. */
export function onOutboxOrders(db: Db, wake: () => void): void {
  sleepers.set(db, wake);
}

export function wakeOutbox(db: Db): void {
  // What it then does is nobody's request.
  workOn(null, () => sleepers.get(db)?.());
}
