/**
 * Ciphertext out, on the raw response: a part's chunks one after the other, a range of it (RFC 9110 section 14) when asked. The caller has
 * checked the right. Memory per download: two pieces of at most 1 MiB.
 */
import type { ServerResponse } from "node:http";
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import type { RawRequest } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import { chunkName } from "./chunks.ts";
import type { PartLocation } from "./parts.queries.ts";
import { type Carried, carry } from "./transfers.ts";

export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * The one range that a Range header asks for. Null: send all (no header, several ranges, or not understood, which a server may
 * ignore). @throws PliError `bad_input` when nothing of it is there (416)
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  if (match === null) return null;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return null;
  if (first === "") {
    if (Number(last) === 0) throw unsatisfiable;
    return { start: Math.max(0, sizeBytes - Number(last)), end: sizeBytes };
  }
  if (last !== "" && Number(last) < Number(first)) return null;
  if (Number(first) >= sizeBytes) throw unsatisfiable;
  return { start: Number(first), end: last === "" ? sizeBytes : Math.min(sizeBytes, Number(last) + 1) };
}

const unsatisfiable = new PliError("bad_input", { details: { field: "Range" } });

/**
 * Answers with the part, or the asked range of it. Resolves to whether the last byte was sent.
 * @throws PliError `bad_input` for a range of which nothing is there, `rate_limited` when this reader has too many under way
 */
export async function streamPart(
  services: Services,
  request: RawRequest,
  location: PartLocation & { readonly part: number },
  reader: Carried,
): Promise<boolean> {
  return await carry(services, reader, () => answerWithPart(services, request, location));
}

async function answerWithPart(
  services: Services,
  request: RawRequest,
  location: PartLocation & { readonly part: number },
): Promise<boolean> {
  const { incoming, outgoing, head } = request;
  const etag = `"${location.envelope_id}-${location.part}-${location.generation}"`;
  outgoing.setHeader("Accept-Ranges", "bytes");
  outgoing.setHeader("ETag", etag);
  const fresh = incoming.headers["if-range"] === undefined || incoming.headers["if-range"] === etag;
  let range: ByteRange | null;
  try {
    range = fresh ? parseRange(incoming.headers.range, location.size_bytes) : null;
  } catch (error) {
    outgoing.setHeader("Content-Range", `bytes */${location.size_bytes}`);
    throw error;
  }
  const { start, end } = range ?? { start: 0, end: location.size_bytes };
  const partial = range === null ? {} : { "Content-Range": `bytes ${start}-${end - 1}/${location.size_bytes}` };
  outgoing.writeHead(range === null ? 200 : 206, {
    "Content-Type": "application/octet-stream",
    "Content-Length": end - start,
    "Content-Disposition": "attachment",
    ...partial,
  });
  if (head) {
    outgoing.end();
    return false;
  }
  for await (const piece of pieces(services, location, start, end)) {
    if (outgoing.destroyed) return false;
    await written(outgoing, piece);
  }
  outgoing.end();
  return end === location.size_bytes;
}

/** Resolves when the piece is with the kernel, or the connection is gone: then its memory may be used again. */
function written(outgoing: ServerResponse, piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off("close", done);
      resolve();
    };
    // A connection that breaks off may forget the callbacks of its writes.
    outgoing.once("close", done);
    outgoing.write(piece, done);
  });
}

async function* pieces(
  services: Services,
  location: PartLocation & { readonly part: number },
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  for (let position = start; position < end; ) {
    const chunk = Math.floor(position / LIMITS.chunkBytes);
    const chunkStart = chunk * LIMITS.chunkBytes;
    const until = Math.min(end, chunkStart + LIMITS.chunkBytes);
    const name = chunkName(location.part, location.generation, chunk);
    yield* services.blobs.readChunk(location.envelope_id, name, position - chunkStart, until - chunkStart);
    position = until;
  }
}
