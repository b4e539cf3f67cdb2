/**
 * Whole contents (spec: protocol.md Z2, Z4): streams of any size in flat memory, and small buffers in one go. The format is in segments.ts.
 * Emits authenticated plaintext only; that nothing is missing at the end is known when a stream ends without error, so a reader puts
 * nothing under its final name before.
 */
import { concatBytes } from "../bytes.ts";
import { PliError } from "../errors.ts";
import { createCutter } from "./cutter.ts";
import type { CryptoProvider } from "./provider.ts";
import {
  createSegmentOpener,
  createSegmentReader,
  createSegmentSealer,
  HEADER_BYTES,
  PLAIN_FIRST_BYTES,
  PLAIN_SEGMENT_BYTES,
  SEGMENT_BYTES,
  type StreamKey,
} from "./segments.ts";

/** Seals a stream of any chunk sizes; what it emits is the receiver's own. */
export function sealStream(crypto: CryptoProvider, key: StreamKey): TransformStream<Uint8Array, Uint8Array> {
  const cutter = createCutter(PLAIN_FIRST_BYTES, PLAIN_SEGMENT_BYTES);
  const starting = createSegmentSealer(crypto, key);
  return new TransformStream({
    async start(controller) {
      controller.enqueue((await starting).header);
    },
    async transform(chunk, controller) {
      const sealer = await starting;
      for (const segment of cutter.push(chunk)) controller.enqueue(await sealer.seal(segment, false));
    },
    async flush(controller) {
      controller.enqueue(await (await starting).seal(cutter.last(), true));
    },
  });
}

/** Opens a sealed stream of any chunk sizes; what it emits is the receiver's own. Errors with PliError `integrity`. */
export function openStream(crypto: CryptoProvider, key: StreamKey): TransformStream<Uint8Array, Uint8Array> {
  const arrivals = createHeaderCutter();
  let starting: ReturnType<typeof createSegmentReader> | undefined;
  return new TransformStream({
    async transform(chunk, controller) {
      for (const segment of arrivals.push(chunk)) {
        starting ??= createSegmentReader(crypto, key, arrivals.header());
        controller.enqueue(await (await starting).open(segment, false));
      }
    },
    async flush(controller) {
      const reader = await (starting ?? createSegmentReader(crypto, key, arrivals.header()));
      const plaintext = await reader.open(arrivals.last(), true);
      if (plaintext.length > 0) controller.enqueue(plaintext);
    },
  });
}

/** Takes the header off, then cuts into segments. */
function createHeaderCutter() {
  const header = new Uint8Array(HEADER_BYTES);
  const cutter = createCutter(SEGMENT_BYTES - HEADER_BYTES, SEGMENT_BYTES);
  let headerBytes = 0;
  return {
    push(chunk: Uint8Array): Iterable<Uint8Array> {
      const missing = chunk.subarray(0, HEADER_BYTES - headerBytes);
      header.set(missing, headerBytes);
      headerBytes += missing.length;
      return cutter.push(chunk.subarray(missing.length));
    },
    header(): Uint8Array {
      if (headerBytes < HEADER_BYTES) throw new PliError("integrity");
      return header;
    },
    last: () => cutter.last(),
  };
}

/** Seals a small buffer whole (the manifest, a short text). */
export async function sealBytes(crypto: CryptoProvider, key: StreamKey, plaintext: Uint8Array): Promise<Uint8Array> {
  const sealer = await createSegmentSealer(crypto, key);
  const pieces = [sealer.header];
  let at = 0;
  let last = false;
  while (!last) {
    const segment = plaintext.subarray(at, at + sealer.nextPlainBytes());
    at += segment.length;
    last = at === plaintext.length;
    pieces.push(await sealer.seal(segment, last));
  }
  return concatBytes(...pieces);
}

/** Opens a small stream whole. @throws PliError `integrity` */
export async function openBytes(crypto: CryptoProvider, key: StreamKey, sealed: Uint8Array): Promise<Uint8Array> {
  const stream = { ...key, header: sealed.subarray(0, HEADER_BYTES), sealedBytes: sealed.length };
  const opener = await createSegmentOpener(crypto, stream);
  const pieces: Uint8Array[] = [];
  for (let index = 0; index < opener.segmentCount; index++) {
    const { start, end } = opener.segmentRange(index);
    pieces.push(await opener.open(index, sealed.subarray(start, end)));
  }
  return concatBytes(...pieces);
}
