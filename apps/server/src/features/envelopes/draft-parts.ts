/** What is there of a draft's part, and its removal. */
import { PliError } from "@pli/core/errors";
import type { PartStatus } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { chunkName, chunkSizes, parseGenerations } from "./chunks.ts";
import { freeRoom } from "./draft-room.ts";
import { type Asker, requireDraft } from "./envelopes.policy.ts";
import { findEnvelope, holdEnvelope, renewPart } from "./envelopes.queries.ts";

/** The chunks of one part of a draft that are stored, in order. @throws `not_found`, `conflict`, `expired` */
export async function partStatus(
  services: Services,
  asker: Asker,
  envelopeId: string,
  part: number,
): Promise<PartStatus> {
  const draft = requireDraft(await findEnvelope(services.db.read, envelopeId), asker, services.clock.now());
  const stored = await services.blobs.listChunks(envelopeId);
  const sizes = chunkSizes(stored, parseGenerations(draft.generations)).get(part) ?? new Map<number, number>();
  const chunks = [...sizes].map(([chunk, sizeBytes]) => ({ chunk, sizeBytes }));
  return { part, chunks: chunks.sort((a, b) => a.chunk - b.chunk) };
}

/**
 * Removes a part of a draft: from now on its number means the next generation, so a chunk still under way to the old one never shows up.
 * @throws `not_found`, `conflict`, `expired`
 */
export async function removePart(services: Services, asker: Asker, envelopeId: string, part: number): Promise<void> {
  const { removed, revision } = await services.db.write(async (tx) => {
    const draft = requireDraft(await holdEnvelope(tx, envelopeId), asker, services.clock.now());
    const generations = parseGenerations(draft.generations);
    const generation = generations[part] ?? 0;
    const next = JSON.stringify({ ...generations, [part]: generation + 1 });
    if (!(await renewPart(tx, envelopeId, draft.revision, next))) throw new PliError("conflict");
    return { removed: generation, revision: draft.revision + 1 };
  });
  await freeRoom(services, { envelope_id: envelopeId, revision }, async (removedChunk) => {
    const old = chunkSizes(await services.blobs.listChunks(envelopeId), { [part]: removed }).get(part);
    for (const [chunk, sizeBytes] of old ?? []) {
      await services.blobs.deleteChunk(envelopeId, chunkName(part, removed, chunk));
      removedChunk(sizeBytes);
    }
  });
}
