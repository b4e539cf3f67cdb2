/**
 * Which addresses of the direct path a client follows. They come from the node, which may be hostile: it must not lead a program to files, to
 * plain HTTP where its own line is encrypted, nor have it speak to a service of this machine or say anything that a bucket is not told.
 */
import type { ChunkAddress } from "@pli/core/wire";

/** What S3 signs; nothing that identifies anybody or changes what a request means. */
const BUCKET_HEADER = /^(if-none-match|content-type|x-amz-[a-z0-9-]{1,64})$/;
const LONGEST_VALUE = 4096;
const LOOPBACK =
  /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])\.?$/;

/**
 * `https:` anywhere; `http:` where the server itself is reached by it; this machine alone by a server of this machine; no name or password in the
 * URL, and no headers but those of a bucket.
 * @param address as it was answered: its form is not known yet
 * @param origin of the server that gave it
 */
export function isBucketAddress(address: unknown, origin: string): address is ChunkAddress {
  const { url, headers } = (address ?? {}) as { readonly url?: unknown; readonly headers?: unknown };
  if (typeof url !== "string" || typeof headers !== "object" || headers === null) return false;
  const [bucket, server] = [parsed(url), parsed(origin)];
  if (bucket === null || server === null || bucket.username !== "" || bucket.password !== "") return false;
  const isHere = LOOPBACK.test(server.hostname);
  if (LOOPBACK.test(bucket.hostname) && !isHere) return false;
  if (bucket.protocol !== "https:" && !(bucket.protocol === "http:" && (server.protocol === "http:" || isHere))) {
    return false;
  }
  return Object.entries(headers).every(
    ([name, value]) =>
      BUCKET_HEADER.test(name.toLowerCase()) && typeof value === "string" && value.length <= LONGEST_VALUE,
  );
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
