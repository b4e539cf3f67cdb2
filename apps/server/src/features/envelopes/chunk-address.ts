/**
 * Addresses for the direct path: the same rights, limits and names as the doors of the node, and then a URL instead of bytes. A node without a
 * direct path has no such doors. Never logs an address.
 */
import { fromBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import { type ChunkAddress, type ChunkAnnouncement, LIMITS } from "@pli/core/wire";
import type { DirectDoor } from "../../platform/blobs/index.ts";
import type { Services } from "../../services.ts";
import { chunkName, parseGenerations } from "./chunks.ts";
import { claimAnnounced } from "./draft-room.ts";
import { type Asker, requireDraft } from "./envelopes.policy.ts";
import { findEnvelope } from "./envelopes.queries.ts";
import { requireFreeSpace } from "./free-space.ts";
import type { PartLocation } from "./parts.queries.ts";
import { memberPart } from "./read-content.ts";

export interface ChunkPlace {
  readonly part: number;
  readonly chunk: number;
}

function requireDirect({ direct }: Services): DirectDoor {
  if (direct === null) throw new PliError("not_found");
  return direct;
}

/**
 * Where a chunk of a draft is to be put.
 * @throws PliError `bad_input`, `payload_too_large`, `not_found`, `conflict`, `revoked`, `expired`, `limit_reached`, `storage_full`
 */
export async function addressToPut(
  services: Services,
  asker: Asker,
  place: ChunkPlace & { readonly envelopeId: string },
  announced: ChunkAnnouncement,
): Promise<ChunkAddress> {
  const direct = requireDirect(services);
  const { envelopeId, part, chunk } = place;
  if (part === 0 && chunk > 0) throw new PliError("bad_input", { details: { field: "chunk" } });
  const maxBytes = part === 0 ? LIMITS.manifestBytes : LIMITS.chunkBytes;
  if (announced.sizeBytes > maxBytes) throw new PliError("payload_too_large", { details: { limit: maxBytes } });
  const draft = requireDraft(await findEnvelope(services.db.read, envelopeId), asker, services.clock.now());
  const name = chunkName(part, parseGenerations(draft.generations)[part] ?? 0, chunk);
  await requireFreeSpace(services);
  await claimAnnounced(services, draft, name, announced.sizeBytes);
  const sha256 = Buffer.from(fromBase64url(announced.sha256, 32)).toString("hex");
  return direct.addressToPut(envelopeId, name, { sizeBytes: announced.sizeBytes, sha256 });
}

/** Where a member reads a chunk of their own. @throws PliError `not_found`, `expired`, `revoked`, `destroyed` */
export async function addressForMember(
  services: Services,
  memberId: string,
  place: ChunkPlace & { readonly envelopeId: string },
): Promise<ChunkAddress> {
  requireDirect(services);
  return addressToRead(services, await memberPart(services, memberId, place), place);
}

/** Where a chunk of this part is to be read. The caller has checked the right. @throws PliError `not_found` */
export function addressToRead(services: Services, location: PartLocation, { part, chunk }: ChunkPlace): ChunkAddress {
  const direct = requireDirect(services);
  if (chunk >= location.chunks) throw new PliError("not_found");
  const name = chunkName(part, location.generation, chunk);
  return { url: direct.addressToRead(location.envelope_id, name), headers: {}, partBytes: location.size_bytes };
}
