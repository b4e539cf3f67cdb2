/** How the server stops (Q3, Q7): it says so first, takes no more, lets what runs end, and does not wait for ever. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import { testBucketSettings } from "../../../tools/services/s3.ts";
import { faultyLine } from "./platform/blobs/testing/faulty-line.ts";
import { chunkPath, createDraft, sendBlindly } from "./testing/blind-sender.ts";
import { createWorld, type World } from "./testing/world.ts";

const CHUNK_BYTES = 1024 * 1024;

/** Half a chunk on its way, over a connection that would be kept. */
async function halfUpload(t: TestContext, world: World) {
  const { envelopeId } = await createDraft(world.owner);
  const { hostname, port } = new URL(world.origin);
  const chunk = randomBytes(CHUNK_BYTES);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.on("data", (piece: Buffer) => {
    answer += piece.toString("latin1");
  });
  socket.on("error", () => undefined);
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.write(
    [
      `PUT ${chunkPath(envelopeId, 1, 0)} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      `Authorization: ${world.owner.headers.authorization}`,
      "Content-Type: application/octet-stream",
      `Content-Length: ${CHUNK_BYTES}\r\n\r\n`,
    ].join("\r\n"),
  );
  await new Promise<void>((sent) => socket.write(chunk.subarray(0, CHUNK_BYTES / 2), () => sent()));
  const arrived = async () => (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/parts/1`)).status === 200;
  await t.waitFor(async () => assert.ok(await arrived()), { timeout: 30_000, interval: 10 });
  return { finish: () => socket.write(chunk.subarray(CHUNK_BYTES / 2)), ended, answer: () => answer };
}

const refused = (origin: string) =>
  fetch(`${origin}/healthz`).then(
    () => false,
    () => true,
  );

async function untilRefused(t: TestContext, origin: string): Promise<void> {
  await t.waitFor(async () => assert.ok(await refused(origin)), { timeout: 30_000, interval: 10 });
}

test("Q3: readiness says no first, and requests are still answered, on connections that end", async (t) => {
  const world = await createWorld(t, { PLI_DRAIN_SECONDS: "3" });
  assert.equal((await fetch(`${world.origin}/readyz`)).status, 200);
  const stopped = world.server.close();
  const ready = await fetch(`${world.origin}/readyz`);
  assert.equal(ready.status, 503);
  assert.deepEqual(await ready.json(), { status: "stopping" });
  for (const path of ["/healthz", "/api/v1/me", "/o/AAAAAAAAAAAAAAAAAAAAAA"]) {
    const answer = await fetch(`${world.origin}${path}`, { headers: world.owner.headers });
    assert.notEqual(answer.status, 503, path);
    assert.equal(answer.headers.get("connection"), "close", path);
  }
  await stopped;
  assert.ok(await refused(world.origin));
});

test("Q3: an upload that runs when the server is stopped ends well, and the server does not wait longer than that", async (t) => {
  const world = await createWorld(t, { PLI_STOP_SECONDS: "30" });
  const upload = await halfUpload(t, world);
  const stopped = world.server.close();
  await untilRefused(t, world.origin);
  const startedMs = performance.now();
  upload.finish();
  await upload.ended;
  assert.match(upload.answer(), /^HTTP\/1\.1 204 /);
  await stopped;
  assert.ok(performance.now() - startedMs < 20_000, "it waited for a connection that nobody used");
});

test("Q3: an upload that does not end is cut when its time is over", async (t) => {
  const world = await createWorld(t, { PLI_STOP_SECONDS: "1" });
  const upload = await halfUpload(t, world);
  const startedMs = performance.now();
  await world.server.close();
  const tookMs = performance.now() - startedMs;
  assert.ok(tookMs >= 900 && tookMs < 20_000, `${tookMs} ms`);
  await upload.ended;
  assert.equal(upload.answer(), "");
});

test("Q3: a node whose bucket has fallen silent stops in a bounded time, with content still to erase", async (t) => {
  const settings = await testBucketSettings();
  const bucket = new URL(settings.PLI_BLOBS ?? "");
  const line = await faultyLine(t, bucket.searchParams.get("endpoint") ?? "");
  bucket.searchParams.set("endpoint", line.endpoint);
  const world = await createWorld(t, { ...settings, PLI_BLOBS: String(bucket), PLI_STOP_SECONDS: "1" });
  const message = await sendBlindly(world, world.owner, { partBytes: [2000] });
  line.suffer({ kind: "silent" }, Number.POSITIVE_INFINITY);
  // Revoking leaves chunks to remove, and an end to note in the bucket.
  const revoked = world.owner
    .call("POST", `/api/v1/envelopes/${message.envelopeId}/revoke`, { json: {} })
    .then(({ status }) => status)
    .catch(() => "cut off");
  await t.waitFor(() => assert.ok(line.connections > 0), { timeout: 30_000, interval: 10 });
  const startedMs = performance.now();
  await world.server.close();
  assert.ok(performance.now() - startedMs < 45_000, `${performance.now() - startedMs} ms`);
  assert.notEqual(await revoked, 500);
});
