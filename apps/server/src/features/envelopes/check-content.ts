/**
 * Whether what the sender says was uploaded is there, whole: numbers of chunks, sizes, order, and the commitment over the
 * digests (Z16). The server does not hash the ciphertext: the digests are the sender's word, and whoever opens checks them.
 */
import { createHash } from "node:crypto";
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import { computeCommitment } from "@pli/core/verify";
import { LIMITS, type PartSummary } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { chunkSizes, parseGenerations } from "./chunks.ts";
import { maxBytesOf } from "./draft-room.ts";
import type { EnvelopesTable, PartsTable } from "./envelopes.table.ts";

export interface CheckedContent {
  readonly rows: readonly PartsTable[];
  /** Ciphertext with the manifest. */
  readonly sizeBytes: number;
}

function refuse(field: string): never {
  throw new PliError("bad_input", { details: { field } });
}

/**
 * Compares `parts` with what is stored.
 * @throws PliError `bad_input` {field} `parts` (order, numbers), `commitment`; `conflict` {state: "incomplete"} when a chunk
 * is missing or of another size; `payload_too_large`
 */
export async function checkContent(
  services: Services,
  draft: EnvelopesTable,
  parts: readonly PartSummary[],
  commitment: string,
): Promise<CheckedContent> {
  const generations = parseGenerations(draft.generations);
  const stored = chunkSizes(await services.blobs.listChunks(draft.envelope_id), generations);
  let previous = -1;
  let sizeBytes = 0;
  for (const part of parts) {
    if (previous === -1 ? part.part !== 0 : part.part <= previous) refuse("parts");
    previous = part.part;
    if (part.chunks !== Math.ceil(part.sizeBytes / LIMITS.chunkBytes)) refuse("parts");
    const sizes = stored.get(part.part);
    for (let chunk = 0; chunk < part.chunks; chunk++) {
      const whole = chunk < part.chunks - 1;
      const expected = whole ? LIMITS.chunkBytes : part.sizeBytes - chunk * LIMITS.chunkBytes;
      if (sizes?.get(chunk) !== expected) throw new PliError("conflict", { details: { state: "incomplete" } });
    }
    sizeBytes += part.sizeBytes;
  }
  if ((parts[0]?.sizeBytes ?? 0) > LIMITS.manifestBytes) refuse("parts");
  const maxBytes = maxBytesOf(services, draft.kind);
  if (sizeBytes > maxBytes) throw new PliError("payload_too_large", { details: { limit: maxBytes } });
  if ((await commitmentOf(parts)) !== commitment) refuse("commitment");
  return {
    sizeBytes,
    rows: parts.map((part) => ({
      envelope_id: draft.envelope_id,
      part: part.part,
      generation: generations[part.part] ?? 0,
      chunks: part.chunks,
      size_bytes: part.sizeBytes,
      sha256: part.sha256,
    })),
  };
}

async function commitmentOf(parts: readonly PartSummary[]): Promise<string> {
  const digests = parts.map((part) => fromBase64url(part.sha256, 32));
  return toBase64url(await computeCommitment(digests, async (data) => createHash("sha256").update(data).digest()));
}
