/**
 * The end of grants and envelopes, by whatever door it comes (M6, M18, Z8): keys first, in the transaction; blobs after it. One place, so
 * that no way of ending forgets a key, an outbox row or a word to the sender.
 */
import type { GrantState } from "@pli/core/wire";
import { fromFlag, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { appendJournal } from "../journal/index.ts";
import { cancelGrants, enqueue } from "../notifications/index.ts";
import { endEnvelope, revokeUnsentReplies } from "./ending.queries.ts";
import { holdEnvelope, memberOf } from "./envelopes.queries.ts";
import type { EnvelopesTable } from "./envelopes.table.ts";
import { countAlive, endGrant, grantsOf } from "./grants.queries.ts";
import { hangingOn } from "./readers.queries.ts";
import { tellThread } from "./thread-signal.ts";
import { endAnswers } from "./threads.queries.ts";

/**
 * Ends one grant and, when it was the last alive, the envelope. Whoever calls holds the envelope, then the grant: two that end the last two
 * at once must see each other.
 * @returns the ids of envelopes whose blobs can go now
 */
export async function endOneGrant(
  services: Services,
  tx: Tx,
  grant: { readonly envelope_id: string; readonly grant_id: string; readonly organisation_id: string },
  state: GrantState,
): Promise<readonly string[]> {
  if (!(await endGrant(tx, grant.grant_id, state))) return [];
  tellThread(services, tx, grant.envelope_id, [grant.grant_id]);
  await cancelGrants(services, tx, [grant.grant_id]);
  const { envelope_id: envelopeId, grant_id: grantId } = grant;
  const replies =
    state === "revoked" ? await revokeUnsentReplies(tx, { envelopeId, grantId }, services.clock.now()) : [];
  const event = state === "revoked" ? "grant_revoked" : state === "expired" ? "expired" : null;
  if (event !== null) {
    await appendJournal(tx, [
      {
        envelopeId: grant.envelope_id,
        organisationId: grant.organisation_id,
        atMs: services.clock.now(),
        event,
        grantId: grant.grant_id,
      },
    ]);
  }
  // A recipient who was shut out reads no reply to all either.
  if (state === "revoked") await endHanging(services, tx, [grantId]);
  if ((await countAlive(tx, grant.envelope_id)) > 0) return replies;
  // A reply is its receiver's: it ends by itself, not with the last of its other readers.
  if ((await holdEnvelope(tx, envelopeId))?.kind === "reply") return replies;
  const grants = await grantsOf(tx, grant.envelope_id);
  // What the whole is called: by a person if all were revoked, by the clock if time ended the last, else all were used.
  const allRevoked = grants.every((one) => one.state === "revoked");
  const ending = allRevoked ? "revoked" : state === "expired" ? "expired" : "destroyed";
  return [...replies, ...(await endWhole(services, tx, grant.envelope_id, ending))];
}

/** Ends an envelope with every grant it has. @returns the ids of envelopes whose blobs can go now: its own, the answers to it, replies that were being written */
export async function endWhole(
  services: Services,
  tx: Tx,
  envelopeId: string,
  how: "revoked" | "expired" | "destroyed",
): Promise<readonly string[]> {
  const nowMs = services.clock.now();
  const envelope = await holdEnvelope(tx, envelopeId);
  if (envelope === null) return [];
  const grants = await grantsOf(tx, envelopeId);
  if (!(await endEnvelope(tx, envelopeId, how, nowMs))) return [];
  tellThread(
    services,
    tx,
    envelopeId,
    grants.map((grant) => grant.grant_id),
  );
  const replies = how === "revoked" ? await revokeUnsentReplies(tx, { envelopeId }, nowMs) : [];
  const answers = await endAnswers(tx, envelopeId, how, nowMs);
  if (how === "revoked") {
    const ids = grants.map((grant) => grant.grant_id);
    for (const grantId of ids) await endGrant(tx, grantId, "revoked");
    await cancelGrants(services, tx, ids);
    await endHanging(services, tx, ids);
  }
  const base = { envelopeId, organisationId: envelope.organisation_id, atMs: nowMs };
  await appendJournal(tx, [
    ...(how === "revoked" ? [{ ...base, event: "revoked" as const }] : []),
    { ...base, event: "destroyed" as const },
  ]);
  if (how !== "revoked") await tellUnread(services, tx, envelope, nowMs);
  return [envelopeId, ...replies, ...answers];
}

/** What the readers of replies to all have by these grants ends with them (Z8), and is mailed no more. */
async function endHanging(services: Services, tx: Tx, grantIds: readonly string[]): Promise<void> {
  for (const grantId of grantIds) {
    const hanging = await hangingOn(tx, grantId);
    for (const one of hanging) await endGrant(tx, one.grant_id, "revoked");
    await endedReaders(services, tx, hanging);
  }
}

/** Those who read a reply beside its receiver, when the whole of it ends. */
export async function endReaders(services: Services, tx: Tx, envelopeId: string): Promise<void> {
  const readers = (await grantsOf(tx, envelopeId)).filter((grant) => grant.state === "active" || grant.wrapped_key);
  for (const one of readers) await endGrant(tx, one.grant_id, "revoked");
  await endedReaders(services, tx, readers);
}

async function endedReaders(
  services: Services,
  tx: Tx,
  ended: readonly { readonly grant_id: string; readonly envelope_id: string; readonly organisation_id: string }[],
): Promise<void> {
  if (ended.length === 0) return;
  await cancelGrants(
    services,
    tx,
    ended.map((one) => one.grant_id),
  );
  await appendJournal(
    tx,
    ended.map((one) => ({
      envelopeId: one.envelope_id,
      organisationId: one.organisation_id,
      atMs: services.clock.now(),
      event: "grant_revoked" as const,
      grantId: one.grant_id,
    })),
  );
}

/** M9: destroyed, and somebody never opened it. */
async function tellUnread(services: Services, tx: Tx, envelope: EnvelopesTable, nowMs: number): Promise<void> {
  if (envelope.kind !== "message" || !fromFlag(envelope.notify_unread) || envelope.sent_at_ms === null) return;
  const unread = (await grantsOf(tx, envelope.envelope_id)).filter(
    (grant) => grant.first_opened_at_ms === null && grant.state !== "revoked",
  );
  const [member] = await memberOf(tx, { memberId: envelope.member_id });
  if (unread.length === 0 || member === undefined) return;
  await enqueue(services, tx, {
    kind: "unread",
    to: member.address,
    language: member.language,
    organisationId: envelope.organisation_id,
    envelopeId: envelope.envelope_id,
    facts: {
      recipients: unread.map((grant) => grant.name ?? grant.address),
      sentAtMs: envelope.sent_at_ms,
      atMs: nowMs,
      timeZone: member.time_zone,
      ...(envelope.reference === null ? {} : { reference: envelope.reference }),
    },
  });
}
