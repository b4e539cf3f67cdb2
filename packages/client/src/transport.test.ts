/** What comes back over HTTP, ours or not, as PliError; what is tried again and what is not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PliError } from "@pli/core/errors";
import { LONGEST_JSON_BYTES } from "./read-bounded.ts";
import { endlessBody, waitShortly } from "./testing/fault-server.ts";
import { createTransport, type TransportOptions } from "./transport.ts";

const JSON_TYPE = { "content-type": "application/problem+json" };

/** Answers one after the other, the last for ever; counts the calls. */
function scripted(answers: readonly (() => Response | Promise<Response>)[]) {
  const calls: { url: string; init: RequestInit }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    calls.push({ url: String(url), init });
    const answer = answers[Math.min(calls.length, answers.length) - 1];
    assert.ok(answer);
    return answer();
  };
  return { calls, fetch };
}

function transport(fetch: typeof globalThis.fetch, extra: Partial<TransportOptions> = {}) {
  return createTransport({ origin: "https://pli.example", fetch, wait: waitShortly, ...extra });
}

function problem(status: number, code: string, details = {}): Response {
  return new Response(JSON.stringify({ status, code, details }), { status, headers: JSON_TYPE });
}

test("C1, C2: problem documents become typed errors with their facts", async () => {
  const { fetch } = scripted([() => problem(401, "wrong_code", { triesLeft: 3, odd: { deep: 1 } })]);
  await assert.rejects(transport(fetch).json("POST", "/api/v1/x", {}), (error: PliError) => {
    assert.equal(error.code, "wrong_code");
    assert.deepEqual(error.details, { triesLeft: 3 });
    return true;
  });
});

test("C2: pages of proxies, broken JSON and unknown codes are read tolerantly", async () => {
  const html = (status: number) => () =>
    new Response("<h1>No</h1>", { status, headers: { "content-type": "text/html" } });
  const cases: readonly [() => Response, string][] = [
    [html(502), "unavailable"],
    [html(413), "payload_too_large"],
    [html(200), "unavailable"],
    [html(403), "unavailable"],
    [() => new Response("{", { status: 500, headers: JSON_TYPE }), "unavailable"],
    [() => new Response("null", { status: 400, headers: JSON_TYPE }), "unavailable"],
    [() => problem(418, "from_the_future"), "unavailable"],
    [html(429), "rate_limited"],
  ];
  for (const [answer, code] of cases) {
    await assert.rejects(transport(scripted([answer]).fetch).json("GET", "/api/v1/x"), { code });
  }
});

test("C2: calls that may be repeated are repeated, others are not", async () => {
  const lost = () => Promise.reject(new TypeError("fetch failed"));
  const fine = () => Response.json({ ok: true });
  const get = scripted([lost, () => problem(503, "unavailable"), fine]);
  assert.deepEqual(await transport(get.fetch).json("GET", "/api/v1/x"), { ok: true });
  assert.equal(get.calls.length, 3);

  const post = scripted([lost, fine]);
  await assert.rejects(transport(post.fetch).json("POST", "/api/v1/x", {}), { code: "network" });
  assert.equal(post.calls.length, 1);

  const patch = scripted([lost, fine]);
  await assert.rejects(transport(patch.fetch).json("PATCH", "/api/v1/x", {}), { code: "network" });
  assert.equal(patch.calls.length, 1);

  const keyed = scripted([lost, fine]);
  await transport(keyed.fetch).json("POST", "/api/v1/x", { a: 1 }, { idempotencyKey: "k1" });
  assert.deepEqual(
    keyed.calls.map(({ init }) => [new Headers(init.headers).get("idempotency-key"), init.body]),
    [
      ["k1", '{"a":1}'],
      ["k1", '{"a":1}'],
    ],
  );

  const refused = scripted([() => problem(404, "not_found"), fine]);
  await assert.rejects(transport(refused.fetch).json("GET", "/api/v1/x"), { code: "not_found" });
  assert.equal(refused.calls.length, 1);
});

test("C2: Retry-After is heeded", async () => {
  const delays: number[] = [];
  const busy = () => new Response("", { status: 429, headers: { "retry-after": "7" } });
  const { fetch } = scripted([busy, () => new Response(null, { status: 204 })]);
  const t = transport(fetch, {
    wait: async (delayMs) => {
      delays.push(delayMs);
    },
  });
  assert.equal(await t.json("DELETE", "/api/v1/x"), undefined);
  assert.deepEqual(delays, [7000]);
});

test("C2: the token goes with every call, cookies only through the jar, redirects are refused", async () => {
  const kept: string[] = [];
  const setting = () =>
    new Response(null, { status: 204, headers: { "set-cookie": "__Host-pli-device=abc; Path=/; Secure" } });
  const { fetch, calls } = scripted([setting]);
  const t = transport(fetch, {
    token: "pli_x",
    device: { header: () => "a=b", take: (cookies) => void kept.push(...cookies) },
  });
  await t.json("GET", "/api/v1/x");
  await t.put("/api/v1/y", new Uint8Array(3));
  for (const { init } of calls) {
    const headers = new Headers(init.headers);
    assert.equal(headers.get("authorization"), "Bearer pli_x");
    assert.equal(headers.get("cookie"), "a=b");
    assert.equal(init.redirect, "error");
  }
  assert.match(kept[0] ?? "", /^__Host-pli-device=abc/);
});

test("C2: what was cancelled says so", async () => {
  const controller = new AbortController();
  const { fetch } = scripted([
    () => {
      controller.abort();
      return Promise.reject(new DOMException("aborted", "AbortError"));
    },
  ]);
  await assert.rejects(transport(fetch).json("GET", "/api/v1/x", undefined, { signal: controller.signal }), {
    code: "cancelled",
  });
});

test("C2: JSON that does not end is given up at its bound, in an answer and in a refusal", async () => {
  for (const status of [200, 404]) {
    const endless = endlessBody(4 * LONGEST_JSON_BYTES);
    const fetch = async () => new Response(endless.body, { status, headers: JSON_TYPE });
    await assert.rejects(transport(fetch, { tries: 1 }).json("GET", "/api/v1/x"), { code: "unavailable" });
    const given = endless.givenBytes();
    assert.ok(given <= LONGEST_JSON_BYTES + 2 * endless.pieceBytes, `${given} bytes were taken`);
    assert.ok(endless.stopped(), "the connection was given up");
  }
});

test("C2: the longest JSON is still read", async () => {
  const text = `"${"é".repeat(LONGEST_JSON_BYTES / 2 - 1)}"`;
  assert.equal(await transport(async () => new Response(text)).json("GET", "/api/v1/x"), JSON.parse(text));
});
