/**
 * A full disk is answered, not crashed on (Q10): on a small file system of its own, for the content and for the database; and where one cannot
 * mount, with a store that says so. Refused is refused whole, the server goes on, and when there is room again so do its clients.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { PliError } from "@pli/core/errors";
import { createServer, readConfig } from "@pli/server";
import { chunkPath, createDraft, prepareMessage, sendBlindly } from "../apps/server/src/testing/blind-sender.ts";
import type { Answer, Person } from "../apps/server/src/testing/http.ts";
import { readStored } from "../apps/server/src/testing/stored.ts";
import { createWorld, type Scope } from "../apps/server/src/testing/world.ts";
import { fill, makeRoom, mountSmall, noSmallDisk } from "./harness/small-disk.ts";
import { temporaryFolder } from "./harness.ts";

const MEBIBYTE = 1024 * 1024;
const octets = { "content-type": "application/octet-stream" };

const put = (by: Person, envelopeId: string, chunk: number, sizeBytes: number) =>
  by.call("PUT", chunkPath(envelopeId, 1, chunk), { body: randomBytes(sizeBytes), headers: octets });

function assertFull(answer: Answer): void {
  assert.equal(answer.status, 507, answer.bytes.toString());
  assert.equal(answer.code, "storage_full");
}

describe("a full disk", { skip: noSmallDisk }, () => {
  const cleaning: (() => Promise<void> | void)[] = [];
  const scope: Scope = { after: (clean) => void cleaning.push(clean) };
  after(async () => {
    // The server first, then its file system, then the folder under it.
    for (const clean of cleaning.toReversed()) await clean();
  });

  test("Q10: full for content: 507 storage_full, nothing half stored, the server stays, and goes on when there is room", async () => {
    const dataFolder = await temporaryFolder(scope, "pli-full");
    await mountSmall(scope, join(dataFolder, "blobs"), 24 * MEBIBYTE);
    const world = await createWorld(scope, {}, { dataFolder });
    const kept = await sendBlindly(world, world.owner, { delivery: "link" });
    const { envelopeId } = await createDraft(world.owner);
    const stored = [];
    let refused: Answer | undefined;
    for (let chunk = 0; chunk < 8 && refused === undefined; chunk++) {
      const answer = await put(world.owner, envelopeId, chunk, 6 * MEBIBYTE);
      if (answer.status === 204) stored.push(chunk);
      else refused = answer;
    }
    assert.ok(refused !== undefined, "the disk was never full");
    assertFull(refused);
    assert.ok(stored.length > 0);
    const before = await readStored(dataFolder);
    assert.equal(before.files.filter((name) => name.includes(envelopeId)).length, stored.length, before.files.join());
    // Several at once fare no better, and what is asked for meanwhile is answered.
    const answers = await Promise.all([5, 6, 7].map((chunk) => put(world.owner, envelopeId, 10 + chunk, 7 * MEBIBYTE)));
    for (const answer of answers) assertFull(answer);
    assert.deepEqual(await readStored(dataFolder), before);
    assert.equal((await world.visitor().call("GET", "/healthz")).status, 200);
    const read = await world.owner.call("GET", `/api/v1/envelopes/${kept.envelopeId}/parts/1/content`);
    assert.deepEqual(read.bytes, kept.contents[1]);
    // Room again: the same chunk, the same place.
    assert.equal((await world.owner.call("DELETE", `/api/v1/envelopes/${envelopeId}/parts/1`)).status, 204);
    assert.equal((await put(world.owner, envelopeId, 0, 6 * MEBIBYTE)).status, 204);
    await sendBlindly(world, world.owner, { delivery: "link" });
  });

  test("Q10: full for the database: 507 storage_full, reading goes on, and so does writing when there is room", async () => {
    const dataFolder = await temporaryFolder(scope, "pli-full");
    await mountSmall(scope, dataFolder, 24 * MEBIBYTE);
    const world = await createWorld(scope, {}, { dataFolder });
    const message = await prepareMessage(world, world.owner, {
      to: Array.from({ length: 150 }, (_, at) => `r${at}@x.example`),
    });
    await fill(dataFolder, 0);
    const send = () =>
      world.owner.call("POST", `/api/v1/envelopes/${message.envelopeId}/send`, { json: message.order });
    let refused: Answer | undefined;
    // The database has some room of its own that it fills first.
    for (let tries = 0; tries < 2000 && refused === undefined; tries++) {
      const answer = await world.owner.call("POST", "/api/v1/envelopes", { json: { kind: "message" } });
      if (answer.status !== 201) refused = answer;
    }
    assert.ok(refused !== undefined, "the disk was never full");
    assertFull(refused);
    assertFull(await send());
    const all = await Promise.all(Array.from({ length: 20 }, send));
    for (const answer of all) assertFull(answer);
    const shown = await world.owner.call("GET", `/api/v1/envelopes?limit=5`);
    assert.equal(shown.status, 200);
    const ready = await world.visitor().call("GET", "/readyz");
    assert.ok(ready.status >= 500, `ready though full: ${ready.status}`);
    await makeRoom(dataFolder);
    const sent = await send();
    assert.ok(sent.status < 300, sent.bytes.toString());
    assert.equal(sent.json<{ grants: unknown[] }>().grants.length, 150);
    // What it found is good for a second.
    world.advance(1000);
    assert.equal((await world.visitor().call("GET", "/readyz")).status, 200);
  });
});

test("Q10: a store that is full is answered with 507, and the connection can be used again", async (t) => {
  const dataFolder = await temporaryFolder(t, "pli-full");
  const world = await createWorld(t, {}, { dataFolder });
  let isFull = true;
  const server = await createServer(readConfig({ PLI_PORT: "0", PLI_DATA: dataFolder, PLI_LOG: "silent" }), {
    blobs: {
      ...world.server.services.blobs,
      putChunk: async (...given) => {
        if (isFull) throw new PliError("storage_full");
        return await world.server.services.blobs.putChunk(...given);
      },
    },
  });
  t.after(() => server.close());
  const origin = await server.listen();
  const { envelopeId } = await createDraft(world.owner);
  const url = `${origin}${chunkPath(envelopeId, 1, 0)}`;
  const upload = () =>
    fetch(url, { method: "PUT", body: randomBytes(3 * MEBIBYTE), headers: { ...world.owner.headers, ...octets } });
  const refused = await upload();
  assert.equal(refused.status, 507);
  assert.equal(((await refused.json()) as { code: string }).code, "storage_full");
  isFull = false;
  assert.equal((await upload()).status, 204);
});
