/**
 * Seals a gibibyte segment by segment into a chunk as it goes on the wire, and opens each chunk as soon as it is full, as it would come
 * off the network: what the clients do, in any runtime. Reading and writing files is not part of it.
 */
import type { CryptoProvider } from "@pli/core/sealing";
import { createSegmentOpener, createSegmentSealer, newContentKey, plainBytes, SEGMENT_BYTES } from "@pli/core/sealing";
import { LIMITS } from "@pli/core/wire";

const SEALED_BYTES = 2 ** 30;
/** What was read of a file and waits to be sealed. */
const READ_BYTES = 2 ** 20;

/** MB/s of sealing and of opening. @throws when a byte is missing or changed */
export async function sealAndOpen(crypto: CryptoProvider): Promise<{ readonly seal: number; readonly open: number }> {
  const key = { contentKey: newContentKey(crypto), part: 1 };
  const sealer = await createSegmentSealer(crypto, key);
  const opener = await createSegmentOpener(crypto, { ...key, header: sealer.header, sealedBytes: SEALED_BYTES });
  const read = new Uint8Array(READ_BYTES).map((_, index) => index);
  const chunk = new Uint8Array(LIMITS.chunkBytes);
  const opened = new Uint8Array(SEGMENT_BYTES);
  let plainLeft = plainBytes(SEALED_BYTES);
  let readAt = 0;
  let sealingMs = 0;
  let openingMs = 0;
  let index = 0;

  for (let chunkAt = 0; chunkAt < SEALED_BYTES; chunkAt += chunk.length) {
    const startedMs = performance.now();
    let filled = chunkAt === 0 ? sealer.header.length : 0;
    while (filled < chunk.length) {
      const length = Math.min(sealer.nextPlainBytes(), plainLeft);
      if (readAt + length > read.length) readAt = 0;
      plainLeft -= length;
      const written = sealer.sealInto(read.subarray(readAt, readAt + length), plainLeft === 0, chunk.subarray(filled));
      filled += typeof written === "number" ? written : await written;
      readAt += length;
    }
    const sealedMs = performance.now();
    sealingMs += sealedMs - startedMs;
    while (index < opener.segmentCount && opener.segmentRange(index).start < chunkAt + chunk.length) {
      const { start, end } = opener.segmentRange(index);
      await opener.openInto(index, chunk.subarray(start - chunkAt, end - chunkAt), opened);
      index += 1;
    }
    openingMs += performance.now() - sealedMs;
  }
  if (plainLeft !== 0 || index !== opener.segmentCount) throw new Error("not everything was sealed and opened");
  const rate = (milliseconds: number) => SEALED_BYTES / 1000 / milliseconds;
  return { seal: rate(sealingMs), open: rate(openingMs) };
}
