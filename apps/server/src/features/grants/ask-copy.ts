/**
 * A recipient asks for a new copy, or says that something is wrong (M17). The sender sees it, and is told by mail: once, until it is dealt
 * with, however often somebody asks.
 */
import { PliError } from "@pli/core/errors";
import type { CopyRequestCreation } from "@pli/core/wire";
import { newId } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { findGrant, type GrantRow, hasOpenRequest, insertCopyRequest, lockGrant } from "../envelopes/index.ts";
import { appendJournal } from "../journal/index.ts";
import { take } from "../limits/index.ts";
import { enqueue } from "../notifications/index.ts";
import { entryOf } from "./ask-code.ts";
import { isLongEnded } from "./grants.policy.ts";
import type { Visitor } from "./visitor.ts";

/** @throws PliError `not_found`, `conflict` {state: "reply"}, `expired` long after the end, `rate_limited` */
export async function askCopy(
  services: Services,
  grantId: string,
  visitor: Visitor,
  { reason }: CopyRequestCreation,
): Promise<void> {
  const grant = await askedAbout(services, await findGrant(services.db.read, grantId), reason);
  if (isLongEnded(grant, services.clock.now())) throw new PliError("expired");
  await take(
    services,
    { door: "requests", key: grantId, limit: 3, windowSeconds: 3600 },
    { door: "requests-network", key: visitor.network, limit: 60, windowSeconds: 3600 },
  );
  const nowMs = services.clock.now();
  await services.db.write(async (tx) => {
    // Held, so that two at once are one.
    await lockGrant(tx, grant.grant_id);
    if (await hasOpenRequest(tx, { envelope_id: grant.envelope_id, grant_id: grant.grant_id, reason })) return;
    await insertCopyRequest(tx, {
      envelope_id: grant.envelope_id,
      request_id: newId(nowMs),
      grant_id: grant.grant_id,
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
      grantId: grant.grant_id,
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

/**
 * The grant that is asked about: of a reply to all, its reader's own in the message. So the message's sender hears of a wrong recipient, who wrote the
 * reply hears nothing; a new copy of it is for nobody to give.
 */
async function askedAbout(
  services: Services,
  grant: GrantRow | null,
  reason: CopyRequestCreation["reason"],
): Promise<GrantRow> {
  if (grant !== null && grant.of_grant_id === null) return grant;
  const of = grant === null ? null : await findGrant(services.db.read, grant.of_grant_id ?? "");
  if (of === null) throw new PliError("not_found");
  if (reason === "new_copy") throw new PliError("conflict", { details: { state: "reply" } });
  return of;
}
