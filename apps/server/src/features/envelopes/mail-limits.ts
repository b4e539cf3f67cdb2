/** How many notifications one member may have sent (Q8): in all, and to one mailbox. Against programs gone wild and members gone bad. */
import type { Services } from "../../services.ts";
import { takeWeighted } from "../limits/index.ts";

const WINDOW_SECONDS = 3600;

/**
 * Takes a turn for each of these mailboxes. Costs no look at the database.
 * @returns gives the turns back: for when nothing was sent
 * @throws PliError `rate_limited` {retryAfterSeconds}: then no turn is taken
 */
export function takeMails(services: Services, memberId: string, addresses: readonly string[]): () => void {
  if (addresses.length === 0) return () => undefined;
  const { mailsPerHour, mailsPerMailboxHour } = services.config;
  const window = { windowSeconds: WINDOW_SECONDS };
  return takeWeighted(services, [
    { door: "mails", key: memberId, limit: mailsPerHour, weight: addresses.length, ...window },
    ...addresses.map((address) => ({
      door: "mails-mailbox",
      key: `${memberId} ${address.toLowerCase()}`,
      limit: mailsPerMailboxHour,
      weight: 1,
      ...window,
    })),
  ]);
}
