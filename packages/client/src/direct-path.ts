/**
 * The direct path: chunks between this device and the bucket, past the node, where the server offers it. Addresses come from the node, by the same
 * rights; they are secrets and go nowhere but to the bucket, without cookies or tokens. An address that no honest node gives (bucket-address.ts) is
 * not followed. When the bucket is not reached from here, everything goes through the node for a while.
 */
import { toBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import { type ChunkAddress, type ChunkAnnouncement, DIRECT_HEADER, LIMITS } from "@pli/core/wire";
import { isBucketAddress } from "./bucket-address.ts";
import type { PutBytes } from "./transport.ts";

interface Range {
  readonly start: number;
  /** Exclusive; absent: to the end of the part. */
  readonly end?: number;
}

export interface DirectPath {
  /** Learns from an answer of the node whether it offers the path. */
  learn(headers: Headers): void;
  /** Puts a chunk; false: not by this path. @throws PliError the node's refusal; `cancelled` */
  put(
    path: string,
    bytes: Uint8Array<ArrayBuffer>,
    options: { readonly signal?: AbortSignal; readonly onProgress?: (sentBytes: number) => void },
  ): Promise<boolean>;
  /** The content at `path`, chunk after chunk; null: not by this path. @throws PliError the node's refusal; `cancelled` */
  get(path: string, options: { readonly range?: Range; readonly signal?: AbortSignal }): Promise<Response | null>;
}

export interface DirectPathOptions {
  /** The node's. */
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly putBytes: PutBytes;
  /** One API call. */
  readonly ask: (method: string, path: string, body?: unknown, signal?: AbortSignal) => Promise<ChunkAddress>;
}

/** So long the bucket is left alone when it was not reached. */
const AWAY_MS = 60_000;
const CONTENT = "/content";
/** The chunk is there already: an answer was lost. */
const THERE_ALREADY = 412;

/** Nodes that offer the path: a fact about the server, which all transports of a page share. */
const offering = new Set<string>();

export function createDirectPath({ origin, fetch, putBytes, ask }: DirectPathOptions): DirectPath {
  let awayUntilMs = 0;
  const isOpen = () => offering.has(origin) && performance.now() >= awayUntilMs;
  const giveUp = (signal?: AbortSignal) => {
    if (signal?.aborted) throw new PliError("cancelled");
    awayUntilMs = performance.now() + AWAY_MS;
  };

  /** @throws TypeError for an address that no honest node gives */
  const followed = (address: ChunkAddress): ChunkAddress => {
    if (!isBucketAddress(address, origin)) throw new TypeError("no address of a bucket");
    return address;
  };

  /** What of `range` lies in the chunk at that address. */
  async function open(address: ChunkAddress, chunk: number, range: Required<Range>, signal?: AbortSignal) {
    const { url, headers } = followed(address);
    const chunkStart = chunk * LIMITS.chunkBytes;
    const from = Math.max(0, range.start - chunkStart);
    const until = Math.min(LIMITS.chunkBytes, range.end - chunkStart);
    const response = await fetch(url, {
      headers: { ...headers, range: `bytes=${from}-${until - 1}` },
      redirect: "error",
      credentials: "omit",
      ...(signal && { signal }),
    });
    if (response.status !== 206 || response.body === null) throw new TypeError("no bytes");
    return { reader: response.body.getReader(), leftBytes: until - from };
  }

  return {
    learn(headers) {
      if (headers.get(DIRECT_HEADER) === "1") offering.add(origin);
    },

    async put(path, bytes, { signal, onProgress }) {
      if (!isOpen()) return false;
      const sha256 = toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
      const announced: ChunkAnnouncement = { sizeBytes: bytes.length, sha256 };
      const address = await ask("POST", `${path}/address`, announced, signal);
      try {
        const { url, headers } = followed(address);
        const response = await putBytes(url, bytes, {
          headers,
          ...(signal && { signal }),
          ...(onProgress && { onProgress }),
        });
        await response.body?.cancel().catch(() => undefined);
        if (response.ok || response.status === THERE_ALREADY) return true;
      } catch {
        // Whatever it was: the other path will tell.
      }
      giveUp(signal);
      onProgress?.(0);
      return false;
    },

    async get(path, { range, signal }) {
      if (!isOpen() || !path.endsWith(CONTENT)) return null;
      const start = range?.start ?? 0;
      const at = (chunk: number) =>
        ask("GET", `${path.slice(0, -CONTENT.length)}/chunks/${chunk}/address`, undefined, signal);
      let chunk = Math.floor(start / LIMITS.chunkBytes);
      const address = await at(chunk);
      const partBytes = address?.partBytes ?? 0;
      const wanted = { start, end: Math.min(range?.end ?? partBytes, partBytes) };
      let current: Awaited<ReturnType<typeof open>>;
      try {
        current = await open(address, chunk, wanted, signal);
      } catch {
        giveUp(signal);
        return null;
      }
      const body = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            try {
              const { done, value } = await current.reader.read();
              if (value !== undefined) {
                current.leftBytes -= value.length;
                controller.enqueue(value);
              }
              if (!done && current.leftBytes > 0) return;
              if (current.leftBytes !== 0) throw new TypeError("broken off");
              chunk += 1;
              if (chunk * LIMITS.chunkBytes >= wanted.end) controller.close();
              else current = await open(await at(chunk), chunk, wanted, signal);
            } catch (error) {
              // A refusal of the node is its word; anything else is the bucket's line.
              if (!(error instanceof PliError)) giveUp();
              controller.error(error);
            }
          },
          cancel: () => current.reader.cancel(),
        },
        { highWaterMark: 0 },
      );
      const told = { "content-range": `bytes ${wanted.start}-${wanted.end - 1}/${partBytes}` };
      return new Response(body, { status: range === undefined ? 200 : 206, headers: told });
    },
  };
}
