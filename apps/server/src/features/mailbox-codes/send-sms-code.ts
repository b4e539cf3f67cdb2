/**
 * Orders a code to a mobile number (M4). Codes sent before stay valid, as those to mailboxes. An SMS costs money, and some earn by it: every
 * door is narrower, and shared by all nodes.
 */
import { type CodeSent, type Language, LIMITS } from "@pli/core/wire";
import { newId, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { type Limit, take } from "../limits/index.ts";
import { enqueue } from "../notifications/index.ts";
import { smsDoors } from "../sms/index.ts";
import { codeHmac, newCode, newReference } from "./codes.ts";
import { forgetTries, insertCode } from "./mailbox-codes.queries.ts";

export interface SmsCodeOrder {
  /** E.164, checked before. */
  readonly number: string;
  readonly deviceSha256: string;
  readonly network: string;
  readonly language: Language;
  readonly organisationId: string;
  /** What the code is for: one code in 30 seconds, and few in a day. A grant, or a member who signs in. */
  readonly purpose: string;
  readonly grantId?: string;
  readonly envelopeId?: string;
  /** Named where the code is for a message of theirs. */
  readonly senderName?: string;
}

const DAY_SECONDS = 24 * 3600;
const PER_PURPOSE_DAY = 10;
const PER_NETWORK_HOUR = 30;

function doors(services: Services, { purpose, network, number }: SmsCodeOrder): readonly Limit[] {
  return [
    { door: "sms-again", key: purpose, limit: 1, windowSeconds: LIMITS.codeAgainSeconds },
    { door: "sms-purpose", key: purpose, limit: PER_PURPOSE_DAY, windowSeconds: DAY_SECONDS },
    { door: "sms-network", key: network, limit: PER_NETWORK_HOUR, windowSeconds: 3600 },
    ...smsDoors(services, number),
  ];
}

/**
 * Sends a code, and gives this device its tries back. `note` runs in the same transaction, for the journal.
 * @throws PliError `rate_limited` {retryAfterSeconds}: nothing was sent
 */
export async function sendSmsCode(
  services: Services,
  order: SmsCodeOrder,
  note: (tx: Tx, reference: string) => Promise<void>,
): Promise<CodeSent> {
  await take(services, ...doors(services, order));
  const nowMs = services.clock.now();
  const { number, grantId, envelopeId, senderName } = order;
  const expiresAtMs = nowMs + LIMITS.codeMinutes * 60_000;
  const code = newCode(LIMITS.smsCodeDigits);
  const reference = newReference();
  await services.db.write(async (tx) => {
    await insertCode(tx, {
      address: number,
      code_id: newId(nowMs),
      code_hmac: codeHmac(services, number, code),
      reference,
      sent_at_ms: nowMs,
      expires_at_ms: expiresAtMs,
    });
    await forgetTries(tx, number, order.deviceSha256);
    await enqueue(services, tx, {
      channel: "sms",
      kind: "code",
      to: number,
      language: order.language,
      organisationId: order.organisationId,
      ...(envelopeId === undefined ? {} : { envelopeId }),
      ...(grantId === undefined ? {} : { grantId }),
      giveUpAtMs: expiresAtMs,
      linkSecret: code,
      facts: { reference, ...(senderName === undefined ? {} : { senderName }) },
    });
    await note(tx, reference);
  });
  return {
    reference,
    sentAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
    retryAfterSeconds: LIMITS.codeAgainSeconds,
  };
}
