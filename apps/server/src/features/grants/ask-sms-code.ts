/** Asks a code by SMS for a grant that wants one (M4), after the mailbox where that is wanted too, and takes it. Uses no opening. */
import { PliError } from "@pli/core/errors";
import type { CodeSent, MailboxProven } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import type { GrantRow } from "../envelopes/index.ts";
import { appendJournal } from "../journal/index.ts";
import { proveMailbox, provenUntil, sendSmsCode } from "../mailbox-codes/index.ts";
import { countSms, requireMobile } from "../sms/index.ts";
import { entryOf, noteRefusal, requireAskable } from "./ask-code.ts";
import { needsMailboxCode, numberToProve } from "./grants.policy.ts";
import { writerView } from "./sender-view.ts";
import type { Visitor } from "./visitor.ts";

/**
 * @throws PliError `not_found`, `revoked`, `expired`, `used_up`, `conflict` {state: "sms"} where no code by SMS is wanted,
 * `mailbox_proof_required`, `sms_unavailable`, `number_refused`, `rate_limited`
 */
export async function askSmsCode(services: Services, grantId: string, visitor: Visitor): Promise<CodeSent> {
  const { grant, number } = await requireNumber(services, grantId, visitor);
  const writer = await writerView(services, grant);
  // The configuration may have changed since the message was sent.
  requireMobile(services.config, number);
  return await sendSmsCode(
    services,
    {
      number,
      deviceSha256: visitor.deviceSha256,
      network: visitor.network,
      language: grant.language,
      organisationId: grant.organisation_id,
      purpose: grantId,
      grantId,
      envelopeId: grant.envelope_id,
      senderName: writer?.name ?? (grant.member_name === "" ? grant.member_address : grant.member_name),
    },
    async (tx, codeReference) => {
      await appendJournal(tx, [entryOf(services, grant, visitor, "sms_asked", { codeReference })]);
      await countSms(tx, grant.member_id, services.clock.now(), 1);
    },
  );
}

/** @throws PliError as `askSmsCode`, and `wrong_code`, `code_expired`, `locked` */
export async function proveNumberOf(
  services: Services,
  grantId: string,
  visitor: Visitor,
  code: string,
): Promise<MailboxProven> {
  const { grant, number } = await requireNumber(services, grantId, visitor);
  const { deviceSha256, network } = visitor;
  // Never for longer than 15 minutes, whosever computer it is: a second factor that is remembered is none.
  const attempt = { address: number, deviceSha256, network, code, privateComputer: false };
  return await proveMailbox(services, attempt, async (tx, outcome) => {
    switch (outcome.outcome) {
      case "proven":
        return await appendJournal(tx, [
          entryOf(services, grant, visitor, "sms_proven", { codeReference: outcome.reference }),
        ]);
      case "expired":
        return await appendJournal(tx, [
          entryOf(services, grant, visitor, "sms_expired", { codeReference: outcome.reference }),
        ]);
      case "wrong":
        return await appendJournal(tx, [
          entryOf(services, grant, visitor, "sms_wrong", { triesLeft: outcome.triesLeft }),
        ]);
      case "locked":
        return await noteRefusal(services, tx, grant, visitor, "locked");
    }
  });
}

async function requireNumber(
  services: Services,
  grantId: string,
  visitor: Visitor,
): Promise<{ readonly grant: GrantRow; readonly number: string }> {
  const grant = await requireAskable(services, grantId, visitor);
  const number = numberToProve(grant);
  if (number === null) throw new PliError("conflict", { details: { state: "sms" } });
  if (needsMailboxCode(grant)) {
    const nowMs = services.clock.now();
    const proven = await provenUntil(services.db.read, visitor.deviceSha256, grant.address, nowMs);
    if (proven === null) throw new PliError("mailbox_proof_required");
  }
  return { grant, number };
}
