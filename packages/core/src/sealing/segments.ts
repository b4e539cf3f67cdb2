/**
 * The sealed stream's format and its single segments (spec: protocol.md Z2): Tink's AES-GCM-HKDF streaming AEAD, HKDF-SHA256, 32-byte
 * derived key, segments of 256 KiB of ciphertext. https://developers.google.com/tink/streaming-aead/aes_gcm_hkdf_streaming
 *
 *     stream  = header ‖ segment 0 ‖ segment 1 ‖ …
 *     header  = 40 (its length, one byte) ‖ salt (32) ‖ nonce prefix (7)
 *     key     = HKDF-SHA256(input = content key, salt, info = associated data, 32 bytes)
 *     segment = AES-256-GCM(key, nonce = prefix (7) ‖ number (u32 big-endian) ‖ 1 if last else 0, no associated data)
 *
 * Segment 0 is shorter by the header, only the last may be short, and only an empty stream has an empty one.
 * Never encrypts two segments under one header and number; never hands out a byte that is not authenticated.
 */
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
/** Plaintext in a full segment, and in a full first one. */
export const PLAIN_SEGMENT_BYTES = SEGMENT_BYTES - TAG_BYTES;
export const PLAIN_FIRST_BYTES = PLAIN_SEGMENT_BYTES - HEADER_BYTES;

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
   * @returns its ciphertext and tag, in memory of its own
   * @throws PliError `bad_input` on another length than asked for, or after the last
   */
  seal(plaintext: Uint8Array, last: boolean): Uint8Array | Promise<Uint8Array>;
  /**
   * The same into the caller's memory, which saves what fresh memory costs (about half of the time in Node).
   * @param target at least `plaintext.length + TAG_BYTES` long, and not overlapping
   * @returns bytes written
   */
  sealInto(plaintext: Uint8Array, last: boolean, target: Uint8Array): number | Promise<number>;
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
  /** The next nonce, used up even when sealing then fails: better a hole than a nonce twice. */
  function takeNonce(plaintext: Uint8Array, last: boolean): Uint8Array {
    const fits = last
      ? plaintext.length <= nextPlainBytes() && (plaintext.length > 0 || index === 0)
      : plaintext.length === nextPlainBytes() && index < LAST_SEGMENT;
    if (finished || !fits) throw new PliError("bad_input");
    const nonce = segmentNonce(header, index, last);
    index += 1;
    finished = last;
    return nonce;
  }
  return {
    header: header.slice(),
    nextPlainBytes,
    seal: (plaintext, last) => aead.seal(takeNonce(plaintext, last), plaintext),
    sealInto(plaintext, last, target) {
      if (target.length < plaintext.length + TAG_BYTES) throw new PliError("bad_input");
      return aead.sealInto(takeNonce(plaintext, last), plaintext, target);
    },
  };
}

/** Opens a stream's segments in order, its size not yet known. */
export interface SegmentReader {
  /** Plaintext, in memory of its own. @throws PliError `integrity` */
  open(segment: Uint8Array, last: boolean): Uint8Array | Promise<Uint8Array>;
}

export async function createSegmentReader(
  crypto: CryptoProvider,
  key: StreamKey,
  header: Uint8Array,
): Promise<SegmentReader> {
  const kept = header.slice();
  const aead = await deriveAead(crypto, key, kept);
  let index = 0;
  function takeNonce(segment: Uint8Array, last: boolean): Uint8Array {
    const empty = segment.length === TAG_BYTES && index > 0;
    if (segment.length < TAG_BYTES || empty || index > LAST_SEGMENT) throw new PliError("integrity");
    return segmentNonce(kept, index++, last);
  }
  return {
    open: (segment, last) => aead.open(takeNonce(segment, last), segment),
  };
}

/** Opens single segments of a stream whose size is known: range requests, resuming, previews. */
export interface SegmentOpener {
  readonly segmentCount: number;
  readonly plainBytes: number;
  /** Where segment `index` lies in the sealed stream: from `start` up to, not including, `end`. */
  segmentRange(index: number): { readonly start: number; readonly end: number };
  /** Plaintext of segment `index`, in memory of its own. @throws PliError `integrity` */
  open(index: number, ciphertext: Uint8Array): Promise<Uint8Array>;
  /**
   * The same into the caller's memory, which saves what fresh memory costs.
   * @param target at least as long as the plaintext, and not overlapping
   * @returns bytes written
   * @throws PliError `integrity`: nothing of the segment stays in `target`
   */
  openInto(index: number, ciphertext: Uint8Array, target: Uint8Array): Promise<number>;
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
  /** Checks the size, so that a segment is never taken for another, and gives the nonce. */
  function nonceFor(index: number, ciphertext: Uint8Array): Uint8Array {
    const { start, end } = segmentRange(index);
    if (ciphertext.length !== end - start) throw new PliError("integrity");
    return segmentNonce(header, index, index === segmentCount - 1);
  }
  return {
    segmentCount,
    plainBytes: plain,
    segmentRange,
    open: async (index, ciphertext) => aead.open(nonceFor(index, ciphertext), ciphertext),
    async openInto(index, ciphertext, target) {
      if (target.length < ciphertext.length - TAG_BYTES) throw new PliError("bad_input");
      return aead.openInto(nonceFor(index, ciphertext), ciphertext, target);
    },
  };
}
