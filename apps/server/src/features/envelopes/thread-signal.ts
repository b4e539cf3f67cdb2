/**
 * Tells those who have a conversation on the screen, on every node, that something was said or ended in it. The sender hears all that is said
 * after a message, a recipient only what their own grant reads: that others were written to, and when they answer, is not theirs to know.
 */
import { afterCommit, type Signal, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";

/** @param of the message for its sender, the grant for its recipient */
export function threadSignal(of: { readonly messageId: string } | { readonly grantId: string }): Signal {
  return "grantId" in of ? `thread grant ${of.grantId}` : `thread ${of.messageId}`;
}

/** After the commit of `tx`. @param grantIds whose conversation it is in */
export function tellThread(services: Services, tx: Tx, messageId: string, grantIds: readonly string[]): void {
  afterCommit(tx, () => {
    services.db.raise(threadSignal({ messageId }));
    for (const grantId of grantIds) services.db.raise(threadSignal({ grantId }));
  });
}
