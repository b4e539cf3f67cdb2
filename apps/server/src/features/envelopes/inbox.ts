/** Replies that arrived: noted as read or not, deleted. */
import type { Services } from "../../services.ts";
import { endReaders } from "./end-envelope.ts";
import { endEnvelope } from "./ending.queries.ts";
import { requireInboxItem } from "./envelopes.policy.ts";
import { holdEnvelope, markRead, markUnread } from "./envelopes.queries.ts";
import { eraseSoon } from "./erase-content.ts";

/** @throws PliError `not_found` */
export async function readInboxItem(services: Services, memberId: string, envelopeId: string): Promise<void> {
  const nowMs = services.clock.now();
  await services.db.write(async (tx) => {
    requireInboxItem(await holdEnvelope(tx, envelopeId), memberId, nowMs);
    await markRead(tx, envelopeId, nowMs);
  });
}

/** As if it had not been looked at. @throws PliError `not_found` */
export async function unreadInboxItem(services: Services, memberId: string, envelopeId: string): Promise<void> {
  const nowMs = services.clock.now();
  await services.db.write(async (tx) => {
    requireInboxItem(await holdEnvelope(tx, envelopeId), memberId, nowMs);
    await markUnread(tx, envelopeId);
  });
}

/** Its key goes first, then its blobs (Z8): for everybody who reads it, where it was a reply to all. @throws PliError `not_found` */
export async function deleteInboxItem(services: Services, memberId: string, envelopeId: string): Promise<void> {
  const nowMs = services.clock.now();
  await services.db.write(async (tx) => {
    requireInboxItem(await holdEnvelope(tx, envelopeId), memberId, nowMs);
    await endReaders(services, tx, envelopeId);
    await endEnvelope(tx, envelopeId, "destroyed", nowMs);
  });
  await eraseSoon(services, [envelopeId]);
}
