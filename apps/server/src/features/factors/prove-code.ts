/**
 * A code that is typed: of an app, sent by SMS or by mail, or a recovery code (A2). Each works once. Every try takes a turn of the member's before it is looked at,
 * so that no number of tries at once gets more; a right one gives them back.
 */
import { PliError } from "@pli/core/errors";
import type { ConfirmationCode } from "@pli/core/wire";
import type { Tx } from "../../platform/database/index.ts";
import { sealedTexts } from "../../platform/sealed-text.ts";
import type { Services } from "../../services.ts";
import { type Limit, reset, takeWithin } from "../limits/index.ts";
import { memberById } from "../organisations/index.ts";
import { countRecoveryCodes, totpOfMember, useRecoveryCode, useTotpStep } from "./factors.queries.ts";
import type { TotpFactorsTable } from "./factors.table.ts";
import { orderNotice } from "./notices.ts";
import { type TypedCode, useProofCode } from "./proof-codes.ts";
import { recoveryHmac } from "./recovery-codes.ts";
import { smsFactorOf } from "./sms-factor.queries.ts";
import { totpStep } from "./totp.ts";

const TRIES = { door: "second-step", limit: 5, windowSeconds: 900 } as const;
/** Who holds the mailbox and guesses for weeks. */
const TRIES_A_DAY = { door: "second-step/day", limit: 20, windowSeconds: 86_400 } as const;

/**
 * @param given.purpose what a code that was sent must have been sent for
 * @returns null when it is right, and then it is used up; else why not: to be returned by the transaction and thrown behind it, so that the
 * try is counted
 */
export async function proveCode(
  services: Services,
  tx: Tx,
  memberId: string,
  given: GivenCode,
): Promise<PliError | null> {
  return await counted(services, tx, memberId, (nowMs) => isRight(services, tx, memberId, given, nowMs));
}

export type GivenCode = ConfirmationCode & { readonly purpose: string };

/** The same for a code that was sent to somewhere that is no factor yet. */
export async function countTry(
  services: Services,
  tx: Tx,
  memberId: string,
  typed: TypedCode,
): Promise<PliError | null> {
  return await counted(services, tx, memberId, () => useProofCode(services, tx, memberId, typed));
}

async function counted(
  services: Services,
  tx: Tx,
  memberId: string,
  isRightAt: (nowMs: number) => Promise<boolean>,
): Promise<PliError | null> {
  const nowMs = services.clock.now();
  const refused = await takeWithin(tx, nowMs, doors(memberId));
  if (refused !== null) return refused;
  if (!(await isRightAt(nowMs))) return new PliError("wrong_code");
  for (const { door } of doors(memberId)) await reset(tx, door, memberId);
  return null;
}

function doors(memberId: string): readonly Limit[] {
  return [
    { ...TRIES, key: memberId },
    { ...TRIES_A_DAY, key: memberId },
  ];
}

async function isRight(
  services: Services,
  tx: Tx,
  memberId: string,
  { kind, code, purpose }: GivenCode,
  nowMs: number,
): Promise<boolean> {
  switch (kind) {
    case "totp": {
      const factor = await totpOfMember(tx, memberId);
      if (factor === undefined || factor.confirmed_at_ms === null) return false;
      const step = stepOf(services, factor, code, nowMs);
      return step !== null && (await useTotpStep(tx, factor, step));
    }
    case "sms": {
      const factor = await smsFactorOf(tx, memberId);
      if (factor === undefined) return false;
      return await useProofCode(services, tx, memberId, { to: factor.number, purpose, code });
    }
    case "mail": {
      const member = await memberById(tx, memberId);
      if (member === undefined) return false;
      return await useProofCode(services, tx, memberId, { to: member.address, purpose, code });
    }
    case "recovery": {
      if (!(await useRecoveryCode(tx, memberId, recoveryHmac(services, memberId, code)))) return false;
      const member = await memberById(tx, memberId);
      const left = await countRecoveryCodes(tx, memberId);
      if (member !== undefined) await orderNotice(services, tx, member, { event: "recovery_code_used", left });
      return true;
    }
  }
}

/** The time step that a typed code is of; null when it is of none that counts. */
export function stepOf(services: Services, factor: TotpFactorsTable, code: string, nowMs: number): number | null {
  return totpStep(openTotpSecret(services, factor), code.replace(/\D/g, ""), nowMs, factor.last_step);
}

export function sealTotpSecret({ keys }: Pick<Services, "keys">, memberId: string, secret: Uint8Array): string {
  return sealedTexts(keys, "totp").seal(memberId, Buffer.from(secret).toString("base64url"));
}

function openTotpSecret({ keys }: Pick<Services, "keys">, factor: TotpFactorsTable): Uint8Array {
  return Buffer.from(sealedTexts(keys, "totp").open(factor.member_id, factor.secret), "base64url");
}
