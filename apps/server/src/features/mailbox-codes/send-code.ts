/** Orders a code to a mailbox (M13). Codes sent before stay valid: the first mail may be the one that is read. */
import { PliError } from "@pli/core/errors";
import { type CodeSent, type Language, LIMITS } from "@pli/core/wire";
import { newId, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { type Limit, requireTurn, takeWithin } from "../limits/index.ts";
import { enqueue } from "../notifications/index.ts";
import { codeHmac, newCode, newReference } from "./codes.ts";
import { forgetTries, insertCode } from "./mailbox-codes.queries.ts";

export interface CodeOrder {
  readonly address: string;
  readonly deviceSha256: string;
  readonly network: string;
  readonly grantId: string;
  readonly envelopeId: string;
  readonly organisationId: string;
  readonly language: Language;
  readonly senderName: string;
}

/**
 * Doors, the narrow one first: one mail in 30 s for one message (two messages to one mailbox do not wait for each other), some for
 * one mailbox, many for one network.
 */
function doors(order: CodeOrder): readonly Limit[] {
  return [
    { door: "code-again", key: order.grantId, limit: 1, windowSeconds: LIMITS.codeAgainSeconds },
    { door: "code-mailbox", key: order.address.toLowerCase(), limit: 12, windowSeconds: LIMITS.codeMinutes * 60 },
    { door: "code-network", key: order.network, limit: 120, windowSeconds: LIMITS.codeMinutes * 60 },
  ];
}

/**
 * Sends a code, and gives this device its tries back. `note` runs in the same transaction, for the journal.
 * @throws PliError `rate_limited` {retryAfterSeconds}: nothing was sent
 */
export async function sendCode(
  services: Services,
  order: CodeOrder,
  note: (tx: Tx, reference: string) => Promise<void>,
): Promise<CodeSent> {
  const turns = doors(order);
  for (const turn of turns) await requireTurn(services, turn);
  const nowMs = services.clock.now();
  const address = order.address.toLowerCase();
  const expiresAtMs = nowMs + LIMITS.codeMinutes * 60_000;
  const code = newCode();
  const reference = newReference();
  const refused = await services.db.write(async (tx) => {
    const noTurn = await takeWithin(tx, nowMs, turns);
    if (noTurn !== null) return noTurn;
    await Promise.all([
      insertCode(tx, {
        address,
        code_id: newId(nowMs),
        code_hmac: codeHmac(services, address, code),
        reference,
        sent_at_ms: nowMs,
        expires_at_ms: expiresAtMs,
      }),
      forgetTries(tx, address, order.deviceSha256),
      enqueue(services, tx, {
        kind: "code",
        to: order.address,
        language: order.language,
        organisationId: order.organisationId,
        envelopeId: order.envelopeId,
        grantId: order.grantId,
        giveUpAtMs: expiresAtMs,
        linkSecret: code,
        facts: { reference, minutes: LIMITS.codeMinutes, senderName: order.senderName },
      }),
      note(tx, reference),
    ]);
    return null;
  });
  if (refused !== null) throw refused;
  return {
    reference,
    sentAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
    retryAfterSeconds: LIMITS.codeAgainSeconds,
  };
}

/** Nobody types faster: what comes faster than this from one network is a machine that guesses. */
export function guessDoors(address: string, network: string): readonly Limit[] {
  const key = address.toLowerCase();
  // Six digits are guessed a hundred times sooner than eight.
  if (!key.includes("@")) {
    return [
      { door: "guess-network", key: `${key}\n${network}`, limit: 15, windowSeconds: LIMITS.codeMinutes * 60 },
      { door: "guess-number", key, limit: 30, windowSeconds: 3600 },
    ];
  }
  return [
    { door: "guess-network", key: `${key}\n${network}`, limit: 30, windowSeconds: LIMITS.codeMinutes * 60 },
    { door: "guess-mailbox", key, limit: 300, windowSeconds: 3600 },
  ];
}

export function tooManyTries(seconds: number): PliError {
  return new PliError("locked", { details: { retryAfterSeconds: seconds } });
}
