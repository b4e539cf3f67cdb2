/**
 * A recipient asks for a new copy, or says that something is wrong (M17). The sender sees it, and is told by mail: once, until it is dealt
 * with, however often somebody asks.
 */
import { PliError } from "@pli/core/errors";
import type { CopyRequestCreation } from "@pli/core/wire";
import { newId } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { findGrant, hasOpenRequest, insertCopyRequest, lockGrant } from "../envelopes/index.ts";
import { appendJournal } from "../journal/index.ts";
import { take } from "../limits/index.ts";
import { enqueue } from "../notifications/index.ts";
import { entryOf } from "./ask-code.ts";
import { isLongEnded } from "./grants.policy.ts";
import type { Visitor } from "./visitor.ts";

/** @throws PliError `not_found`, `expired` long after the end, `rate_limited` */
export async function askCopy(
  services: Services,
  grantId: string,
  visitor: Visitor,
  { reason }: CopyRequestCreation,
): Promise<void> {
  const grant = await findGrant(services.db.read, grantId);
  if (grant === null) throw new PliError("not_found");
  if (isLongEnded(grant, services.clock.now())) throw new PliError("expired");
  await take(
    services,
    { door: "requests", key: grantId, limit: 3, windowSeconds: 3600 },
    { door: "requests-network", key: visitor.network, limit: 60, windowSeconds: 3600 },
  );
  const nowMs = services.clock.now();
  await services.db.write(async (tx) => {
    // Held, so that two at once are one.
    await lockGrant(tx, grantId);
    if (await hasOpenRequest(tx, { envelope_id: grant.envelope_id, grant_id: grantId, reason })) return;
    await insertCopyRequest(tx, {
      envelope_id: grant.envelope_id,
      request_id: newId(nowMs),
      grant_id: grantId,
      reason,
      asked_at_ms: nowMs,
      done: 0,
    });
    await appendJournal(tx, [entryOf(services, grant, visitor, reason === "new_copy" ? "copy_asked" : "reported")]);
    await enqueue(services, tx, {
      kind: "copy_request",
      to: grant.member_address,
      language: grant.member_language,
      organisationId: grant.organisation_id,
      envelopeId: grant.envelope_id,
      grantId,
      facts: {
        recipient: grant.name ?? grant.address,
        reason,
        atMs: nowMs,
        timeZone: grant.member_time_zone,
        ...(grant.reference === null ? {} : { reference: grant.reference }),
      },
    });
  });
}
