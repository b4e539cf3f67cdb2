/** The direct path with a bucket in memory that fails as told: what falls back to the node, what does not, and where nothing is sent to. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import { createTransport } from "./transport.ts";

const BUCKET = "https://bucket.example.org";
const CHUNK = "/api/v1/envelopes/e/parts/1/chunks/0";
const CONTENT = "/api/v1/grants/g/parts/1/content";

/** Each has a server of its own: what one offers says nothing of another. */
let worlds = 0;

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
}

/** @param bucket what the bucket answers */
function world(
  content: Uint8Array<ArrayBuffer>,
  bucket: (seen: Seen, count: number) => Response | null,
  offered = true,
) {
  const seen: Seen[] = [];
  worlds += 1;
  const origin = `https://pli${worlds}.example.org`;
  const headers = offered ? { "pli-direct": "1" } : {};
  const json = (value: unknown) => new Response(JSON.stringify(value), { headers });
  const slice = (range: string | null, from: number) => {
    const [, start = "0", end = ""] = /bytes=(\d+)-(\d*)/.exec(range ?? "") ?? [];
    const until = end === "" ? content.length : from + Number(end) + 1;
    const body = content.slice(from + Number(start), until);
    return new Response(body, { status: 206, headers: { ...headers, "content-range": `bytes ${start}-` } });
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = String(input);
    const one = { method: init?.method ?? "GET", url, headers: new Headers(init?.headers) };
    seen.push(one);
    if (url.startsWith(BUCKET)) {
      const faulty = bucket(one, seen.filter((other) => other.url.startsWith(BUCKET)).length);
      if (faulty !== null) return faulty;
      const chunk = Number(url.split("/").at(-1));
      return one.method === "PUT" ? new Response(null) : slice(one.headers.get("range"), chunk * LIMITS.chunkBytes);
    }
    if (url.endsWith("/address")) {
      const [, chunk] = /chunks\/(\d+)\/address$/.exec(url) ?? [];
      return json({ url: `${BUCKET}/${chunk}`, headers: { "if-none-match": "*" }, partBytes: content.length });
    }
    if (url.endsWith("/content")) return slice(one.headers.get("range"), 0);
    return one.method === "PUT" ? new Response(null, { status: 204, headers }) : json({});
  };
  const t = createTransport({ origin, fetch, token: "pli_token", wait: async () => undefined });
  return {
    t,
    seen,
    places: () => seen.map(({ method, url }) => `${method} ${url.startsWith(BUCKET) ? "bucket" : "node"}`),
  };
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

test("Q4: a server that does not offer the path is not asked for addresses", async () => {
  const { t, places } = world(new Uint8Array(10), () => null, false);
  await t.json("GET", "/api/v1/server");
  await t.put(CHUNK, new Uint8Array(10));
  await t.get(CONTENT);
  assert.deepEqual(places(), ["GET node", "PUT node", "GET node"]);
});

test("Q4: chunks go to the bucket with the signed headers, and neither token nor cookie", async () => {
  const { t, seen, places } = world(new Uint8Array(10), () => null);
  await t.json("GET", "/api/v1/server");
  await t.put(CHUNK, new Uint8Array(10));
  assert.deepEqual(places(), ["GET node", "POST node", "PUT bucket"]);
  assert.deepEqual([...(seen[2]?.headers ?? [])], [["if-none-match", "*"]]);
});

test("Q4: a part is read chunk by chunk, from anywhere to anywhere", async () => {
  const content = new Uint8Array(randomBytes(2 * LIMITS.chunkBytes + 777));
  const { t, places } = world(content, () => null);
  await t.json("GET", "/api/v1/server");
  const whole = await t.get(CONTENT);
  assert.equal(whole.status, 200);
  assert.deepEqual(await bytesOf(whole), Buffer.from(content));
  assert.ok(
    !places()
      .slice(1)
      .some((place) => place === "PUT node"),
  );
  for (const range of [
    { start: 0, end: 48 },
    { start: LIMITS.chunkBytes - 5, end: LIMITS.chunkBytes + 5 },
  ]) {
    const answer = await t.get(CONTENT, { range });
    assert.equal(answer.status, 206);
    assert.equal(answer.headers.get("content-range")?.startsWith(`bytes ${range.start}-`), true);
    assert.deepEqual(await bytesOf(answer), Buffer.from(content.subarray(range.start, range.end)));
  }
  const rest = await t.get(CONTENT, { range: { start: LIMITS.chunkBytes + 3 } });
  assert.deepEqual(await bytesOf(rest), Buffer.from(content.subarray(LIMITS.chunkBytes + 3)));
});

test("Q4: a bucket that is not reached or refuses is left alone, and the node carries on", async () => {
  const faults: Readonly<Record<string, () => Response>> = {
    unreachable: () => {
      throw new TypeError("Failed to fetch");
    },
    refuses: () => new Response("<Error/>", { status: 403 }),
    broken: () => new Response(null, { status: 503 }),
  };
  for (const [what, fault] of Object.entries(faults)) {
    const { t, places } = world(new Uint8Array(10), fault);
    await t.json("GET", "/api/v1/server");
    await t.put(CHUNK, new Uint8Array(10));
    await t.put(CHUNK, new Uint8Array(10));
    assert.deepEqual(places(), ["GET node", "POST node", "PUT bucket", "PUT node", "PUT node"], what);
    const reading = world(new Uint8Array(10), fault);
    await reading.t.json("GET", "/api/v1/server");
    assert.equal((await bytesOf(await reading.t.get(CONTENT))).length, 10);
    assert.deepEqual(reading.places(), ["GET node", "GET node", "GET bucket", "GET node"], what);
  }
});

test("Q4: a chunk that the bucket has already is a chunk that is there", async () => {
  const { t, places } = world(new Uint8Array(10), () => new Response(null, { status: 412 }));
  await t.json("GET", "/api/v1/server");
  await t.put(CHUNK, new Uint8Array(10));
  assert.deepEqual(places(), ["GET node", "POST node", "PUT bucket"]);
});

test("Q4: what breaks off in a chunk is an error of the line, and the next try goes through the node", async () => {
  const content = new Uint8Array(randomBytes(LIMITS.chunkBytes + 777));
  const short = () => new Response(content.slice(0, 100), { status: 206 });
  const { t, places } = world(content, (_, count) => (count === 2 ? short() : null));
  await t.json("GET", "/api/v1/server");
  await assert.rejects(bytesOf(await t.get(CONTENT)));
  assert.deepEqual(await bytesOf(await t.get(CONTENT)), Buffer.from(content));
  assert.equal(places().at(-1), "GET node");
});

test("M1: what the person stops is not sent by the other way", async () => {
  const stop = new AbortController();
  const { t, places } = world(new Uint8Array(10), () => {
    stop.abort();
    throw new TypeError("aborted");
  });
  await t.json("GET", "/api/v1/server");
  await assert.rejects(
    t.put(CHUNK, new Uint8Array(10), { signal: stop.signal }),
    (error) => error instanceof PliError && error.code === "cancelled",
  );
  assert.deepEqual(places(), ["GET node", "POST node", "PUT bucket"]);
});
