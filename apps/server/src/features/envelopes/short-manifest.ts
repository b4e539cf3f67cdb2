/**
 * A sealed manifest that is short enough to come with another answer. Ciphertext, as by its own door: the caller has checked the right. What
 * cannot be read now is left out, never a reason to refuse what the answer is about: its own door tells why. Where content goes straight to the bucket
 * (Q4) none of it goes through a node, not even that.
 */
import { LIMITS } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { chunkName } from "./chunks.ts";
import type { PartLocation } from "./parts.queries.ts";

/** @param location of part 0. @returns base64url; undefined: too long, not for a node to carry, or not to be read */
export async function shortManifest(services: Services, location: PartLocation): Promise<string | undefined> {
  const { envelope_id: envelopeId, generation, size_bytes: sizeBytes } = location;
  if (services.direct !== null || sizeBytes > LIMITS.openingManifestBytes) return undefined;
  const sealed = new Uint8Array(sizeBytes);
  let filled = 0;
  try {
    for await (const piece of services.blobs.readChunk(envelopeId, chunkName(0, generation, 0), 0, sizeBytes)) {
      sealed.set(piece, filled);
      filled += piece.length;
    }
  } catch {
    return undefined;
  }
  return filled === sizeBytes ? Buffer.from(sealed).toString("base64url") : undefined;
}
