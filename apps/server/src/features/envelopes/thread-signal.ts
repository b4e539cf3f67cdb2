/** Tells those who have a message's conversation on the screen, on every node, that something was said or ended in it. */
import { afterCommit, type Signal, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";

export function threadSignal(messageId: string): Signal {
  return `thread ${messageId}`;
}

/** After the commit of `tx`. */
export function tellThread(services: Services, tx: Tx, messageId: string): void {
  afterCommit(tx, () => services.db.raise(threadSignal(messageId)));
}
