/**
 * Takes one chunk of a draft on the raw request: rights by one read, room claimed in memory, body to disk, 204 once it is durable. The same
 * chunk again changes nothing and is 204 too.
 */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import { identifyCaller } from "../../http/caller.ts";
import { deviceOf } from "../../http/device.ts";
import type { RawRequest } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import { chunkName, parseGenerations } from "./chunks.ts";
import { type Claim, claimRoom } from "./draft-room.ts";
import { type Asker, requireDraft } from "./envelopes.policy.ts";
import { findEnvelope } from "./envelopes.queries.ts";
import type { EnvelopesTable } from "./envelopes.table.ts";
import { requireFreeSpace } from "./free-space.ts";
import { carry } from "./transfers.ts";

export const CHUNK_PATH = /^\/api\/v1\/envelopes\/([^/]+)\/parts\/([^/]+)\/chunks\/([^/]+)$/;

/** Who sends these headers, as member and as device. */
export async function askerOf(services: Services, headers: IncomingHttpHeaders): Promise<Asker> {
  const caller = await identifyCaller(services, headers);
  return { memberId: caller.kind === "member" ? caller.memberId : null, deviceSha256: deviceOf(headers) };
}

/**
 * @throws PliError `bad_input`, `unsupported_media_type`, `payload_too_large`, `not_signed_in`, `not_found`, `conflict`, `expired`,
 * `revoked`, `limit_reached`, `storage_full`, `rate_limited` when this asker has too many under way
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
  const { kind, member_id: memberId, device_sha256: deviceSha256 } = draft;
  const sender = kind === "reply" && deviceSha256 !== null ? { deviceSha256 } : { memberId };
  try {
    const name = chunkName(part, generation, chunk);
    await carry(services, sender, () => store(services, draft, name, incoming, maxBytes));
  } catch (error) {
    // Ended while it came: its folder went from under the chunk, and why is told better than that.
    if (error instanceof PliError && error.code === "not_found") {
      requireDraft(await findEnvelope(services.db.read, envelopeId), asker, services.clock.now());
    }
    throw error;
  }
  outgoing.writeHead(204);
  outgoing.end();
}

/** Writes the body as `name`, if there is room for it in this draft and on the disk. */
async function store(
  services: Services,
  draft: EnvelopesTable,
  name: string,
  body: IncomingMessage,
  maxBytes: number,
): Promise<void> {
  await requireFreeSpace(services);
  if (body.destroyed) throw new PliError("cancelled");
  const declared = body.headers["content-length"];
  const declaredBytes = declared === undefined ? undefined : Number(declared);
  const sizeBytes = declaredBytes ?? maxBytes;
  let claim: Claim | null = null;
  try {
    claim = await claimRoom(services, draft, sizeBytes);
  } catch (error) {
    // What is there already takes no room, and its sender may not have heard of it.
    if (!(await isStored(services, draft.envelope_id, name))) throw error;
  }
  try {
    const stored = await services.blobs.putChunk(draft.envelope_id, name, body, sizeBytes, declaredBytes);
    if (stored.isNew) claim?.keep(stored.sizeBytes);
    else claim?.giveBack();
  } catch (error) {
    claim?.giveBack();
    throw error;
  }
}

async function isStored(services: Services, envelopeId: string, name: string): Promise<boolean> {
  try {
    for await (const piece of services.blobs.readChunk(envelopeId, name, 0, 1)) return piece.length > 0;
    return false;
  } catch (error) {
    if (error instanceof PliError && error.code === "not_found") return false;
    throw error;
  }
}

/** A number of the path. @throws PliError `bad_input` {field} */
export function wholeNumber(text: string, max: number, field: string): number {
  const value = /^(0|[1-9]\d{0,5})$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= max)) throw new PliError("bad_input", { details: { field } });
  return value;
}
