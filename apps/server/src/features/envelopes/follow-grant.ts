/** What the sender does with one recipient's right (M21): add, change, send again, revoke. */
import { PliError } from "@pli/core/errors";
import {
  type GrantChange,
  type GrantCreation,
  type GrantStatus,
  LIMITS,
  type Resend,
  type RuledMessage,
} from "@pli/core/wire";
import { fromFlag, isUniqueViolation, type Tx } from "../../platform/database/index.ts";
import { endNoted } from "../../platform/destroyed/index.ts";
import type { Services } from "../../services.ts";
import { recordCorrespondents } from "../correspondents/index.ts";
import { appendJournal } from "../journal/index.ts";
import { take } from "../limits/index.ts";
import { enqueue, notificationStates } from "../notifications/index.ts";
import { requirePolicies, ruledGrant } from "../policies/index.ts";
import { checkNumbers } from "./delivery.policy.ts";
import { describeGrant, grantStateAt } from "./describe.ts";
import { endOneGrant } from "./end-envelope.ts";
import { requireLiveMessage } from "./envelopes.policy.ts";
import { findEnvelope, holdEnvelope, memberOf, setEnvelopeExpiry } from "./envelopes.queries.ts";
import type { EnvelopesTable } from "./envelopes.table.ts";
import { eraseSoon } from "./erase-content.ts";
import {
  changeGrantRow,
  countRecipients,
  findGrant,
  type GrantRow,
  grantsOf,
  insertGrants,
  lockGrant,
  noteResend,
} from "./grants.queries.ts";
import { noticedBy, takeNotices } from "./mail-limits.ts";
import { nameLanguages } from "./name-languages.ts";
import { grantRow, messageNotice, noticedGrant, smsOf } from "./new-grant.ts";
import { shortenHanging } from "./readers.queries.ts";
import { checkExpiry, noticesOf } from "./send-message.ts";

/** Resends of one grant: people press twice, programs press for ever. */
const RESENDS = 10;
const RESENDS_WINDOW_SECONDS = 3600;

/**
 * @param again the caller may repeat an order whose answer was lost (it named an idempotency key): the same one has the same answer
 * @throws PliError `not_found`, `conflict`, `already_exists`, `limit_reached`, `policy_refused` {rule}, `rate_limited`,
 * `sms_unavailable`, `number_refused`
 */
export async function addGrant(
  services: Services,
  memberId: string,
  envelopeId: string,
  creation: GrantCreation,
  again: boolean,
): Promise<GrantStatus> {
  const nowMs = services.clock.now();
  checkNumbers(services.config, [creation]);
  try {
    return await services.db.write(async (tx) => {
      const envelope = requireLiveMessage(await holdEnvelope(tx, envelopeId), memberId, nowMs);
      const present = await grantsOf(tx, envelopeId);
      const before = again ? present.find((one) => one.grant_id === creation.grantId) : undefined;
      if (before !== undefined && before.verifier_sha256 === creation.verifierSha256) {
        const notifications = await notificationStates(tx, [before.grant_id]);
        return describeGrant(before, envelope, notifications.get(before.grant_id), nowMs);
      }
      if (present.length >= LIMITS.recipients) {
        throw new PliError("limit_reached", { details: { limit: LIMITS.recipients } });
      }
      const policies = await requirePolicies(tx, memberId, { grants: [ruledGrant(creation)] }, nowMs);
      const [named] = await nameLanguages(tx, memberId, [creation], policies);
      if (named === undefined) throw new PliError("internal");
      const row = grantRow(envelope, named, present.length, envelope.expires_at_ms, nowMs);
      await insertGrants(tx, [row]);
      await countRecipients(tx, envelopeId, 1);
      const fact = { envelopeId, organisationId: envelope.organisation_id, atMs: nowMs };
      await appendJournal(tx, [{ ...fact, event: "grant_added", grantId: creation.grantId }]);
      await recordCorrespondents(tx, {
        memberId,
        organisationId: envelope.organisation_id,
        atMs: nowMs,
        people: [{ ...creation.recipient, language: named.language, languageChosen: named.languageChosen ?? true }],
      });
      if (creation.delivery !== "link") {
        const grant = { ...named, mobile: smsOf(creation).mobile };
        await mailLink(services, tx, envelope, { grant, expiresAtMs: envelope.expires_at_ms });
        await takeNotices(services, tx, { memberId, ...noticesOf([creation]), nowMs });
      }
      return describeGrant(row, envelope, undefined, nowMs);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new PliError("already_exists", { details: { field: "grantId" }, cause: error });
    throw error;
  }
}

/** @throws PliError `not_found`, `conflict` {state} when it opens nothing any more, `bad_input`, `policy_refused` {rule} */
export async function changeGrant(
  services: Services,
  memberId: string,
  ids: { readonly envelopeId: string; readonly grantId: string },
  change: GrantChange,
): Promise<GrantStatus> {
  const nowMs = services.clock.now();
  return await services.db.write(async (tx) => {
    const { envelope, grant } = await requireGrant(tx, memberId, ids, nowMs);
    const state = grantStateAt(grant, envelope.state, nowMs);
    const revivable = state === "used_up" && grant.wrapped_key !== null && change.openingsLeft !== undefined;
    if (state !== "active" && !revivable) throw new PliError("conflict", { details: { state } });
    const expiresAtMs = change.expiresAt === undefined ? undefined : checkExpiry(change.expiresAt, nowMs);
    const ruled = {
      grants: [],
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
      ...((change.openingsLeft ?? 0) > grant.openings_left && { reopened: reopened(grant, change.openingsLeft) }),
    };
    await requirePolicies(tx, memberId, ruled, nowMs);
    await changeGrantRow(tx, ids.grantId, {
      ...(change.openingsLeft === undefined
        ? {}
        : {
            openingsLeft: change.openingsLeft,
            openingsTotal: grant.openings_total - grant.openings_left + change.openingsLeft,
          }),
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    });
    if (expiresAtMs !== undefined) await shortenHanging(tx, ids.grantId, expiresAtMs);
    const grants = await grantsOf(tx, ids.envelopeId);
    const latestMs = Math.max(...grants.filter((one) => one.wrapped_key !== null).map((one) => one.expires_at_ms));
    if (expiresAtMs !== undefined) await setEnvelopeExpiry(tx, ids.envelopeId, latestMs);
    await appendJournal(tx, [
      {
        envelopeId: ids.envelopeId,
        organisationId: envelope.organisation_id,
        atMs: nowMs,
        event: "changed",
        grantId: ids.grantId,
        ...(change.openingsLeft === undefined ? {} : { facts: { openingsLeft: change.openingsLeft } }),
      },
    ]);
    const changed = grants.find((one) => one.grant_id === ids.grantId) ?? grant;
    const notifications = await notificationStates(tx, [ids.grantId]);
    return describeGrant(changed, envelope, notifications.get(ids.grantId), nowMs);
  });
}

function reopened({ password_params, sms_code }: GrantRow, openings = 0): NonNullable<RuledMessage["reopened"]> {
  return { password: password_params !== null, sms: fromFlag(sms_code), openings };
}

/** The notification once more, with the link. @throws PliError `not_found`, `conflict`, `rate_limited` */
export async function resendGrant(
  services: Services,
  memberId: string,
  ids: { readonly envelopeId: string; readonly grantId: string },
  { linkSecret }: Resend,
): Promise<void> {
  const nowMs = services.clock.now();
  requireLiveMessage(await findEnvelope(services.db.read, ids.envelopeId), memberId, nowMs);
  const door = { door: "resend", key: ids.grantId, limit: RESENDS, windowSeconds: RESENDS_WINDOW_SECONDS };
  await take(services, door);
  await services.db.write(async (tx) => {
    const { envelope, grant } = await requireGrant(tx, memberId, ids, nowMs);
    const state = grantStateAt(grant, envelope.state, nowMs);
    if (state !== "active") throw new PliError("conflict", { details: { state } });
    if (grant.delivery === "link") throw new PliError("conflict", { details: { state: "link" } });
    await noteResend(tx, ids.grantId, nowMs);
    const fact = { envelopeId: ids.envelopeId, organisationId: envelope.organisation_id, atMs: nowMs };
    await appendJournal(tx, [{ ...fact, event: "resent", grantId: ids.grantId }]);
    await mailLink(services, tx, envelope, {
      grant: noticedGrant(grant, linkSecret),
      expiresAtMs: grant.expires_at_ms,
    });
    await takeNotices(services, tx, { memberId, ...noticedBy([grant]), nowMs });
  });
}

/** The key goes at once; so does the envelope when nobody is left. Again is fine. @throws PliError `not_found`, `conflict` */
export async function revokeGrant(
  services: Services,
  memberId: string,
  ids: { readonly envelopeId: string; readonly grantId: string },
): Promise<void> {
  const known = await findGrant(services.db.read, ids.grantId);
  if (known?.envelope_id !== ids.envelopeId || known.member_id !== memberId) throw new PliError("not_found");
  if (known.state === "revoked") return;
  requireLiveMessage(await findEnvelope(services.db.read, ids.envelopeId), memberId, services.clock.now());
  const ending = { at: services.clock.now(), grant: ids.grantId, how: "revoked" } as const;
  const ended = await endNoted(services.destroyed, [ending], () =>
    services.db.write(async (tx) => {
      await holdEnvelope(tx, ids.envelopeId);
      const grant = await lockGrant(tx, ids.grantId);
      if (grant?.state === "revoked") return [];
      const found = await requireGrant(tx, memberId, ids, services.clock.now());
      const over = await endOneGrant(services, tx, found.grant, "revoked");
      // Who never opened it is not waited for any more, as after a corrected address.
      const isUnopened = found.grant.first_opened_at_ms === null;
      if (isUnopened && !over.includes(ids.envelopeId)) await countRecipients(tx, ids.envelopeId, -1);
      return over;
    }),
  );
  await eraseSoon(services, ended);
}

async function requireGrant(
  tx: Tx,
  memberId: string,
  ids: { readonly envelopeId: string; readonly grantId: string },
  nowMs: number,
): Promise<{ readonly envelope: EnvelopesTable; readonly grant: GrantRow }> {
  const envelope = requireLiveMessage(await holdEnvelope(tx, ids.envelopeId), memberId, nowMs);
  const grant = await lockGrant(tx, ids.grantId);
  if (grant === null || grant.envelope_id !== ids.envelopeId) throw new PliError("not_found");
  return { envelope, grant };
}

async function mailLink(
  services: Services,
  tx: Tx,
  envelope: EnvelopesTable,
  notice: Parameters<typeof messageNotice>[2],
): Promise<void> {
  const [sender] = await memberOf(tx, { memberId: envelope.member_id });
  if (sender === undefined) throw new PliError("not_found");
  await enqueue(services, tx, messageNotice(envelope, sender, notice));
}
