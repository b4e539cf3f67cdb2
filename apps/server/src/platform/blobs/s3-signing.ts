/**
 * AWS Signature Version 4 for S3: requests signed in their headers, bodies signed piece by piece (`aws-chunked`), and URLs signed for somebody
 * else for a short time. Pure: clock and credentials come in. Signed URLs and headers are secrets as long as they hold: never log them.
 * Source: AWS, "Authenticating Requests (AWS Signature Version 4)", Amazon S3 API Reference; checked against its published examples.
 */
import { createHash, createHmac } from "node:crypto";

export interface S3Credentials {
  readonly accessKeyId: string;
  /** A secret. */
  readonly secretAccessKey: string;
  /** A secret; of temporary credentials. */
  readonly sessionToken?: string;
}

/** In place of a payload's digest: the body is signed in pieces. */
export const SIGNED_PIECES = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
/** Hex SHA-256 of nothing. */
export const EMPTY_SHA256 = createHash("sha256").digest("hex");

export interface ToSign {
  readonly method: string;
  readonly url: URL;
  /** Names in small letters; all of them are signed, `host` is added. */
  readonly headers: Readonly<Record<string, string>>;
  /** Hex SHA-256 of the body, or one of the constants above. */
  readonly payloadSha256: string;
  readonly region: string;
  readonly atMs: number;
}

/** What the signatures of the pieces of a body go on from. */
export interface Seed {
  readonly signature: string;
  readonly amzDate: string;
  readonly scope: string;
  readonly key: Buffer;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/** The headers to send, `authorization` among them, and the seed for a body in pieces. */
export function signRequest(
  credentials: S3Credentials,
  request: ToSign,
): { readonly headers: Record<string, string>; readonly seed: Seed } {
  const { amzDate, scope, key } = signingKey(credentials, request);
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-content-sha256": request.payloadSha256,
    "x-amz-date": amzDate,
  };
  if (credentials.sessionToken !== undefined) headers["x-amz-security-token"] = credentials.sessionToken;
  const { canonical, signedHeaders } = canonicalRequest(request, headers);
  const signature = sign(key, amzDate, scope, canonical);
  headers.authorization = `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope},SignedHeaders=${signedHeaders},Signature=${signature}`;
  return { headers, seed: { signature, amzDate, scope, key } };
}

/** Hex signature of a piece that follows the one with signature `previous` (the seed's, for the first). The last piece is empty. */
export function signPiece(seed: Seed, previous: string, piece: Uint8Array): string {
  const lines = [`${ALGORITHM}-PAYLOAD`, seed.amzDate, seed.scope, previous, EMPTY_SHA256, sha256(piece)];
  return hmac(seed.key, lines.join("\n")).toString("hex");
}

/**
 * A URL that may be used by whoever has it for `expiresSeconds`, for exactly this method, path and query, and with exactly these headers.
 * A digest as `payloadSha256` is a header of the request too, which the store holds against the body.
 */
export function presign(credentials: S3Credentials, request: ToSign, expiresSeconds: number): string {
  const { amzDate, scope, key } = signingKey(credentials, request);
  const url = new URL(request.url);
  const headers: Record<string, string> = { ...request.headers };
  if (request.payloadSha256 !== UNSIGNED_PAYLOAD) headers["x-amz-content-sha256"] = request.payloadSha256;
  url.searchParams.set("X-Amz-Algorithm", ALGORITHM);
  url.searchParams.set("X-Amz-Credential", `${credentials.accessKeyId}/${scope}`);
  url.searchParams.set("X-Amz-Date", amzDate);
  url.searchParams.set("X-Amz-Expires", String(expiresSeconds));
  if (credentials.sessionToken !== undefined) url.searchParams.set("X-Amz-Security-Token", credentials.sessionToken);
  const names = [...Object.keys(headers), "host"].sort().join(";");
  url.searchParams.set("X-Amz-SignedHeaders", names);
  url.search = canonicalQuery(url);
  const { canonical } = canonicalRequest({ ...request, url }, headers);
  return `${url.href}&X-Amz-Signature=${sign(key, amzDate, scope, canonical)}`;
}

/** RFC 3986: everything but the unreserved characters, as AWS wants it. */
export function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalQuery(url: URL): string {
  const pairs = [...url.searchParams].map(([name, value]) => [encode(name), encode(value)] as const);
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  pairs.sort(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

function canonicalRequest(
  request: ToSign,
  headers: Readonly<Record<string, string>>,
): { canonical: string; signedHeaders: string } {
  const all: Record<string, string> = { ...headers, host: request.url.host };
  const names = Object.keys(all).sort();
  const signedHeaders = names.join(";");
  const lines = names.map((name) => `${name}:${(all[name] ?? "").trim().replaceAll(/ +/g, " ")}\n`).join("");
  const { method, url, payloadSha256 } = request;
  const canonical = [method, url.pathname, canonicalQuery(url), lines, signedHeaders, payloadSha256].join("\n");
  return { canonical, signedHeaders };
}

function signingKey(
  { secretAccessKey }: S3Credentials,
  { atMs, region }: ToSign,
): { amzDate: string; scope: string; key: Buffer } {
  const amzDate = new Date(atMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const day = amzDate.slice(0, 8);
  const parts = [day, region, "s3", "aws4_request"];
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`, "utf8");
  for (const part of parts) key = hmac(key, part);
  return { amzDate, scope: parts.join("/"), key };
}

function sign(key: Buffer, amzDate: string, scope: string, canonical: string): string {
  return hmac(key, [ALGORITHM, amzDate, scope, sha256(canonical)].join("\n")).toString("hex");
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}
