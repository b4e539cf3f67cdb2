/**
 * Whom a reply to all reaches now (M16), before it is written. Only who reads the message is told, only of addresses that they name themselves, and of no
 * blind copy: asking teaches nothing that the message does not show.
 */
import type { Readers } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { findGrant, mayBeGiven, reachableFrom } from "../envelopes/index.ts";
import { take } from "../limits/index.ts";
import { readMemberPolicies } from "../policies/index.ts";
import { requireReading } from "./grants.policy.ts";
import { openUntil } from "./grants.queries.ts";
import type { Visitor } from "./visitor.ts";

/** Of one recipient's right in an hour: a page asks once. */
const QUESTIONS = 200;

/** @throws PliError `not_found`, `revoked`, `expired`, `opening_required`, `rate_limited` */
export async function askReaders(
  services: Services,
  grantId: string,
  visitor: Visitor,
  addresses: readonly string[],
): Promise<Readers> {
  const hour = { windowSeconds: 3600 };
  await take(services, { door: "readers-network", key: visitor.network, limit: 5000, ...hour });
  const on = services.db.read;
  const nowMs = services.clock.now();
  const [found, runs] = await Promise.all([
    findGrant(on, grantId),
    openUntil(on, grantId, visitor.deviceSha256, nowMs),
  ]);
  const grant = requireReading(found, runs, nowMs);
  await take(services, { door: "readers", key: grantId, limit: QUESTIONS, ...hour });
  const reachable = await reachableFrom(on, grant, nowMs);
  const { policies } = await readMemberPolicies(on, grant.member_id);
  const reached = addresses.filter((address) => {
    const of = reachable.get(address.toLowerCase());
    return of !== undefined && mayBeGiven(policies, of);
  });
  return { addresses: [...new Map(reached.map((address) => [address.toLowerCase(), address])).values()] };
}
