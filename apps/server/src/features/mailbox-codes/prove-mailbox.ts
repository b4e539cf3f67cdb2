/**
 * Takes a code: any that was sent to this mailbox and has not expired proves it, for this browser (M13). Five wrong ones and this
 * browser must ask for a new code; others are not locked out by it.
 */
import { PliError } from "@pli/core/errors";
import { LIMITS, type MailboxProven } from "@pli/core/wire";
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { requireTurn, takeWithin } from "../limits/index.ts";
import { codeHmac } from "./codes.ts";
import {
  countWrongCode,
  forgetTries,
  heldTries,
  insertProof,
  matchingCodes,
  proofOf,
} from "./mailbox-codes.queries.ts";
import { guessDoors, tooManyTries } from "./send-code.ts";

export interface ProofAttempt {
  readonly address: string;
  readonly deviceSha256: string;
  readonly network: string;
  /** As typed: spaces and hyphens do not count. */
  readonly code: string;
  readonly privateComputer: boolean;
}

export type ProofOutcome =
  | { readonly outcome: "proven"; readonly reference: string; readonly untilMs: number }
  | { readonly outcome: "expired"; readonly reference: string }
  | { readonly outcome: "wrong"; readonly triesLeft: number }
  | { readonly outcome: "locked"; readonly seconds: number };

/**
 * `note` writes the outcome to the journal, in the same transaction.
 * @throws PliError `wrong_code` {triesLeft}, `code_expired`, `locked`, `rate_limited`
 */
export async function proveMailbox(
  services: Services,
  attempt: ProofAttempt,
  note: (tx: Tx, outcome: ProofOutcome) => Promise<void>,
): Promise<MailboxProven> {
  const doors = guessDoors(attempt.address, attempt.network);
  for (const door of doors) await requireTurn(services, door);
  const outcome = await services.db.write(async (tx) => {
    const refused = await takeWithin(tx, services.clock.now(), doors);
    if (refused !== null) return refused;
    const decided = await decide(services, tx, attempt);
    await note(tx, decided);
    return decided;
  });
  if (outcome instanceof PliError) throw outcome;
  switch (outcome.outcome) {
    case "proven":
      return { provenUntil: new Date(outcome.untilMs).toISOString() };
    case "expired":
      throw new PliError("code_expired");
    case "wrong":
      throw new PliError("wrong_code", { details: { triesLeft: outcome.triesLeft } });
    case "locked":
      throw tooManyTries(outcome.seconds);
  }
}

async function decide(services: Services, tx: Tx, attempt: ProofAttempt): Promise<ProofOutcome> {
  const nowMs = services.clock.now();
  const address = attempt.address.toLowerCase();
  const { deviceSha256 } = attempt;
  const before = await heldTries(tx, address, deviceSha256, nowMs);
  if (before.tries >= LIMITS.codeTries) {
    return { outcome: "locked", seconds: Math.ceil((before.untilMs - nowMs) / 1000) };
  }
  const code = attempt.code.replace(/[\s-]/g, "");
  const [match] = await matchingCodes(tx, { address, codeHmac: codeHmac(services, address, code) });
  if (match !== undefined && match.expires_at_ms > nowMs) {
    const lifeMs = attempt.privateComputer ? LIMITS.proofPrivateHours * 3_600_000 : LIMITS.proofMinutes * 60_000;
    await insertProof(tx, { address, deviceSha256, untilMs: nowMs + lifeMs });
    await forgetTries(tx, address, deviceSha256);
    return { outcome: "proven", reference: match.reference, untilMs: nowMs + lifeMs };
  }
  if (match !== undefined) return { outcome: "expired", reference: match.reference };
  const untilMs = nowMs + LIMITS.codeMinutes * 60_000;
  const tries = await countWrongCode(tx, { address, deviceSha256, nowMs, untilMs });
  return { outcome: "wrong", triesLeft: Math.max(0, LIMITS.codeTries - tries) };
}

/** Until when this browser has proven this mailbox; null when it has not. */
export async function provenUntil(
  on: Parameters<typeof proofOf>[0],
  deviceSha256: string | null,
  address: string,
  nowMs: number,
): Promise<number | null> {
  if (deviceSha256 === null) return null;
  const [proof] = await proofOf(on, { deviceSha256, address: address.toLowerCase() });
  return proof !== undefined && proof.until_ms > nowMs ? proof.until_ms : null;
}
