/** Asks a mailbox code for a grant that was sent by mail (M13), and takes it. */
import { type ErrorCode, PliError } from "@pli/core/errors";
import type { CodeSent, MailboxProof, MailboxProven } from "@pli/core/wire";
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { findGrant, type GrantRow } from "../envelopes/index.ts";
import { appendJournal, type JournalEntry } from "../journal/index.ts";
import { takeIn } from "../limits/index.ts";
import { type ProofOutcome, proveMailbox, sendCode } from "../mailbox-codes/index.ts";
import { isLongEnded, needsMailboxCode, requireOpenable, requireUnended } from "./grants.policy.ts";
import { openUntil } from "./grants.queries.ts";
import { writerView } from "./sender-view.ts";
import type { Visitor } from "./visitor.ts";

/** @throws PliError `not_found`, `revoked`, `expired`, `used_up`, `conflict` {state: "link"}, `rate_limited` */
export async function askCode(services: Services, grantId: string, visitor: Visitor): Promise<CodeSent> {
  const grant = await requireMailed(services, grantId, visitor);
  const writer = await writerView(services, grant);
  return await sendCode(
    services,
    {
      address: grant.address,
      deviceSha256: visitor.deviceSha256,
      network: visitor.network,
      grantId,
      envelopeId: grant.envelope_id,
      organisationId: grant.organisation_id,
      language: grant.language,
      senderName: writer?.name ?? grant.member_name,
    },
    (tx, codeReference) => appendJournal(tx, [entryOf(services, grant, visitor, "code_asked", { codeReference })]),
  );
}

/** @throws PliError as `askCode`, and `wrong_code`, `code_expired`, `locked` */
export async function proveMailboxOf(
  services: Services,
  grantId: string,
  visitor: Visitor,
  proof: MailboxProof,
): Promise<MailboxProven> {
  const grant = await requireMailed(services, grantId, visitor);
  return await proveMailbox(
    services,
    {
      address: grant.address,
      deviceSha256: visitor.deviceSha256,
      network: visitor.network,
      code: proof.code,
      privateComputer: proof.privateComputer ?? false,
    },
    (tx, outcome) => noteOutcome(services, tx, grant, visitor, outcome),
  );
}

async function requireMailed(services: Services, grantId: string, visitor: Visitor): Promise<GrantRow> {
  const grant = await requireAskable(services, grantId, visitor);
  if (!needsMailboxCode(grant)) throw new PliError("conflict", { details: { state: "link" } });
  return grant;
}

/** A grant that this visitor may still open. @throws PliError `not_found`, `revoked`, `expired`, `used_up` */
export async function requireAskable(services: Services, grantId: string, visitor: Visitor): Promise<GrantRow> {
  const nowMs = services.clock.now();
  const on = services.db.read;
  const [found, runs] = await Promise.all([
    findGrant(on, grantId),
    openUntil(on, grantId, visitor.deviceSha256, nowMs),
  ]);
  const grant = requireUnended(found, nowMs);
  if (runs === null) requireOpenable(grant, nowMs);
  return grant;
}

async function noteOutcome(
  services: Services,
  tx: Tx,
  grant: GrantRow,
  visitor: Visitor,
  outcome: ProofOutcome,
): Promise<void> {
  const entry = (event: JournalEntry["event"], facts: JournalEntry["facts"] = {}) =>
    appendJournal(tx, [entryOf(services, grant, visitor, event, facts)]);
  switch (outcome.outcome) {
    case "proven":
      return await entry("mailbox_proven", { codeReference: outcome.reference });
    case "expired":
      return await entry("code_expired", { codeReference: outcome.reference });
    case "wrong":
      return await entry("code_wrong", { triesLeft: outcome.triesLeft });
    case "locked":
      return await noteRefusal(services, tx, grant, visitor, "locked");
  }
}

/**
 * Notes that this visitor was refused: the same reason from the same network once a minute, and nothing long after the end, so that nobody
 * fills the register by knocking.
 */
export async function noteRefusal(
  services: Services,
  tx: Tx,
  grant: GrantRow,
  visitor: Visitor,
  reason: ErrorCode,
): Promise<void> {
  const nowMs = services.clock.now();
  if (isLongEnded(grant, nowMs)) return;
  const once = { door: "refusal-noted", key: `${grant.grant_id} ${reason} ${visitor.network}` };
  if (!(await takeIn(tx, nowMs, { ...once, limit: 1, windowSeconds: 60 }))) return;
  await appendJournal(tx, [entryOf(services, grant, visitor, "refused", { reason })]);
}

/** A journal entry of something a visitor did at this grant. */
export function entryOf(
  services: Services,
  grant: Pick<GrantRow, "envelope_id" | "grant_id" | "organisation_id">,
  visitor: Pick<Visitor, "network" | "agent">,
  event: JournalEntry["event"],
  facts: JournalEntry["facts"] = {},
): JournalEntry {
  return {
    envelopeId: grant.envelope_id,
    organisationId: grant.organisation_id,
    atMs: services.clock.now(),
    event,
    grantId: grant.grant_id,
    facts: { ...facts, network: visitor.network, agent: visitor.agent },
  };
}
