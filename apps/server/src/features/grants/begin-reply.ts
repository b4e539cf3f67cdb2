/**
 * A reply begins (M16): a draft that belongs to the device whose opening runs. Whoever begins again and again, as a page does that is loaded
 * again, has the newest few: the others are thrown away.
 */
import { PliError } from "@pli/core/errors";
import type { EnvelopeDraft } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { countReplies, createDraft, deleteDraft, eraseSoon, findGrant, lockGrant } from "../envelopes/index.ts";
import { take } from "../limits/index.ts";
import { requireReading, requireUnended } from "./grants.policy.ts";
import { openUntil, unsentReplies } from "./grants.queries.ts";
import type { Visitor } from "./visitor.ts";

/** Lines of a conversation are replies, too. */
const REPLIES_PER_GRANT = 500;
const UNSENT_PER_DEVICE = 5;

/** @throws PliError `not_found`, `revoked`, `expired`, `opening_required`, `conflict` {state: "reply"}, `limit_reached`, `rate_limited` */
export async function beginReply(services: Services, grantId: string, visitor: Visitor): Promise<EnvelopeDraft> {
  await take(services, { door: "replies", key: visitor.network, limit: 1000, windowSeconds: 3600 });
  const nowMs = services.clock.now();
  const runs = await openUntil(services.db.read, grantId, visitor.deviceSha256, nowMs);
  const grant = requireReading(await findGrant(services.db.read, grantId), runs, nowMs);
  // Of a reply to all its reader answers from their own copy of the message.
  if (grant.of_grant_id !== null) throw new PliError("conflict", { details: { state: "reply" } });
  const { deviceSha256 } = visitor;
  const { member_id: memberId, organisation_id: organisationId, address, name, envelope_id: inReplyTo } = grant;
  const reply = { deviceSha256, grantId, address, name, inReplyTo };
  let old: readonly string[] = [];
  const draft = await createDraft(services, { memberId, organisationId, reply }, async (tx) => {
    // Held, so that nobody revokes it meanwhile, and those who begin at once are counted.
    requireUnended(await lockGrant(tx, grantId), nowMs);
    old = (await unsentReplies(tx, { envelopeId: inReplyTo, grantId, deviceSha256 })).slice(UNSENT_PER_DEVICE - 1);
    for (const envelopeId of old) await deleteDraft(tx, envelopeId);
    if ((await countReplies(tx, inReplyTo, grantId)) >= REPLIES_PER_GRANT) {
      throw new PliError("limit_reached", { details: { limit: REPLIES_PER_GRANT } });
    }
  });
  await eraseSoon(services, old);
  return draft;
}
