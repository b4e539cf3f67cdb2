/** Addresses of a hostile server: which are followed, and that nothing is sent to the others by either way of the direct path. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isBucketAddress } from "./bucket-address.ts";
import { createTransport } from "./transport.ts";

const HTTPS = "https://pli.example.org";
const CHUNK = "/api/v1/envelopes/e/parts/1/chunks/0";

const may = (url: unknown, origin = HTTPS, headers: unknown = {}) => isBucketAddress({ url, headers }, origin);

test("Q4: https anywhere; http by a server of http, or on this machine by a server of this machine", () => {
  assert.ok(may("https://bucket.example.net/a?X-Amz-Signature=1"));
  assert.ok(may("https://10.0.0.7:8333/a"));
  assert.ok(may("http://10.0.0.7:8333/a", "http://10.0.0.5:8080"));
  for (const origin of ["http://localhost:8080", "http://127.0.0.1:8080", "https://localhost", "http://[::1]:8080"]) {
    for (const url of ["http://127.0.0.1:8333/a", "http://localhost:8333/a", "http://[::1]:8333/a"]) {
      assert.ok(may(url, origin), `${origin} ${url}`);
    }
  }
});

const HOSTILE: readonly unknown[] = [
  "http://bucket.example.net/a",
  "file:///etc/passwd",
  "data:text/plain,x",
  "blob:https://pli.example.org/1",
  "ftp://bucket.example.net/a",
  "javascript:alert(1)",
  "https://name:word@bucket.example.net/a",
  "https://name@bucket.example.net/a",
  "https://127.0.0.1:6443/a",
  "http://127.0.0.1:2375/a",
  "https://2130706433/a",
  "https://0x7f.1/a",
  "https://0/a",
  "https://LOCALHOST./a",
  "https://db.localhost/a",
  "https://[::1]/a",
  "https://[::]/a",
  "https://[::ffff:127.0.0.1]/a",
  "//bucket.example.net/a",
  "/api/v1/me",
  "",
  7,
  null,
  undefined,
  ["https://bucket.example.net"],
];

test("Q4: no other scheme, no name or password, and not this machine from afar", () => {
  for (const url of HOSTILE) assert.equal(may(url), false, String(url));
  for (const url of ["https://127.0.0.1/a", "http://[::1]/a"]) assert.equal(may(url, "http://10.0.0.5:8080"), false);
  for (const answer of [undefined, null, 7, "x", {}]) assert.equal(isBucketAddress(answer, HTTPS), false);
});

test("Q4: no headers but those of a bucket", () => {
  const url = "https://bucket.example.net/a";
  assert.ok(may(url, HTTPS, { "if-none-match": "*", "x-amz-content-sha256": "0".repeat(64) }));
  for (const name of ["authorization", "Cookie", "host", "x-forwarded-for", "metadata-flavor", "range", "x-amz-\n"]) {
    assert.equal(may(url, HTTPS, { [name]: "x" }), false, name);
  }
  for (const headers of [undefined, null, 7, { "if-none-match": 7 }, { "if-none-match": "x".repeat(5000) }]) {
    assert.equal(isBucketAddress({ url, headers }, HTTPS), false, String(headers));
  }
});

test("Q4: whatever is answered is judged and never throws", () => {
  const some = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
  );
  const schemes = fc.constantFrom("https://", "http://", "HTTPS:", "file:///", "https://a@", "");
  const url = fc.oneof(
    fc.tuple(schemes, fc.string()).map(([scheme, rest]) => scheme + rest),
    some,
  );
  const answers = fc.oneof(some, fc.record({ url, headers: some }));
  fc.assert(
    fc.property(answers, (answer) => {
      if (isBucketAddress(answer, HTTPS)) assert.match(answer.url, /^\s*https:/i);
    }),
  );
});

test("Q4: content goes through the node when a hostile one gives another address, and nothing goes there", async () => {
  for (const [at, url] of HOSTILE.entries()) {
    const origin = `https://hostile${at}.example.org`;
    const seen: string[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const asked = String(input);
      seen.push(asked.startsWith(`${origin}/api/v1/`) ? (init?.method ?? "GET") : `strange: ${asked}`);
      const answer = asked.endsWith("/address") ? { url, headers: {}, partBytes: 10 } : {};
      const body = asked.endsWith("/content") ? new Uint8Array(10) : JSON.stringify(answer);
      return new Response(body, { headers: { "pli-direct": "1" } });
    };
    for (const way of ["put", "get"] as const) {
      // a transport of its own: the first fault turns the path off for a while
      const t = createTransport({ origin, fetch, token: "pli_token", wait: async () => undefined });
      await t.json("GET", "/api/v1/server");
      seen.length = 0;
      if (way === "put") await t.put(CHUNK, new Uint8Array(10));
      else assert.equal((await (await t.get("/api/v1/grants/g/parts/1/content")).arrayBuffer()).byteLength, 10);
      assert.deepEqual(seen, way === "put" ? ["POST", "PUT"] : ["GET", "GET"], `${way} ${url}`);
    }
  }
});
