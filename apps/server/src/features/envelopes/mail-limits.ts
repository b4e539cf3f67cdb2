/**
 * How many notifications one member may have sent (Q8): in all, and to one mailbox or number. Against programs gone wild and members gone
 * bad.
 */
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { requireTurn, takeWeightedIn } from "../limits/index.ts";
import { takeSms } from "../sms/index.ts";
import type { GrantsTable } from "./envelopes.table.ts";

const WINDOW_SECONDS = 3600;

/**
 * Refuses early whom `takeMails` would refuse for the mails of the hour, at the price of a read.
 * @throws PliError `rate_limited` {retryAfterSeconds}
 */
export async function requireMailsLeft(services: Services, memberId: string, count: number): Promise<void> {
  if (count === 0) return;
  const { mailsPerHour: limit } = services.config;
  await requireTurn(services, { door: "mails", key: memberId, limit, windowSeconds: WINDOW_SECONDS });
}

/** Whom these grants' notices go to: each mailbox and each number once. */
export function noticedBy(grants: readonly Pick<GrantsTable, "delivery" | "address" | "mobile">[]): {
  readonly addresses: readonly string[];
  readonly numbers: readonly string[];
} {
  const addresses = grants.flatMap(({ delivery, address }) => (delivery === "mail" ? [address] : []));
  const numbers = grants.flatMap(({ delivery, mobile }) => (delivery === "sms" && mobile !== null ? [mobile] : []));
  return { addresses: [...new Set(addresses)], numbers };
}

/** Takes the turns of mails and of SMS. @throws PliError `rate_limited`, as `takeMails` */
export async function takeNotices(
  services: Services,
  tx: Tx,
  order: {
    readonly memberId: string;
    readonly addresses: readonly string[];
    readonly numbers: readonly string[];
    readonly nowMs: number;
  },
): Promise<void> {
  await takeMails(services, tx, order);
  await takeSms(services, tx, order);
}

/**
 * Takes a turn for each of these mailboxes, which are different ones, in the transaction that orders the mails: at its end, since other
 * sendings of this member wait for it from here on.
 * @throws PliError `rate_limited` {retryAfterSeconds}: then no turn is taken, and the transaction must not go on
 */
async function takeMails(
  { config }: Services,
  tx: Tx,
  order: { readonly memberId: string; readonly addresses: readonly string[]; readonly nowMs: number },
): Promise<void> {
  const { memberId, addresses, nowMs } = order;
  if (addresses.length === 0) return;
  const window = { windowSeconds: WINDOW_SECONDS };
  const keys = addresses.map((address) => `${memberId} ${address.toLowerCase()}`);
  const { mailsPerHour, mailsPerMailboxHour } = config;
  await Promise.all([
    takeWeightedIn(tx, nowMs, {
      door: "mails",
      keys: [memberId],
      limit: mailsPerHour,
      weight: addresses.length,
      ...window,
    }),
    takeWeightedIn(tx, nowMs, { door: "mails-mailbox", keys, limit: mailsPerMailboxHour, weight: 1, ...window }),
  ]);
}
