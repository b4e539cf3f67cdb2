/**
 * Takes a code: any that was sent to this mailbox and has not expired proves it, for this browser (M13). Five wrong ones and this
 * browser must ask for a new code; others are not locked out by it.
 */
import { PliError } from "@pli/core/errors";
import { LIMITS, type MailboxProven } from "@pli/core/wire";
import type { Reader, Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { requireTurn, takeWithin } from "../limits/index.ts";
import { codeHmac } from "./codes.ts";
import {
  countWrongCode,
  forgetTries,
  insertProof,
  matchingCodes,
  proofOf,
  proofsOf,
  triesNow,
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
  const noted = async (outcome: ProofOutcome, tx: Tx): Promise<ProofOutcome> => {
    await note(tx, outcome);
    return outcome;
  };
  const doors = guessDoors(attempt.address, attempt.network);
  for (const door of doors) await requireTurn(services, door);
  const nowMs = services.clock.now();
  const address = attempt.address.toLowerCase();
  const { deviceSha256 } = attempt;
  const code = attempt.code.replace(/[\s-]/g, "");
  const outcome = await services.db.write(async (tx) => {
    // The turn at the mailbox's door is one row, held from here on: codes tried at once for it are counted one after the other.
    const [refused, before, [match]] = await Promise.all([
      takeWithin(tx, nowMs, doors),
      triesNow(tx, address, deviceSha256, nowMs),
      matchingCodes(tx, { address, codeHmac: codeHmac(services, address, code) }),
    ]);
    if (refused !== null) return refused;
    if (before.tries >= LIMITS.codeTries) {
      return await noted({ outcome: "locked", seconds: Math.ceil((before.untilMs - nowMs) / 1000) }, tx);
    }
    if (match === undefined) {
      const untilMs = nowMs + LIMITS.codeMinutes * 60_000;
      const tries = await countWrongCode(tx, { address, deviceSha256, nowMs, untilMs });
      return await noted({ outcome: "wrong", triesLeft: Math.max(0, LIMITS.codeTries - tries) }, tx);
    }
    if (match.expires_at_ms <= nowMs) return await noted({ outcome: "expired", reference: match.reference }, tx);
    const lifeMs = attempt.privateComputer ? LIMITS.proofPrivateHours * 3_600_000 : LIMITS.proofMinutes * 60_000;
    const [proven] = await Promise.all([
      noted({ outcome: "proven", reference: match.reference, untilMs: nowMs + lifeMs }, tx),
      insertProof(tx, { address, deviceSha256, untilMs: nowMs + lifeMs }),
      before.areThere ? forgetTries(tx, address, deviceSha256) : null,
    ]);
    return proven;
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

/** Until when this browser has proven this mailbox; null when it has not. */
export async function provenUntil(
  on: Reader,
  deviceSha256: string | null,
  address: string,
  nowMs: number,
): Promise<number | null> {
  if (deviceSha256 === null) return null;
  const [proof] = await proofOf(on, { deviceSha256, address: address.toLowerCase() });
  return proof !== undefined && proof.until_ms > nowMs ? proof.until_ms : null;
}

/** So many mailboxes proven by one browser are asked for at once. */
const PROOFS_AT_ONCE = 20;

/** The same for mailboxes that are not known yet. @returns asks further only for a browser that has proven very many */
export async function provenMailboxes(
  on: Reader,
  deviceSha256: string,
  nowMs: number,
): Promise<(address: string) => Promise<number | null>> {
  const proofs = await proofsOf(on, { deviceSha256, nowMs, limit: PROOFS_AT_ONCE });
  const known = new Map(proofs.map((proof) => [proof.address, proof.until_ms]));
  return async (address) => {
    const untilMs = known.get(address.toLowerCase());
    if (untilMs !== undefined || proofs.length < PROOFS_AT_ONCE) return untilMs ?? null;
    return await provenUntil(on, deviceSha256, address, nowMs);
  };
}
