/**
 * Takes one chunk of a draft on the raw request: rights by one read, body to disk, 204 once it is durable. The same chunk again changes
 * nothing and is 204 too.
 */
import type { IncomingHttpHeaders } from "node:http";
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import { identifyCaller } from "../../http/caller.ts";
import { deviceOf } from "../../http/device.ts";
import type { RawRequest } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import { chunkName, parseGenerations } from "./chunks.ts";
import { type Asker, requireDraft } from "./envelopes.policy.ts";
import { findEnvelope } from "./envelopes.queries.ts";

export const CHUNK_PATH = /^\/api\/v1\/envelopes\/([^/]+)\/parts\/([^/]+)\/chunks\/([^/]+)$/;

/** Who sends these headers, as member and as device. */
export async function askerOf(services: Services, headers: IncomingHttpHeaders): Promise<Asker> {
  const caller = await identifyCaller(services, headers);
  return { memberId: caller.kind === "member" ? caller.memberId : null, deviceSha256: deviceOf(headers) };
}

/**
 * @throws PliError `bad_input`, `unsupported_media_type`, `payload_too_large`, `not_signed_in`, `not_found`, `conflict`, `expired`,
 * `storage_full`
 */
export async function putChunk(services: Services, request: RawRequest): Promise<void> {
  const { incoming, outgoing, parameters } = request;
  const [envelopeId = "", partText = "", chunkText = ""] = parameters;
  const asker = await askerOf(services, incoming.headers);
  if (asker.memberId === null && asker.deviceSha256 === null) throw new PliError("not_signed_in");
  const part = wholeNumber(partText, LIMITS.partsPerEnvelope, "part");
  const chunk = wholeNumber(chunkText, (part === 0 ? 1 : LIMITS.chunksPerPart) - 1, "chunk");
  if (incoming.headers["content-type"] !== "application/octet-stream") throw new PliError("unsupported_media_type");
  // An empty chunk is no chunk: a sealed part has at least its header.
  if (incoming.headers["content-length"] === "0") throw new PliError("bad_input", { details: { field: "body" } });
  const maxBytes = part === 0 ? LIMITS.manifestBytes : LIMITS.chunkBytes;
  if (Number(incoming.headers["content-length"] ?? 0) > maxBytes) {
    throw new PliError("payload_too_large", { details: { limit: maxBytes } });
  }
  const envelope = await findEnvelope(services.db.read, envelopeId);
  const draft = requireDraft(envelope, asker, services.clock.now());
  const generation = parseGenerations(draft.generations)[part] ?? 0;
  await services.blobs.putChunk(draft.envelope_id, chunkName(part, generation, chunk), incoming, maxBytes);
  outgoing.writeHead(204);
  outgoing.end();
}

/** A number of the path. @throws PliError `bad_input` {field} */
export function wholeNumber(text: string, max: number, field: string): number {
  const value = /^(0|[1-9]\d{0,5})$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= max)) throw new PliError("bad_input", { details: { field } });
  return value;
}
