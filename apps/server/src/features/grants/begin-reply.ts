/** A reply begins (M16): a draft that belongs to the device whose opening runs. */
import { PliError } from "@pli/core/errors";
import type { EnvelopeDraft } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { countReplies, createDraft, findGrant } from "../envelopes/index.ts";
import { take } from "../limits/index.ts";
import { requireUnended } from "./grants.policy.ts";
import { openUntil } from "./grants.queries.ts";
import type { Visitor } from "./visitor.ts";

const REPLIES_PER_GRANT = 50;

/** @throws PliError `not_found`, `revoked`, `expired`, `opening_required`, `limit_reached`, `rate_limited` */
export async function beginReply(services: Services, grantId: string, visitor: Visitor): Promise<EnvelopeDraft> {
  await take(services, { door: "replies", key: visitor.network, limit: 200, windowSeconds: 3600 });
  const nowMs = services.clock.now();
  const grant = requireUnended(await findGrant(services.db.read, grantId), nowMs);
  const runs = await openUntil(services.db.read, grantId, visitor.deviceSha256, nowMs);
  if (runs === null || grant.wrapped_key === null) throw new PliError("opening_required");
  if ((await countReplies(services.db.read, grant.member_id, grantId)) >= REPLIES_PER_GRANT) {
    throw new PliError("limit_reached", { details: { limit: REPLIES_PER_GRANT } });
  }
  return await createDraft(services, {
    memberId: grant.member_id,
    organisationId: grant.organisation_id,
    reply: {
      deviceSha256: visitor.deviceSha256,
      grantId,
      address: grant.address,
      name: grant.name,
      inReplyTo: grant.envelope_id,
    },
  });
}
