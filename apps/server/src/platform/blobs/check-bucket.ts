/**
 * The doctor's look at a bucket: does it do all that the store stands on, does it forget what is deleted (Z8), is it closed to strangers, do browsers
 * reach it where they are to. Leaves nothing behind. Setting it up for browsers is the one thing it can do itself, when asked.
 */
import { createHash, randomUUID } from "node:crypto";
import { PliError } from "@pli/core/errors";
import { urlOf } from "./s3-address.ts";
import { elementText } from "./s3-answers.ts";
import type { ChunkBody } from "./s3-body.ts";
import type { S3Client } from "./s3-client.ts";

export interface BucketFinding {
  readonly state: "ok" | "warning" | "fault";
  readonly found: string;
  readonly cure?: string;
}

/** For the direct path: where browsers reach the bucket, and where their page comes from. */
export interface BrowserWay {
  readonly endpoint: string;
  readonly pageOrigin: string;
}

const CLOCK_TOLERANCE_MS = 60_000;
const STRANGER_MS = 5000;
const TEXT = Buffer.from("0123456789", "utf8");
const ok = (found: string): BucketFinding => ({ state: "ok", found });
const fault = (found: string, cure: string): BucketFinding => ({ state: "fault", found, cure });

/** Every check, in an order that makes sense of a failure. Never throws. */
export async function checkBucket(client: S3Client, browsers: BrowserWay | null): Promise<readonly BucketFinding[]> {
  const key = `${client.address.prefix}.doctor-${randomUUID()}`;
  const { bucket } = client.address;
  try {
    const works = await checkObjects(client, key);
    const versions = await checkVersions(client);
    if (works !== null) return versions.state === "ok" ? [works] : [works, versions];
    return [
      ok(`${bucket} takes, gives and keeps objects as they are`),
      await checkClock(client, key),
      versions,
      await checkStrangers(client, key),
      ...(browsers === null ? [] : [await checkBrowsers(client, key, browsers)]),
    ];
  } catch (error) {
    return [unusable(bucket, error)];
  } finally {
    await client.ask({ method: "DELETE", key, expected: [404] }).catch(() => undefined);
  }
}

function unusable(bucket: string, error: unknown): BucketFinding {
  const cause = error instanceof PliError ? (error.cause as { readonly code?: unknown } | undefined) : undefined;
  const code = typeof cause?.code === "string" ? cause.code : "unknown";
  const cures: Readonly<Record<string, string>> = {
    NoSuchBucket: "Make the bucket, or correct its name in PLI_BLOBS",
    AccessDenied: "Give the key the rights to get, put, list and delete objects of this bucket",
    SignatureDoesNotMatch: "Correct the secret key, or the region in PLI_BLOBS",
    InvalidAccessKeyId: "Correct the access key",
    QuotaExceeded: "Raise the bucket's quota",
  };
  return fault(`${bucket} cannot be used (${code})`, cures[code] ?? "Check endpoint, network and credentials");
}

/** Null when all is as the store needs it. */
async function checkObjects(client: S3Client, key: string): Promise<BucketFinding | null> {
  const body: ChunkBody = { kind: "bytes", bytes: TEXT };
  await client.ask({ method: "PUT", key, body });
  const range = await client.ask({ method: "GET", key, headers: { range: "bytes=2-4" } });
  if (range.status !== 206 || range.text !== "234")
    return fault("the bucket does not give ranges", "Take another S3 server");
  const again = await client.ask({ method: "PUT", key, headers: { "if-none-match": "*" }, body, expected: [409, 412] });
  if (again.status < 300) {
    return fault(
      "the bucket replaces what is there: it does not know If-None-Match",
      "Take an S3 server that knows it",
    );
  }
  return null;
}

async function checkClock(client: S3Client, key: string): Promise<BucketFinding> {
  const { headers, body } = await client.send({ method: "HEAD", key });
  body.resume();
  const apartMs = Math.abs(Date.parse(headers.date ?? "") - Date.now());
  if (!(apartMs > CLOCK_TOLERANCE_MS)) return ok("its clock and ours agree");
  return fault(`its clock and ours are ${Math.round(apartMs / 1000)} s apart`, "Set both clocks, best by NTP");
}

/** Z8: what was destroyed must be gone, and an old version is not. */
async function checkVersions(client: S3Client): Promise<BucketFinding> {
  const { status, text } = await client.ask({
    method: "GET",
    key: "",
    query: { versioning: "" },
    expected: [403, 501],
  });
  if (status !== 200)
    return {
      state: "warning",
      found: "whether it keeps old versions is not known",
      cure: "Let the key read the bucket's settings",
    };
  if (elementText(text, "Status") !== "Enabled") return ok("deleted is gone: no versions are kept");
  const rules = await client.ask({ method: "GET", key: "", query: { lifecycle: "" }, expected: [403, 404, 501] });
  const days = rules.status === 200 ? elementText(rules.text, "NoncurrentDays") : null;
  if (days === null) {
    return fault(
      "it keeps old versions: what is destroyed stays there",
      "Suspend versioning, or expire noncurrent versions after a day",
    );
  }
  return {
    state: "warning",
    found: `what is destroyed stays there as an old version for ${days} days`,
    cure: "Suspend versioning",
  };
}

/** Somebody without a key must get nothing. */
async function checkStrangers(client: S3Client, key: string): Promise<BucketFinding> {
  const asked = [urlOf(client.address, key), urlOf(client.address, "", { "list-type": "2" })];
  for (const url of asked) {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(STRANGER_MS) });
    await answer.body?.cancel();
    if (answer.ok) return fault("anybody can read it", "Block public access to the bucket");
  }
  return ok("strangers get nothing");
}

/** As a browser asks before it puts. */
async function checkBrowsers(
  client: S3Client,
  key: string,
  { endpoint, pageOrigin }: BrowserWay,
): Promise<BucketFinding> {
  const url = urlOf({ ...client.address, endpoint }, key);
  const cure = "Run: npm run admin -- doctor --fix-bucket";
  const headers = {
    Origin: pageOrigin,
    "Access-Control-Request-Method": "PUT",
    "Access-Control-Request-Headers": HEADERS.join(","),
  };
  const answer = await fetch(url, { method: "OPTIONS", headers, signal: AbortSignal.timeout(STRANGER_MS) }).catch(
    () => null,
  );
  await answer?.body?.cancel();
  if (answer === null) return fault(`${endpoint} is not reached`, "Check PLI_BLOBS_PUBLIC_ENDPOINT: browsers need it");
  const origin = answer.headers.get("access-control-allow-origin");
  const allows = (answer.headers.get("access-control-allow-headers") ?? "").toLowerCase();
  if (!answer.ok || origin === null || !HEADERS.every((name) => allows.includes(name))) {
    return fault(`it does not let pages of ${pageOrigin} in`, cure);
  }
  if (origin === "*") return { state: "warning", found: "it lets pages of every site in", cure };
  return ok(`pages of ${pageOrigin} reach it at ${endpoint}`);
}

/** What our pages send with a chunk. */
const HEADERS = ["if-none-match", "x-amz-content-sha256"];

/** Sets the bucket up for pages of `pageOrigin` (CORS), and for no others. @throws PliError `unavailable` */
export async function openBucketToPages(client: S3Client, pageOrigin: string): Promise<void> {
  const each = (name: string, values: readonly string[]) =>
    values.map((value) => `<${name}>${value}</${name}>`).join("");
  const rule = [
    each("AllowedOrigin", [pageOrigin]),
    each("AllowedMethod", ["GET", "PUT"]),
    each("AllowedHeader", [...HEADERS, "range"]),
    each("ExposeHeader", ["content-range", "content-length"]),
    each("MaxAgeSeconds", ["3600"]),
  ].join("");
  const bytes = Buffer.from(`<CORSConfiguration><CORSRule>${rule}</CORSRule></CORSConfiguration>`, "utf8");
  const headers = {
    "content-md5": createHash("md5").update(bytes).digest("base64"),
    "content-type": "application/xml",
  };
  await client.ask({ method: "PUT", key: "", query: { cors: "" }, headers, body: { kind: "bytes", bytes } });
}
