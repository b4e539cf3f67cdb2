/**
 * Codes that Pli sends to a member, by SMS or by mail, to show that it is them (A2). Each is for one purpose, lives ten minutes and works once.
 * Kept as HMAC only; never logged, never in an error. A new one ends none of those before: the first SMS may be the one that is read.
 */
import { createHmac } from "node:crypto";
import { type FactorCodeSent, LIMITS, type SentFactor } from "@pli/core/wire";
import { isLanguage } from "@pli/texts/languages";
import type { Tx } from "../../platform/database/index.ts";
import { maskNumber } from "../../platform/sms/index.ts";
import type { Services } from "../../services.ts";
import { type Limit, take } from "../limits/index.ts";
import { newCode, newReference } from "../mailbox-codes/index.ts";
import { enqueue } from "../notifications/index.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";
import { countSms, requireMobile, smsDoors } from "../sms/index.ts";
import { insertMemberCode, useMemberCode } from "./sms-factor.queries.ts";

const LIFE_MS = LIMITS.factorCodeMinutes * 60_000;
const DAY_SECONDS = 86_400;

export interface ProofCodeOrder {
  readonly member: MembersTable;
  readonly by: SentFactor;
  /** E.164, checked before; the member's own address. */
  readonly to: string;
  /** What it may be typed for, such as `step SECRET`, `confirm SESSION`. */
  readonly purpose: string;
  /** As limits count it. */
  readonly network: string;
}

/** The narrow one first. An SMS costs money, and some earn by it: its doors of network, number and country are those of every SMS. */
function doors(services: Services, { member, by, to, purpose, network }: ProofCodeOrder): readonly Limit[] {
  const key = member.member_id;
  const own = [
    // Whoever has just added a number may sign in with it at once.
    { door: `factor-${by}-again`, key: `${key} ${purpose}`, limit: 1, windowSeconds: LIMITS.codeAgainSeconds },
    { door: `factor-${by}-day`, key, limit: 10, windowSeconds: DAY_SECONDS },
  ];
  if (by === "mail") return own;
  return [...own, { door: "sms-network", key: network, limit: 30, windowSeconds: 3600 }, ...smsDoors(services, to)];
}

/** @throws PliError `sms_unavailable`, `number_refused`, `rate_limited` {retryAfterSeconds}: nothing was sent */
export async function sendProofCode(services: Services, order: ProofCodeOrder): Promise<FactorCodeSent> {
  if (order.by === "sms") requireMobile(services.config, order.to);
  await take(services, ...doors(services, order));
  const { member, by, to, purpose } = order;
  const nowMs = services.clock.now();
  const expiresAtMs = nowMs + LIFE_MS;
  const code = newCode(by === "sms" ? LIMITS.smsCodeDigits : LIMITS.codeDigits);
  const reference = newReference();
  const mail = {
    to,
    language: isLanguage(member.language) ? member.language : "en",
    organisationId: member.organisation_id,
    giveUpAtMs: expiresAtMs,
    linkSecret: code,
  } as const;
  await services.db.write(async (tx) => {
    await insertMemberCode(tx, {
      member_id: member.member_id,
      code_hmac: codeHmac(services, member.member_id, { to, purpose, code }),
      expires_at_ms: expiresAtMs,
    });
    if (by === "sms") {
      await countSms(tx, member.member_id, nowMs, 1);
      await enqueue(services, tx, { ...mail, channel: "sms", kind: "code", facts: { reference } });
    } else {
      const facts = { reference, minutes: LIMITS.factorCodeMinutes };
      await enqueue(services, tx, { ...mail, kind: "confirm", facts });
    }
  });
  return {
    to: by === "sms" ? maskNumber(to) : to,
    reference,
    expiresAt: new Date(expiresAtMs).toISOString(),
    retryAfterSeconds: LIMITS.codeAgainSeconds,
  };
}

export interface TypedCode {
  /** What the code must have been sent to. */
  readonly to: string;
  readonly purpose: string;
  /** As typed: spaces and dashes do not count. */
  readonly code: string;
}

/** Uses a code up. @returns false when it is none of this member's, for this purpose and to this place, is too old, or was used */
export async function useProofCode(services: Services, tx: Tx, memberId: string, typed: TypedCode): Promise<boolean> {
  const code = typed.code.replace(/[\s-]/g, "");
  const endMs = await useMemberCode(tx, memberId, codeHmac(services, memberId, { ...typed, code }));
  return endMs !== null && endMs > services.clock.now();
}

/** Six digits are quickly tried by whoever holds the database: the key that is not in it stands before that. */
function codeHmac({ keys }: Pick<Services, "keys">, memberId: string, { to, purpose, code }: TypedCode): string {
  const said = [memberId, to, purpose, code].join("\n");
  return createHmac("sha256", keys.derive("member-codes")).update(said).digest("base64url");
}
