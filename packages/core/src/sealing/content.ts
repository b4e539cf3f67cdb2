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

/** What a source may be; a ReadableStream is read to its end and cancelled when reading stops early. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Something for `for await`, which not every browser can do on a stream itself. */
function read(source: ByteSource): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  return "getReader" in source ? readStream(source) : source;
}

async function* readStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

/**
 * Seals `source` into chunks as they go on the wire, in memory that is used over and over: the fast path.
 * @param options.chunkBytes size of every chunk but the last, a multiple of SEGMENT_BYTES
 * @param options.ring buffers in use (default 2): a chunk stays as it is until `ring` more were asked for, so `ring` uploads may be in
 *   flight while the next is being asked for only when one of them is acknowledged
 */
export async function* sealChunks(
  crypto: CryptoProvider,
  options: StreamKey & { readonly chunkBytes: number; readonly ring?: number },
  source: ByteSource,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { chunkBytes, ring = 2 } = options;
  if (chunkBytes < SEGMENT_BYTES || chunkBytes % SEGMENT_BYTES !== 0) throw new PliError("bad_input");
  const buffers = Array.from({ length: ring }, () => new Uint8Array(0) as Uint8Array<ArrayBuffer>);
  const sealer = await createSegmentSealer(crypto, options);
  const cutter = createCutter(PLAIN_FIRST_BYTES, PLAIN_SEGMENT_BYTES);
  let turn = 0;
  let chunk = freshChunk();
  chunk.set(sealer.header);
  let filled = HEADER_BYTES;

  function freshChunk(): Uint8Array<ArrayBuffer> {
    const slot = turn++ % ring;
    if (buffers[slot]?.length !== chunkBytes) buffers[slot] = new Uint8Array(chunkBytes);
    return buffers[slot] as Uint8Array<ArrayBuffer>;
  }
  for await (const arrival of read(source)) {
    for (const segment of cutter.push(arrival)) {
      const written = sealer.sealInto(segment, false, chunk.subarray(filled));
      filled += typeof written === "number" ? written : await written;
      if (filled === chunkBytes) {
        yield chunk;
        chunk = freshChunk();
        filled = 0;
      }
    }
  }
  filled += await sealer.sealInto(cutter.last(), true, chunk.subarray(filled));
  yield chunk.subarray(0, filled);
}

/**
 * Opens `source` in memory that is used over and over: the fast path. What it yields is to be used (written, hashed) before the next
 * is asked for.
 * @param options.segments how many segments are gathered in one piece (default 4, a mebibyte)
 * @throws PliError `integrity` before anything of the bad segment, and anything gathered with it, is seen
 */
export async function* openChunks(
  crypto: CryptoProvider,
  options: StreamKey & { readonly segments?: number },
  source: ByteSource,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const piece = new Uint8Array((options.segments ?? 4) * PLAIN_SEGMENT_BYTES);
  const arrivals = createHeaderCutter();
  let starting: ReturnType<typeof createSegmentReader> | undefined;
  let filled = 0;
  for await (const arrival of read(source)) {
    for (const segment of arrivals.push(arrival)) {
      starting ??= createSegmentReader(crypto, options, arrivals.header());
      filled += await (await starting).openInto(segment, false, piece.subarray(filled));
      if (filled + PLAIN_SEGMENT_BYTES > piece.length) {
        yield piece.subarray(0, filled);
        filled = 0;
      }
    }
  }
  const reader = await (starting ?? createSegmentReader(crypto, options, arrivals.header()));
  filled += await reader.openInto(arrivals.last(), true, piece.subarray(filled));
  if (filled > 0) yield piece.subarray(0, filled);
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
