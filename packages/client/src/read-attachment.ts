/**
 * Streams an attachment out of its parts (spec: protocol.md Z2, Z4; messages.md M14): fetches, opens segment after segment, goes on by
 * itself after a lost connection at the border of a segment, and checks size and SHA-256 at the end. Memory: one segment. Whoever
 * reads the stream keeps what came under a provisional name until the stream has ended without an error.
 */
import { equalBytes, fromBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { ContentKey, CryptoProvider, ManifestAttachment, SegmentOpener, Sha256Stream } from "@pli/core/sealing";
import { createSegmentOpener, HEADER_BYTES, plainBytes, SEGMENT_BYTES } from "@pli/core/sealing";
import type { PartSummary } from "@pli/core/wire";
import { type ContentSource, contentPath } from "./grant-doors.ts";
import { isPassing, networkError, retryDelayMs, type Transport } from "./transport.ts";

export interface ReadAttachmentOptions {
  readonly source: ContentSource;
  readonly contentKey: ContentKey;
  readonly attachment: ManifestAttachment;
  /** Of the whole envelope, as the server tells them (Opening.parts, Envelope.partList). */
  readonly parts: readonly Pick<PartSummary, "part" | "sizeBytes">[];
  /** Begin here in the plaintext; default 0. */
  readonly offsetBytes?: number;
  /** Already fed with the plaintext before `offsetBytes`. Without it a stream that begins later is checked by its segments alone. */
  readonly hashed?: Sha256Stream;
  /** Plaintext bytes handed out so far, `offsetBytes` included. */
  readonly onProgress?: (doneBytes: number) => void;
  readonly signal?: AbortSignal;
  /** Tries without a single new segment before a `network` error ends the stream; default 6. `Infinity` waits for ever. */
  readonly tries?: number;
}

const PLAIN_SEGMENT_BYTES = plainBytes(SEGMENT_BYTES) + HEADER_BYTES;
/** A connection that brings nothing for so long is given up and made anew. */
const STALL_MS = 60_000;
const MOST_TRIES = 6;

interface PartReading {
  readonly part: number;
  readonly sealedBytes: number;
  /** Plaintext to leave out at its beginning. */
  readonly skipBytes: number;
}

/** Which parts to read, from where. @throws PliError `integrity` when the parts cannot be this attachment's */
function planReading(options: ReadAttachmentOptions): readonly PartReading[] {
  const { attachment, parts, offsetBytes = 0 } = options;
  if (offsetBytes < 0 || offsetBytes > attachment.sizeBytes) throw new PliError("bad_input");
  const plan: PartReading[] = [];
  let at = 0;
  for (const number of attachment.parts) {
    const found = parts.find(({ part }) => part === number);
    if (found === undefined) throw new PliError("integrity");
    const size = plainBytes(found.sizeBytes);
    // An empty attachment still has one segment to authenticate.
    if (at + size > offsetBytes || size === 0) {
      plan.push({ part: number, sealedBytes: found.sizeBytes, skipBytes: Math.max(0, offsetBytes - at) });
    }
    at += size;
  }
  if (at !== attachment.sizeBytes) throw new PliError("integrity");
  return plan;
}

/** Index of the segment that holds plaintext offset `plainAt`, and where it begins: the first is shorter by the header. */
function segmentAt(plainAt: number): { index: number; startBytes: number } {
  const index = Math.floor((plainAt + HEADER_BYTES) / PLAIN_SEGMENT_BYTES);
  return { index, startBytes: index === 0 ? 0 : index * PLAIN_SEGMENT_BYTES - HEADER_BYTES };
}

/** The answer's bytes from `start` on, whether or not the server heeded `Range`. */
async function* fetchFrom(
  t: Transport,
  path: string,
  range: { readonly start: number; readonly end?: number },
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const attempt = new AbortController();
  const stop = () => attempt.abort();
  let stall: ReturnType<typeof setTimeout> | undefined;
  if (signal?.aborted) throw new PliError("cancelled");
  signal?.addEventListener("abort", stop, { once: true });
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    const whole = range.start === 0 && range.end === undefined;
    const response = await t.get(path, { signal: attempt.signal, ...(whole ? {} : { range }) });
    let skip = response.status === 206 ? 0 : range.start;
    if (response.status === 206 && !response.headers.get("content-range")?.startsWith(`bytes ${range.start}-`)) {
      throw new PliError("unavailable");
    }
    reader = response.body?.getReader();
    for (;;) {
      stall = setTimeout(stop, STALL_MS);
      const result = await reader?.read();
      clearTimeout(stall);
      if (signal?.aborted) throw new PliError("cancelled");
      if (result === undefined || result.done) return;
      const { value } = result;
      if (skip < value.length) yield skip === 0 ? value : value.subarray(skip);
      skip = Math.max(0, skip - value.length);
    }
  } catch (cause) {
    if (cause instanceof PliError && cause.code === "cancelled" && !signal?.aborted) throw new PliError("network");
    throw networkError(cause, signal);
  } finally {
    clearTimeout(stall);
    signal?.removeEventListener("abort", stop);
    await reader?.cancel().catch(() => undefined);
  }
}

/** The first `lengthBytes` bytes. @throws PliError `network` when fewer came */
async function fetchBytes(t: Transport, path: string, lengthBytes: number, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(lengthBytes);
  let filled = 0;
  for await (const arrival of fetchFrom(t, path, { start: 0, end: lengthBytes }, signal)) {
    const taken = arrival.subarray(0, lengthBytes - filled);
    bytes.set(taken, filled);
    filled += taken.length;
    if (filled === lengthBytes) return bytes;
  }
  throw new PliError("network");
}

/** One part's plaintext from `skipBytes` on, over as many connections as it takes. */
async function* readPart(
  t: Transport,
  crypto: CryptoProvider,
  reading: PartReading,
  options: ReadAttachmentOptions,
): AsyncGenerator<Uint8Array, void> {
  const { contentKey, signal } = options;
  const { part, sealedBytes } = reading;
  const path = contentPath(options.source, part);
  const first = segmentAt(reading.skipBytes);
  const held = new Uint8Array(Math.min(SEGMENT_BYTES, sealedBytes));
  let opener: SegmentOpener | undefined;
  let next = first.index;
  let leaveOut = reading.skipBytes - first.startBytes;

  async function* connection(): AsyncGenerator<Uint8Array, void> {
    if (opener === undefined && next > 0) {
      const header = await fetchBytes(t, path, HEADER_BYTES, signal);
      opener = await createSegmentOpener(crypto, { contentKey, part, header, sealedBytes });
    }
    const start = opener?.segmentRange(next).start ?? 0;
    let wanted = opener === undefined ? HEADER_BYTES : opener.segmentRange(next).end - start;
    let filled = 0;
    for await (const arrival of fetchFrom(t, path, { start }, signal)) {
      let at = 0;
      while (at < arrival.length) {
        const taken = arrival.subarray(at, at + wanted - filled);
        at += taken.length;
        // What came in one piece is used where it lies.
        const inOnePiece = taken.length === wanted;
        if (!inOnePiece) held.set(taken, filled);
        filled += taken.length;
        if (filled < wanted) continue;
        const bytes = inOnePiece ? taken : held.subarray(0, wanted);
        filled = 0;
        if (opener === undefined) {
          opener = await createSegmentOpener(crypto, { contentKey, part, header: bytes, sealedBytes });
        } else {
          const plaintext = await opener.open(next, bytes);
          next += 1;
          yield plaintext.subarray(leaveOut);
          leaveOut = 0;
          if (next === opener.segmentCount) return;
        }
        const range = opener.segmentRange(next);
        wanted = range.end - range.start;
      }
    }
    throw new PliError("network");
  }

  let tries = 0;
  for (;;) {
    try {
      for await (const plaintext of connection()) {
        tries = 0;
        if (plaintext.length > 0) yield plaintext;
      }
      return;
    } catch (error) {
      tries += 1;
      if (tries >= (options.tries ?? MOST_TRIES) || !isPassing(error)) throw error;
      await t.wait(retryDelayMs(error, tries), signal);
    }
  }
}

async function* readAll(
  t: Transport,
  crypto: CryptoProvider,
  options: ReadAttachmentOptions,
): AsyncGenerator<Uint8Array, void> {
  const { attachment, offsetBytes = 0, onProgress } = options;
  const plan = planReading(options);
  const hash = options.hashed ?? (offsetBytes === 0 ? await crypto.createSha256() : undefined);
  let doneBytes = offsetBytes;
  for (const reading of plan) {
    for await (const plaintext of readPart(t, crypto, reading, options)) {
      hash?.update(plaintext);
      doneBytes += plaintext.length;
      onProgress?.(doneBytes);
      yield plaintext;
    }
  }
  const whole = hash === undefined || equalBytes(hash.digest(), fromBase64url(attachment.sha256, 32));
  if (doneBytes !== attachment.sizeBytes || !whole) throw new PliError("integrity");
}

/**
 * The attachment's plaintext. Every byte handed out is authenticated; that nothing is missing is known when the stream ends quietly.
 * The stream errors with PliError `integrity`, `network` (after `tries` without progress), `opening_required`, `not_found`,
 * `destroyed`, `cancelled`.
 */
export function readAttachment(
  t: Transport,
  crypto: CryptoProvider,
  options: ReadAttachmentOptions,
): ReadableStream<Uint8Array> {
  const { signal } = options;
  const reading = new AbortController();
  const stop = () => reading.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  const pieces = readAll(t, crypto, { ...options, signal: reading.signal });
  const rest = () => signal?.removeEventListener("abort", stop);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (!done) return controller.enqueue(value);
          rest();
          controller.close();
        } catch (error) {
          rest();
          controller.error(error);
        }
      },
      async cancel() {
        rest();
        stop();
        await pieces.return();
      },
    },
    { highWaterMark: 0 },
  );
}
