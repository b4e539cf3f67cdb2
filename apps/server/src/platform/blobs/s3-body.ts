/**
 * A chunk on its way to a bucket. A small one is gathered, so that it can be sent again; a larger one goes through in frames of a fixed size, each
 * signed (`aws-chunked`), so that memory per upload is a frame, however slow the sender is. What ends early or is changed on the way never
 * becomes an object: the store knows its length and holds every signature against the bytes.
 */
import type { Readable } from "node:stream";
import { PliError } from "@pli/core/errors";
import { releasePiece } from "./piece-memory.ts";
import { type Seed, signPiece } from "./s3-signing.ts";

/** Gathered whole up to here. Most messages and manifests are far smaller. */
export const GATHER_BYTES = 512 * 1024;
const FRAME_BYTES = 256 * 1024;
const LINE_END = "\r\n";
const SIGNATURE_BYTES = 64;

/** What is to be sent: bytes that may be sent again, or a stream that can be sent once. */
export type ChunkBody =
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | {
      readonly kind: "stream";
      readonly sizeBytes: number;
      /** Frames of `FRAME_BYTES`, the last shorter. Each may be overwritten when the next one is asked for. */
      frames(): AsyncIterable<Buffer>;
    };

/**
 * Reads `source` until it is clear how it is to be sent.
 * @param declaredBytes what the sender said its length is; without it all is gathered, up to `maxBytes`
 * @throws PliError `payload_too_large`, `bad_input` nothing came or another length than declared, `cancelled` the source broke off
 */
export async function gatherChunk(source: Readable, maxBytes: number, declaredBytes?: number): Promise<ChunkBody> {
  if (source.destroyed) throw new PliError("cancelled");
  const pieces = limited(source, maxBytes);
  const gathered: Buffer[] = [];
  let gatheredBytes = 0;
  const wholeBytes = declaredBytes === undefined || declaredBytes <= GATHER_BYTES ? maxBytes : GATHER_BYTES;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    gathered.push(next.value);
    gatheredBytes += next.value.length;
    if (declaredBytes === undefined || gatheredBytes < wholeBytes) continue;
    if (declaredBytes > GATHER_BYTES) return streamed(gathered, pieces, declaredBytes);
  }
  if (gatheredBytes === 0 || (declaredBytes !== undefined && declaredBytes !== gatheredBytes)) throw wrongLength();
  return { kind: "bytes", bytes: Buffer.concat(gathered) };
}

function streamed(gathered: Buffer[], rest: AsyncGenerator<Buffer>, sizeBytes: number): ChunkBody {
  async function* all(): AsyncGenerator<Buffer> {
    for (let piece = gathered.shift(); piece !== undefined; piece = gathered.shift()) yield piece;
    yield* rest;
  }
  return { kind: "stream", sizeBytes, frames: () => framed(all(), sizeBytes) };
}

/** The same bytes in frames of a fixed size. @throws PliError `bad_input` when it is another number of bytes */
async function* framed(pieces: AsyncIterable<Buffer>, sizeBytes: number): AsyncGenerator<Buffer> {
  // Two in turn: one is on its way while the other is filled.
  let frame = Buffer.allocUnsafeSlow(FRAME_BYTES);
  let other = Buffer.allocUnsafeSlow(FRAME_BYTES);
  let filled = 0;
  let total = 0;
  for await (const piece of pieces) {
    total += piece.length;
    if (total > sizeBytes) throw wrongLength();
    for (let at = 0; at < piece.length; ) {
      const taken = piece.copy(frame, filled, at, Math.min(piece.length, at + FRAME_BYTES - filled));
      at += taken;
      filled += taken;
      if (filled < FRAME_BYTES) continue;
      yield frame;
      [frame, other] = [other, frame];
      filled = 0;
    }
    releasePiece(piece);
  }
  if (total !== sizeBytes) throw wrongLength();
  if (filled > 0) yield frame.subarray(0, filled);
}

/** What `source` yields, up to `maxBytes`. */
async function* limited(source: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let totalBytes = 0;
  const pieces = source.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await pieces.next().catch((cause: unknown) => {
        throw new PliError("cancelled", { cause });
      });
      if (next.done === true) return;
      const piece: Buffer = next.value;
      totalBytes += piece.length;
      if (totalBytes > maxBytes) throw new PliError("payload_too_large", { details: { limit: maxBytes } });
      yield piece;
    }
  } finally {
    await pieces.return?.();
  }
}

function wrongLength(): PliError {
  return new PliError("bad_input", { details: { field: "body" } });
}

/** Length in bytes of a body of `sizeBytes` once it is in signed frames. */
export function framedLength(sizeBytes: number): number {
  const whole = Math.floor(sizeBytes / FRAME_BYTES);
  const rest = sizeBytes % FRAME_BYTES;
  return whole * overhead(FRAME_BYTES) + (rest > 0 ? overhead(rest) : 0) + overhead(0) + sizeBytes;
}

function overhead(bytes: number): number {
  return bytes.toString(16).length + ";chunk-signature=".length + SIGNATURE_BYTES + 2 * LINE_END.length;
}

/** The frames as they go over the wire, each with its signature; the empty one at the end says that nothing is missing. */
export async function* signedFrames(frames: AsyncIterable<Buffer>, seed: Seed): AsyncGenerator<string | Buffer> {
  let signature = seed.signature;
  for await (const frame of frames) {
    signature = signPiece(seed, signature, frame);
    yield `${frame.length.toString(16)};chunk-signature=${signature}${LINE_END}`;
    yield frame;
    yield LINE_END;
  }
  signature = signPiece(seed, signature, Buffer.alloc(0));
  yield `0;chunk-signature=${signature}${LINE_END}${LINE_END}`;
}
