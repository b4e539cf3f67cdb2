/** What the sender sees of a message and does with the whole of it (M10, M20 to M22, Z8). */
import { PliError } from "@pli/core/errors";
import type { Envelope, EnvelopeDraft, Page, RegisterEntry } from "@pli/core/wire";
import { endNoted } from "../../platform/destroyed/index.ts";
import type { Services } from "../../services.ts";
import { unrecordCorrespondents } from "../correspondents/index.ts";
import { appendJournal, readRegister } from "../journal/index.ts";
import { cancelHeld, notificationStates } from "../notifications/index.ts";
import { copyRequestsOf, markRequestDone } from "./copy-requests.queries.ts";
import { DRAFT_MS, describeDraft } from "./create-draft.ts";
import { describeEnvelope } from "./describe.ts";
import { endWhole } from "./end-envelope.ts";
import { deleteDraft } from "./ending.queries.ts";
import {
  type Asker,
  requireDraft,
  requireLiveMessage,
  requireOwnMessage,
  requireRegistered,
} from "./envelopes.policy.ts";
import { findEnvelope, holdEnvelope, reopenDraft } from "./envelopes.queries.ts";
import { eraseSoon } from "./erase-content.ts";
import { grantsOf } from "./grants.queries.ts";
import { findSeals, partsOf } from "./parts.queries.ts";

/** @throws PliError `not_found` */
export async function showEnvelope(services: Services, memberId: string, envelopeId: string): Promise<Envelope> {
  const on = services.db.read;
  const envelope = requireOwnMessage(await findEnvelope(on, envelopeId), memberId);
  const grants = await grantsOf(on, envelopeId);
  const notifications = await notificationStates(
    on,
    grants.map((grant) => grant.grant_id),
  );
  const rows = {
    grants,
    notifications,
    parts: await partsOf(on, envelopeId),
    requests: await copyRequestsOf(on, envelopeId),
    seals: await findSeals(on, envelopeId),
  };
  return describeEnvelope(envelope, rows, services.clock.now());
}

/** @throws PliError `not_found` */
export async function showRegister(
  services: Services,
  memberId: string,
  envelopeId: string,
  cursor: string | null,
): Promise<Page<RegisterEntry>> {
  requireRegistered(await findEnvelope(services.db.read, envelopeId), memberId);
  return await readRegister(services.db.read, envelopeId, cursor);
}

/**
 * M10: back to a draft, as long as no notification went out and nobody opened it. Its grants are gone: their links open nothing.
 * @throws PliError `not_found`, `conflict`, `too_late`
 */
export async function takeBack(services: Services, memberId: string, envelopeId: string): Promise<EnvelopeDraft> {
  const nowMs = services.clock.now();
  const expiresAtMs = nowMs + DRAFT_MS;
  requireLiveMessage(await findEnvelope(services.db.read, envelopeId), memberId, nowMs);
  const grants = await grantsOf(services.db.read, envelopeId);
  const endings = grants.map(({ grant_id }) => ({ at: nowMs, grant: grant_id, how: "taken_back" as const }));
  await endNoted(services.destroyed, endings, () =>
    services.db.write(async (tx) => {
      const envelope = requireLiveMessage(await holdEnvelope(tx, envelopeId), memberId, nowMs);
      const inTime = (envelope.take_back_until_ms ?? 0) > nowMs && envelope.opened_count === 0;
      if (!inTime || !(await cancelHeld(services, tx, envelopeId))) throw new PliError("too_late");
      const addresses = (await grantsOf(tx, envelopeId)).map(({ address }) => address);
      if (!(await reopenDraft(tx, envelopeId, expiresAtMs))) throw new PliError("conflict");
      await unrecordCorrespondents(tx, memberId, addresses);
      const entry = { envelopeId, organisationId: envelope.organisation_id, atMs: nowMs, event: "taken_back" as const };
      await appendJournal(tx, [entry]);
    }),
  );
  return describeDraft(envelopeId, expiresAtMs);
}

/** Every key goes at once; a message that has ended already stays as it ended. @throws PliError `not_found`, `conflict` */
export async function revokeEnvelope(services: Services, memberId: string, envelopeId: string): Promise<void> {
  const nowMs = services.clock.now();
  const known = requireOwnMessage(await findEnvelope(services.db.read, envelopeId), memberId);
  if (known.state === "revoked") return;
  requireLiveMessage(known, memberId, nowMs);
  const ended = await endNoted(services.destroyed, [{ at: nowMs, envelope: envelopeId, how: "revoked" }], () =>
    services.db.write(async (tx) => {
      const envelope = requireOwnMessage(await holdEnvelope(tx, envelopeId), memberId);
      if (envelope.state === "revoked") return [];
      requireLiveMessage(envelope, memberId, services.clock.now());
      return await endWhole(services, tx, envelopeId, "revoked");
    }),
  );
  await eraseSoon(services, ended);
}

/** Throws a draft away. @throws PliError `not_found`, `conflict` when it was sent */
export async function dropDraft(services: Services, asker: Asker, envelopeId: string): Promise<void> {
  await services.db.write(async (tx) => {
    const draft = await holdEnvelope(tx, envelopeId);
    requireDraft(draft, asker, 0);
    if (!(await deleteDraft(tx, envelopeId))) throw new PliError("conflict");
  });
  await eraseSoon(services, [envelopeId]);
}

/** @throws PliError `not_found` */
export async function finishRequest(
  services: Services,
  memberId: string,
  envelopeId: string,
  requestId: string,
): Promise<void> {
  await services.db.write(async (tx) => {
    requireOwnMessage(await findEnvelope(tx, envelopeId), memberId);
    if (!(await markRequestDone(tx, envelopeId, requestId))) throw new PliError("not_found");
  });
}
