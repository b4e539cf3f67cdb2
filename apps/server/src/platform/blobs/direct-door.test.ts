/** Addresses for clients against a real S3 server: what is announced can be put, once, and nothing else; what is not asked for is refused. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { testS3 } from "../../../../../tools/services/s3.ts";
import { createDirectDoor } from "./direct-door.ts";
import { createS3Store } from "./index.ts";
import { madeBucket, type Scope } from "./testing/bucket.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function door(scope: Scope, nowMs = Date.now) {
  const client = await madeBucket(scope);
  const credentials = await testS3();
  return { store: createS3Store(client), direct: createDirectDoor(client.address, () => credentials, nowMs) };
}

/** One PUT. @returns its status */
async function put(url: string, headers: Readonly<Record<string, string>>, body: Uint8Array<ArrayBuffer>) {
  const answer = await fetch(url, { method: "PUT", headers, body });
  await answer.body?.cancel();
  return answer.status;
}

test("Q4: an address takes the announced chunk, once, and gives it back whole and in ranges", async (t) => {
  const { store, direct } = await door(t);
  const content = new Uint8Array(randomBytes(3_000_000));
  const announced = { sizeBytes: content.length, sha256: sha256(content) };
  const { url, headers } = direct.addressToPut("folder01", "1-0-0", announced);
  assert.equal(await put(url, headers, content), 200);
  assert.equal(await put(url, headers, content), 412);
  assert.deepEqual(await store.listChunks("folder01"), [{ name: "1-0-0", sizeBytes: content.length }]);
  const read = direct.addressToRead("folder01", "1-0-0");
  const answer = await fetch(read, { headers: { range: "bytes=1000000-1000099" } });
  assert.equal(answer.status, 206);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.equal(answer.headers.get("content-disposition"), "attachment");
  assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), content.subarray(1_000_000, 1_000_100));
});

test("Q4: nothing but what was announced becomes an object", async (t) => {
  const { store, direct } = await door(t);
  const content = new Uint8Array(randomBytes(1_000_000));
  const other = new Uint8Array(randomBytes(1_000_000));
  const announced = { sizeBytes: content.length, sha256: sha256(content) };
  const { url, headers } = direct.addressToPut("folder01", "1-0-0", announced);
  const refused: Readonly<Record<string, () => Promise<number>>> = {
    "other bytes": () => put(url, headers, other),
    "other bytes, other digest": () => put(url, { ...headers, "x-amz-content-sha256": sha256(other) }, other),
    "no digest": () => put(url, { "if-none-match": "*" }, other),
    "more bytes": () => put(url, headers, new Uint8Array(2_000_000)),
    "fewer bytes": () => put(url, headers, content.subarray(0, 10)),
    "without the condition": () => put(url, { "x-amz-content-sha256": announced.sha256 }, content),
    "another name": () => put(url.replace("1-0-0", "1-0-1"), headers, content),
    "another folder": () => put(url.replace("/folder01/", "/folder02/"), headers, content),
    "a longer time": () => put(url.replace("X-Amz-Expires=120", "X-Amz-Expires=9999"), headers, content),
    "no signature": () => put(url.split("?")[0] ?? "", headers, content),
    reading: async () => (await fetch(url)).status,
    deleting: async () => (await fetch(url, { method: "DELETE" })).status,
  };
  for (const [what, attempt] of Object.entries(refused)) {
    const status = await attempt();
    assert.ok(status >= 400 && status < 500, `${what} was answered with ${status}`);
    assert.deepEqual(await store.listChunks("folder01"), [], what);
  }
});

test("Z8: an address to read is good for its chunk and its method, and is over when the chunk is gone", async (t) => {
  const { store, direct } = await door(t);
  const content = new Uint8Array(randomBytes(1000));
  for (const name of ["1-0-0", "1-0-1"]) {
    const { url, headers } = direct.addressToPut("folder01", name, { sizeBytes: 1000, sha256: sha256(content) });
    assert.equal(await put(url, headers, content), 200);
  }
  const url = direct.addressToRead("folder01", "1-0-0");
  assert.equal((await fetch(url.replace("1-0-0", "1-0-1"))).status, 403);
  assert.equal((await fetch(url, { method: "DELETE" })).status, 403);
  assert.equal((await fetch(url)).status, 200);
  await store.deleteFolder("folder01");
  assert.equal((await fetch(url)).status, 404);
});

test("Q4: an address is over after two minutes", async (t) => {
  const { direct } = await door(t, () => Date.now() - 121_000);
  const content = new Uint8Array(10);
  const { url, headers } = direct.addressToPut("folder01", "1-0-0", { sizeBytes: 10, sha256: sha256(content) });
  assert.equal(await put(url, headers, content), 403);
  assert.equal((await fetch(direct.addressToRead("folder01", "1-0-0"))).status, 403);
});
