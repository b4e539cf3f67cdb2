/**
 * The node's side of the direct path: addresses come by the rights and limits of the ordinary doors, what did not land is not sent, and what has
 * ended gives no address any more. On a real bucket.
 */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import type { ChunkAddress } from "@pli/core/wire";
import { testBucketSettings } from "../../../tools/services/s3.ts";
import {
  chunkPath,
  commitmentOf,
  createDraft,
  openBlindly,
  prepareMessage,
  sendBlindly,
} from "./testing/blind-sender.ts";
import type { Person } from "./testing/http.ts";
import { createWorld, type Scope, suiteScope } from "./testing/world.ts";

const MEBIBYTE = 1024 * 1024;
const TO = { to: ["jeanne@courriel.example"], delivery: "link" } as const;

const directWorld = async (scope: Scope, env: Readonly<Record<string, string>> = {}) =>
  createWorld(scope, { ...(await testBucketSettings()), PLI_BLOBS_DIRECT: "1", ...env });

const announce = (by: Person, path: string, content: Uint8Array) => {
  const sha256 = createHash("sha256").update(content).digest("base64url");
  return by.call("POST", `${path}/address`, { json: { sizeBytes: content.length, sha256 } });
};

async function putAt({ url, headers }: ChunkAddress, content: Uint8Array<ArrayBuffer>): Promise<number> {
  const answer = await fetch(url, { method: "PUT", headers, body: content });
  await answer.body?.cancel();
  return answer.status;
}

describe("direct path", () => {
  const scope = suiteScope();

  test("Q4: a part that went to the bucket by addresses is sent and read; one that did not land is not sent", async () => {
    const world = await directWorld(scope);
    const message = await prepareMessage(world, world.owner, TO);
    const content = new Uint8Array(randomBytes(9000));
    const path = chunkPath(message.envelopeId, 2, 0);
    const address = (await announce(world.owner, path, content)).json<ChunkAddress>();
    const sha256 = createHash("sha256").update(content).digest("base64url");
    const parts = [...message.order.parts, { part: 2, chunks: 1, sizeBytes: content.length, sha256 }];
    const order = { ...message.order, parts, commitment: commitmentOf(parts) };
    const send = () => world.owner.call("POST", `/api/v1/envelopes/${message.envelopeId}/send`, { json: order });
    assert.equal((await send()).code, "conflict", "nothing has landed yet");
    assert.equal(await putAt(address, content), 200);
    assert.equal((await send()).status, 200);
    const read = await world.owner.call("GET", `${path}/address`);
    const { url, partBytes } = read.json<ChunkAddress>();
    assert.equal(partBytes, content.length);
    assert.deepEqual(new Uint8Array(await (await fetch(url)).arrayBuffer()), content);
    assert.equal((await announce(world.owner, path, content)).code, "conflict", "a sent message takes nothing more");
    assert.equal(await putAt(address, content), 412, "nor does the bucket");
  });

  test("M18: who may not read any more gets no address", async () => {
    const world = await directWorld(scope);
    const message = await sendBlindly(world, world.owner, { ...TO, openings: 2 });
    const [grant] = message.grants;
    assert.ok(grant);
    const device = await openBlindly(world, grant);
    const path = `/api/v1/grants/${grant.grantId}/parts/1/chunks/0/address`;
    assert.equal((await device.call("GET", path)).status, 200);
    assert.equal((await device.call("GET", path.replace("chunks/0", "chunks/1"))).code, "not_found");
    assert.equal((await world.visitor().call("GET", path)).code, "opening_required");
    const revoked = await world.owner.call("POST", `/api/v1/envelopes/${message.envelopeId}/revoke`, { json: {} });
    assert.ok(revoked.status < 300, revoked.bytes.toString());
    assert.equal((await device.call("GET", path)).code, "opening_required");
    const own = `${chunkPath(message.envelopeId, 1, 0)}/address`;
    assert.equal((await world.owner.call("GET", own)).code, "revoked");
  });

  test("Q10: addresses take room as chunks do, and the same chunk again takes none", async () => {
    const world = await directWorld(scope, { PLI_MAX_ENVELOPE_BYTES: String(2 * MEBIBYTE) });
    const { envelopeId } = await createDraft(world.owner);
    const content = new Uint8Array(MEBIBYTE);
    for (let again = 0; again < 5; again++) {
      assert.equal((await announce(world.owner, chunkPath(envelopeId, 1, 0), content)).status, 200);
    }
    assert.equal((await announce(world.owner, chunkPath(envelopeId, 1, 1), content)).status, 200);
    assert.equal((await announce(world.owner, chunkPath(envelopeId, 2, 0), content)).code, "payload_too_large");
    const removed = await world.owner.call("DELETE", `/api/v1/envelopes/${envelopeId}/parts/1`);
    assert.equal(removed.status, 204);
    assert.equal((await announce(world.owner, chunkPath(envelopeId, 2, 0), content)).status, 200);
  });

  test("Q10: an address is written down nowhere, whatever key its asker gives the order", async () => {
    const world = await directWorld(scope);
    const { envelopeId } = await createDraft(world.owner);
    const sha256 = createHash("sha256").update("x").digest("base64url");
    const order = { json: { sizeBytes: 1, sha256 }, headers: { "idempotency-key": "once" } };
    assert.equal((await world.owner.call("POST", `${chunkPath(envelopeId, 1, 0)}/address`, order)).status, 200);
    const kept = await world.server.services.db.read.selectFrom("idempotency_keys").select("body").execute();
    assert.deepEqual(
      kept.filter(({ body }) => body?.includes("X-Amz")),
      [],
    );
  });

  test("Q4: a server without the path has no addresses and does not offer any", async () => {
    const world = await createWorld(scope);
    const { envelopeId } = await createDraft(world.owner);
    const answer = await announce(world.owner, chunkPath(envelopeId, 1, 0), new Uint8Array(10));
    assert.equal(answer.code, "not_found");
    const info = await fetch(`${world.origin}/api/v1/server`);
    assert.equal(info.headers.get("pli-direct"), null);
    const page = await fetch(world.origin);
    assert.match(page.headers.get("content-security-policy") ?? "", /connect-src 'self';/);
  });

  test("Q9: pages may connect to the bucket, and nowhere else, where the path is on", async () => {
    const settings = await testBucketSettings();
    const world = await createWorld(scope, { ...settings, PLI_BLOBS_DIRECT: "1" });
    const endpoint = new URL(settings.PLI_BLOBS ?? "").searchParams.get("endpoint") ?? "";
    const page = await fetch(world.origin);
    assert.ok(page.headers.get("content-security-policy")?.includes(`connect-src 'self' ${endpoint};`));
    assert.equal((await fetch(`${world.origin}/api/v1/server`)).headers.get("pli-direct"), "1");
  });
});
