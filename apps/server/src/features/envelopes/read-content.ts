/** Ciphertext for members: their own message, or a reply in their inbox. */
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import { identifyCaller } from "../../http/caller.ts";
import type { RawRequest } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import { type PartLocation, partForMember } from "./parts.queries.ts";
import { wholeNumber } from "./put-chunk.ts";
import { streamPart } from "./stream-part.ts";

export const CONTENT_PATH = /^\/api\/v1\/envelopes\/([^/]+)\/parts\/([^/]+)\/content$/;

/** @throws PliError `not_signed_in`, `bad_input`, `not_found`, `expired`, `revoked`, `destroyed`, `rate_limited` */
export async function readContent(services: Services, request: RawRequest): Promise<void> {
  const [envelopeId = "", partText = ""] = request.parameters;
  const caller = await identifyCaller(services, request.incoming.headers);
  if (caller.kind !== "member") throw new PliError("not_signed_in");
  const part = wholeNumber(partText, LIMITS.partsPerEnvelope, "part");
  const location = await memberPart(services, caller.memberId, { envelopeId, part });
  await streamPart(services, request, { ...location, part }, caller);
}

/** A part of this member's own, sent and not ended. @throws PliError `not_found`, `expired`, `revoked`, `destroyed` */
export async function memberPart(
  services: Services,
  memberId: string,
  { envelopeId, part }: { readonly envelopeId: string; readonly part: number },
): Promise<PartLocation> {
  const [row] = await partForMember(services.db.read, { envelopeId, part });
  if (row === undefined || row.member_id !== memberId) throw new PliError("not_found");
  if (row.state === "revoked" || row.state === "expired" || row.state === "destroyed") throw new PliError(row.state);
  if (row.state !== "sent") throw new PliError("not_found");
  if (row.expires_at_ms <= services.clock.now()) throw new PliError("expired");
  return row;
}
