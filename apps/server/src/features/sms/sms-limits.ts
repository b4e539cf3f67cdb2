/** How many SMS (Q8): an hour's to one number, to one country, and by one member. Shared by all nodes. Against pumping and programs gone wild. */
import type { Tx } from "../../platform/database/index.ts";
import { countryOf } from "../../platform/sms/index.ts";
import type { Services } from "../../services.ts";
import { type Limit, takeWeightedIn } from "../limits/index.ts";
import { countSms } from "./sms-usage.ts";

const WINDOW_SECONDS = 3600;

/** The doors of one SMS to a number, the narrow one first. */
export function smsDoors({ config }: Services, number: string): readonly Limit[] {
  const window = { windowSeconds: WINDOW_SECONDS };
  return [
    { door: "sms-number", key: number, limit: config.smsPerNumberHour, ...window },
    { door: "sms-country", key: countryOf(number), limit: config.smsPerCountryHour, ...window },
  ];
}

/**
 * Takes a turn for each of these numbers, and counts them for the member, in the transaction that orders the SMS, at its end.
 * @throws PliError `rate_limited` {retryAfterSeconds}: then no turn is taken, and the transaction must not go on
 */
export async function takeSms(
  { config }: Services,
  tx: Tx,
  order: { readonly memberId: string; readonly numbers: readonly string[]; readonly nowMs: number },
): Promise<void> {
  const { memberId, numbers, nowMs } = order;
  if (numbers.length === 0) return;
  const window = { windowSeconds: WINDOW_SECONDS };
  const member = { door: "sms-member", keys: [memberId], limit: config.smsPerMemberHour, ...window };
  await takeWeightedIn(tx, nowMs, { ...member, weight: numbers.length });
  // Two recipients may share a telephone.
  for (const [weight, keys] of byCount(numbers)) {
    await takeWeightedIn(tx, nowMs, { door: "sms-number", keys, limit: config.smsPerNumberHour, weight, ...window });
  }
  for (const [weight, keys] of byCount(numbers.map(countryOf))) {
    await takeWeightedIn(tx, nowMs, { door: "sms-country", keys, limit: config.smsPerCountryHour, weight, ...window });
  }
  await countSms(tx, memberId, nowMs, numbers.length);
}

/** How often → what is there so often, each once; in one order. */
function byCount(values: readonly string[]): readonly (readonly [number, readonly string[]])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const groups = Map.groupBy(counts.keys(), (value) => counts.get(value) ?? 0);
  return [...groups].toSorted(([a], [b]) => a - b);
}
