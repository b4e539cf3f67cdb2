/** What every answer carries (Q9), written out: pages, API, ciphertext, problems; and what the log tells of a request (Q2). */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import pino from "pino";
import { describeFault } from "./http/listener.ts";
import { createServer, readConfig } from "./server.ts";
import { openBlindly, sendBlindly } from "./testing/blind-sender.ts";
import { createPerson } from "./testing/http.ts";
import { createWorld } from "./testing/world.ts";

const EVERYWHERE = {
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-robots-tag": "noindex, nofollow",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
};
/** The policy of pages: nothing but what is ours, by trusted types alone, in nobody's frame. */
const PAGES = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "media-src blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self' blob:",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types pli",
];
const ANSWERS = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** A port that nobody listens on: the public address names it before the server does. */
async function freePort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("Q9: pages, answers, ciphertext and problems carry every header, over https that of transport too", async (t) => {
  const port = String(await freePort());
  const world = await createWorld(t, { PLI_PORT: port, PLI_URL: `https://localhost:${port}` });
  const { grants } = await sendBlindly(world, world.owner, { delivery: "link" });
  const grantId = grants[0]?.grantId ?? "";
  const device = await openBlindly(world, grants[0] ?? assert.fail("no grant"));
  for (const [path, policy] of [
    ["/o/AAAAAAAAAAAAAAAAAAAAAA", PAGES.join("; ")],
    ["/api/v1/server", ANSWERS],
    [`/api/v1/grants/${grantId}`, ANSWERS],
    ["/api/v1/grants/AAAAAAAAAAAAAAAAAAAAAA", ANSWERS],
    [`/api/v1/grants/${grantId}/parts/1/content`, ANSWERS],
    ["/api/v1/me", ANSWERS],
  ] as const) {
    const { headers } = await device.call("GET", path);
    assert.partialDeepStrictEqual(headers, { ...EVERYWHERE, "content-security-policy": policy }, path);
    assert.match(String(headers["permissions-policy"]), /camera=\(\).*geolocation=\(\).*microphone=\(\)/, path);
  }
  const plain = await createWorld(t);
  const { headers } = await plain.visitor().call("GET", "/api/v1/server");
  assert.equal(headers["strict-transport-security"], undefined, "of http alone it would lock its users out");
});

test("Q2: the log tells of a request its path and its outcome, never its query, headers or body; of a fault its place, never its words", async (t) => {
  const data = await mkdtemp(join(tmpdir(), "pli-log-"));
  const lines: string[] = [];
  const logger = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const server = await createServer(readConfig({ PLI_PORT: "0", PLI_DATA: data, PLI_TRUST_PROXY: "1" }), { logger });
  t.after(async () => {
    await server.close();
    await rm(data, { recursive: true, force: true });
  });
  const visitor = createPerson(await server.listen());
  const headers = { authorization: "Bearer pli_Zebra-token", "x-forwarded-for": "203.0.113.77" };
  const path = "/api/v1/envelopes";
  await visitor.call("GET", `${path}?q=Zebra-query`, { headers });
  await visitor.call("POST", path, { json: { kind: "message", more: "Zebra-body" }, headers });
  await t.waitFor(() => assert.equal(lines.filter((line) => line.includes(`"${path}"`)).length, 2), {
    timeout: 30_000,
  });
  const all = lines.join("");
  for (const secret of ["Zebra", "203.0.113.77"]) assert.ok(!all.includes(secret), secret);

  const fault = describeFault(new TypeError("Zebra-fault"));
  assert.ok(fault.startsWith("TypeError") && fault.includes("security-headers") && !fault.includes("Zebra"));
});
