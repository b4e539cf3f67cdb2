/**
 * Content as a sealed stream (spec: protocol.md Z2): Tink's AES-GCM-HKDF streaming AEAD, HKDF-SHA256, 32-byte derived key, segments of
 * 256 KiB of ciphertext. https://developers.google.com/tink/streaming-aead/aes_gcm_hkdf_streaming
 *
 *     stream  = header ‖ segment 0 ‖ segment 1 ‖ …
 *     header  = 40 (its length, one byte) ‖ salt (32) ‖ nonce prefix (7)
 *     key     = HKDF-SHA256(input = content key, salt, info = associated data, 32 bytes)
 *     segment = AES-256-GCM(key, nonce = prefix (7) ‖ number (u32 big-endian) ‖ 1 if last else 0, no associated data)
 *
 * Segment 0 is shorter by the header, only the last may be short, and only an empty stream has an empty one.
 * Never encrypts two segments under one header and number; never hands out a byte that is not authenticated.
 */
import { concatBytes } from "../bytes.ts";
import { PliError } from "../errors.ts";
import type { ContentKey } from "./keys.ts";
import type { Aead, CryptoProvider } from "./provider.ts";

export const SEGMENT_BYTES = 262_144;
export const HEADER_BYTES = 40;
export const TAG_BYTES = 16;
const SALT_BYTES = 32;
const PREFIX_BYTES = 7;
const NONCE_BYTES = 12;
const LAST_SEGMENT = 0xffff_ffff;
const PLAIN_SEGMENT_BYTES = SEGMENT_BYTES - TAG_BYTES;
const PLAIN_FIRST_BYTES = PLAIN_SEGMENT_BYTES - HEADER_BYTES;

/** Size of the stream that seals `plainBytes` bytes. */
export function sealedBytes(plainBytes: number): number {
  if (!Number.isSafeInteger(plainBytes) || plainBytes < 0) throw new PliError("bad_input");
  const segments = Math.max(1, Math.ceil((plainBytes + HEADER_BYTES) / PLAIN_SEGMENT_BYTES));
  return HEADER_BYTES + plainBytes + segments * TAG_BYTES;
}

/** Size of the plaintext in a stream of `sealed` bytes. @throws PliError `integrity` when no stream has that size. */
export function plainBytes(sealed: number): number {
  const segments = Math.ceil(sealed / SEGMENT_BYTES);
  const plain = sealed - HEADER_BYTES - segments * TAG_BYTES;
  if (!Number.isSafeInteger(sealed) || plain < 0 || sealedBytes(plain) !== sealed) throw new PliError("integrity");
  return plain;
}

/** Associated data: binds a stream to its place in the envelope. Part 0 is the manifest, blobs count from 1. */
export function partAssociatedData(part: number): string {
  if (!Number.isSafeInteger(part) || part < 0) throw new PliError("bad_input");
  return part === 0 ? "pli/1/manifest" : `pli/1/part/${part}`;
}

/** Which stream: the envelope's key and the part's number. */
export interface StreamKey {
  readonly contentKey: ContentKey;
  readonly part: number;
}

async function deriveAead(crypto: CryptoProvider, key: StreamKey, header: Uint8Array): Promise<Aead> {
  if (header.length !== HEADER_BYTES || header[0] !== HEADER_BYTES) throw new PliError("integrity");
  const salt = header.subarray(1, 1 + SALT_BYTES);
  return crypto.aes256Gcm(await crypto.hkdfSha256(key.contentKey, salt, partAssociatedData(key.part), 32));
}

function segmentNonce(header: Uint8Array, index: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(NONCE_BYTES);
  nonce.set(header.subarray(1 + SALT_BYTES));
  new DataView(nonce.buffer).setUint32(PREFIX_BYTES, index);
  nonce[NONCE_BYTES - 1] = last ? 1 : 0;
  return nonce;
}

/** Seals one stream, segment after segment; the caller sends `header` first. */
export interface SegmentSealer {
  readonly header: Uint8Array;
  /** Bytes of plaintext the next segment takes; only the last may take less. */
  nextPlainBytes(): number;
  /**
   * Seals the next segment.
   * @returns its ciphertext, in pieces to be sent in order
   * @throws PliError `bad_input` on another length than asked for, or after the last
   */
  seal(plaintext: Uint8Array, last: boolean): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
}

/** Starts a stream under a fresh random header, so that no segment number is ever used twice under one key and prefix. */
export async function createSegmentSealer(crypto: CryptoProvider, key: StreamKey): Promise<SegmentSealer> {
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = HEADER_BYTES;
  header.set(crypto.randomBytes(SALT_BYTES), 1);
  header.set(crypto.randomBytes(PREFIX_BYTES), 1 + SALT_BYTES);
  const aead = await deriveAead(crypto, key, header);
  let index = 0;
  let finished = false;

  const nextPlainBytes = () => (index === 0 ? PLAIN_FIRST_BYTES : PLAIN_SEGMENT_BYTES);
  return {
    header,
    nextPlainBytes,
    seal(plaintext, last) {
      const fits = last
        ? plaintext.length <= nextPlainBytes() && (plaintext.length > 0 || index === 0)
        : plaintext.length === nextPlainBytes() && index < LAST_SEGMENT;
      if (finished || !fits) throw new PliError("bad_input");
      const nonce = segmentNonce(header, index, last);
      index += 1;
      finished = last;
      if (aead.sealPieces !== undefined) return aead.sealPieces(nonce, plaintext);
      const sealed = aead.seal(nonce, plaintext);
      return sealed instanceof Uint8Array ? [sealed] : sealed.then((segment) => [segment]);
    },
  };
}

/** Opens single segments of a stream whose size is known: range requests, resuming, previews. */
export interface SegmentOpener {
  readonly segmentCount: number;
  readonly plainBytes: number;
  /** Where segment `index` lies in the sealed stream: from `start` up to, not including, `end`. */
  segmentRange(index: number): { readonly start: number; readonly end: number };
  /** Plaintext of segment `index`. @throws PliError `integrity` */
  open(index: number, ciphertext: Uint8Array): Promise<Uint8Array>;
}

/**
 * @param stream.header the stream's first 40 bytes
 * @param stream.sealedBytes its whole size; a wrong one makes the last segment fail
 * @throws PliError `integrity`
 */
export async function createSegmentOpener(
  crypto: CryptoProvider,
  stream: StreamKey & { readonly header: Uint8Array; readonly sealedBytes: number },
): Promise<SegmentOpener> {
  const size = stream.sealedBytes;
  const plain = plainBytes(size);
  const segmentCount = Math.ceil(size / SEGMENT_BYTES);
  if (segmentCount - 1 > LAST_SEGMENT) throw new PliError("integrity");
  const header = stream.header.slice(0, HEADER_BYTES);
  const aead = await deriveAead(crypto, stream, header);

  function segmentRange(index: number) {
    if (!Number.isSafeInteger(index) || index < 0 || index >= segmentCount) throw new PliError("bad_input");
    const start = index === 0 ? HEADER_BYTES : index * SEGMENT_BYTES;
    return { start, end: Math.min((index + 1) * SEGMENT_BYTES, size) };
  }
  return {
    segmentCount,
    plainBytes: plain,
    segmentRange,
    async open(index, ciphertext) {
      const { start, end } = segmentRange(index);
      if (ciphertext.length !== end - start) throw new PliError("integrity");
      return aead.open(segmentNonce(header, index, index === segmentCount - 1), ciphertext);
    },
  };
}

/**
 * Cuts what arrives in any sizes into segments: `first` bytes, then `next` each. A full segment is held back until more arrives,
 * because the last one must be known as such. Whole segments within one arrival are views of it; the rest is copied, so the
 * caller may use its buffer again once `push` has resolved.
 */
function createCutter(first: number, next: number, take: (segment: Uint8Array, last: boolean) => void | Promise<void>) {
  const held = new Uint8Array(Math.max(first, next));
  let heldBytes = 0;
  let size = first;

  async function push(arrival: Uint8Array): Promise<void> {
    let at = 0;
    if (heldBytes > 0) {
      const missing = Math.min(size - heldBytes, arrival.length);
      held.set(arrival.subarray(0, missing), heldBytes);
      heldBytes += missing;
      at = missing;
      if (at === arrival.length) return;
      const taken = take(held.subarray(0, heldBytes), false);
      if (taken !== undefined) await taken;
      heldBytes = 0;
      size = next;
    }
    while (arrival.length - at > size) {
      const taken = take(arrival.subarray(at, at + size), false);
      if (taken !== undefined) await taken;
      at += size;
      size = next;
    }
    held.set(arrival.subarray(at));
    heldBytes = arrival.length - at;
  }
  return { push, finish: async () => take(held.subarray(0, heldBytes), true) };
}

/** Seals a stream of any chunk sizes; memory stays at a few segments. */
export function sealStream(crypto: CryptoProvider, key: StreamKey): TransformStream<Uint8Array, Uint8Array> {
  let cutter: ReturnType<typeof createCutter>;
  return new TransformStream({
    async start(controller) {
      const sealer = await createSegmentSealer(crypto, key);
      controller.enqueue(sealer.header);
      const emit = (pieces: readonly Uint8Array[]) => {
        for (const piece of pieces) if (piece.length > 0) controller.enqueue(piece);
      };
      cutter = createCutter(PLAIN_FIRST_BYTES, PLAIN_SEGMENT_BYTES, (segment, last) => {
        const pieces = sealer.seal(segment, last);
        return pieces instanceof Promise ? pieces.then(emit) : emit(pieces);
      });
    },
    transform: (chunk) => cutter.push(chunk),
    flush: () => cutter.finish(),
  });
}

/**
 * Opens a sealed stream. Emits authenticated plaintext only; whether the stream was whole is known when it ends without error,
 * so nothing goes under its final name before. Errors with PliError `integrity`.
 */
export function openStream(crypto: CryptoProvider, key: StreamKey): TransformStream<Uint8Array, Uint8Array> {
  const header = new Uint8Array(HEADER_BYTES);
  let headerBytes = 0;
  let cutter: ReturnType<typeof createCutter> | undefined;

  async function startSegments(controller: TransformStreamDefaultController<Uint8Array>) {
    const aead = await deriveAead(crypto, key, header);
    let index = 0;
    const emit = (plaintext: Uint8Array) => {
      if (plaintext.length > 0) controller.enqueue(plaintext);
    };
    cutter = createCutter(SEGMENT_BYTES - HEADER_BYTES, SEGMENT_BYTES, (segment, last) => {
      const tooShort = segment.length < TAG_BYTES || (segment.length === TAG_BYTES && index > 0);
      if (tooShort || index > LAST_SEGMENT) throw new PliError("integrity");
      const plaintext = aead.open(segmentNonce(header, index, last), segment);
      index += 1;
      return plaintext instanceof Uint8Array ? emit(plaintext) : plaintext.then(emit);
    });
    return cutter;
  }

  return new TransformStream({
    async transform(chunk, controller) {
      let rest = chunk;
      if (headerBytes < HEADER_BYTES) {
        const missing = chunk.subarray(0, HEADER_BYTES - headerBytes);
        header.set(missing, headerBytes);
        headerBytes += missing.length;
        if (headerBytes < HEADER_BYTES) return;
        rest = chunk.subarray(missing.length);
      }
      await (cutter ?? (await startSegments(controller))).push(rest);
    },
    async flush() {
      if (cutter === undefined) throw new PliError("integrity");
      await cutter.finish();
    },
  });
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
    pieces.push(...(await sealer.seal(segment, last)));
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
