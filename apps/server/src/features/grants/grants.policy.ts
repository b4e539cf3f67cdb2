/**
 * What a recipient may do, as a table (read from above, the first that fits):
 *
 *   unknown grant, or taken back        not_found
 *   revoked (it or its envelope)        revoked
 *   past its expiry                     expired
 *   this device's hour runs             read, again and again, without another opening
 *   no opening left                     used_up
 *   mailbox needed and unproven         mailbox_proof_required (before any verifier counts)
 *   SMS code needed, number unproven    sms_proof_required (the same)
 *   locked                              locked
 *   wrong verifier                      wrong_password, counted
 *   else                                one opening is used
 */
import { PliError } from "@pli/core/errors";
import { isMobileForm } from "@pli/core/wire";
import { fromFlag } from "../../platform/database/index.ts";
import { type GrantRow, grantStateAt } from "../envelopes/index.ts";

/** The link came by mail or SMS to somebody who has a mailbox: that is proven. The sender's own channel needs no proof (decision 7). */
export function needsMailboxCode({ delivery, address }: Pick<GrantRow, "delivery" | "address">): boolean {
  return delivery !== "link" && !isMobileForm(address);
}

/** The number that a code by SMS must have proven; null when none is asked for. */
export function numberToProve({ sms_code, mobile }: Pick<GrantRow, "sms_code" | "mobile">): string | null {
  return fromFlag(sms_code) ? mobile : null;
}

/** So long after its end a grant's doors still note who came, and ask its sender for a new copy. */
const AFTERMATH_MS = 30 * 24 * 3_600_000;

/** Whether this grant ended so long ago that nothing about it is worth keeping or telling any more. */
export function isLongEnded(grant: Pick<GrantRow, "expires_at_ms">, nowMs: number): boolean {
  return grant.expires_at_ms + AFTERMATH_MS <= nowMs;
}

/** The grant, unless it can never be opened again. @throws PliError `not_found`, `revoked`, `expired` */
export function requireUnended(grant: GrantRow | null, nowMs: number): GrantRow {
  if (grant === null) throw new PliError("not_found");
  const state = grantStateAt(grant, grant.envelope_state, nowMs);
  if (state === "revoked" || grant.envelope_state === "revoked") throw new PliError("revoked");
  if (state === "expired" || grant.expires_at_ms <= nowMs) throw new PliError("expired");
  return grant;
}

/**
 * The grant, when an opening of it runs: whoever reads may speak.
 * @param runsUntilMs of this device
 * @throws PliError `not_found`, `revoked`, `expired`, `opening_required`
 */
export function requireReading(grant: GrantRow | null, runsUntilMs: number | null, nowMs: number): GrantRow {
  const alive = requireUnended(grant, nowMs);
  if (runsUntilMs === null || alive.wrapped_key === null) throw new PliError("opening_required");
  return alive;
}

/** The same, and an opening is left. @throws PliError `used_up` besides */
export function requireOpenable(grant: GrantRow | null, nowMs: number): GrantRow {
  const alive = requireUnended(grant, nowMs);
  if (alive.state !== "active" || alive.wrapped_key === null) throw new PliError("used_up");
  return alive;
}
