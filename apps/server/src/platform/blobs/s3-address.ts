/**
 * Where blobs lie, as an operator writes it (`PLI_BLOBS`): nothing or a path for a folder, `s3://bucket?endpoint=…&region=…` for a bucket.
 * Never holds a credential: an address with one in it is refused, so that it can be printed.
 */

export interface S3Address {
  readonly bucket: string;
  /** Scheme, host and port. */
  readonly endpoint: string;
  readonly region: string;
  /** In front of every key: empty, or ends with `/`. */
  readonly prefix: string;
  /** The bucket is in the path (`https://host/bucket/key`), not in the host's name. */
  readonly pathStyle: boolean;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REGION = /^[a-z0-9-]{1,40}$/;
const PREFIX = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*\/?$/;
const KNOWN = ["endpoint", "region", "prefix", "path-style"];

/** The bucket that `text` names; null when it is not an address of a bucket or names something unknown. */
export function parseS3Address(text: string): S3Address | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== "s3:" || url.username !== "" || url.password !== "" || url.port !== "")
    return null;
  if (!["", "/"].includes(url.pathname) || url.hash !== "" || !BUCKET.test(url.hostname)) return null;
  if ([...url.searchParams.keys()].some((name) => !KNOWN.includes(name))) return null;
  const region = url.searchParams.get("region") ?? "us-east-1";
  const amazon = `https://s3.${region}.amazonaws.com`;
  const endpoint = parseEndpoint(url.searchParams.get("endpoint") ?? amazon);
  const prefix = url.searchParams.get("prefix") ?? "";
  const style = url.searchParams.get("path-style");
  if (endpoint === null || !REGION.test(region) || (prefix !== "" && !PREFIX.test(prefix))) return null;
  if (style !== null && style !== "0" && style !== "1") return null;
  return {
    bucket: url.hostname,
    endpoint,
    region,
    prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`,
    // Servers of one's own seldom have a name for each bucket.
    pathStyle: style === null ? !endpoint.endsWith(".amazonaws.com") : style === "1",
  };
}

/** The origin of an endpoint; null when it is more or less than scheme, host and port. */
export function parseEndpoint(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return null;
  return url.pathname === "/" && url.search === "" && url.hash === "" ? url.origin : null;
}

/** The URL of `key` (the bucket itself when empty). */
export function urlOf(address: S3Address, key: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(address.endpoint);
  if (address.pathStyle) {
    url.pathname = `/${address.bucket}/${key}`;
  } else {
    url.hostname = `${address.bucket}.${url.hostname}`;
    url.pathname = `/${key}`;
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
