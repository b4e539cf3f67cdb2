/** The move from a file and a folder to PostgreSQL and a bucket, and back (Q4): everything arrives as it was, the source stays as it was. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { testS3 } from "../../../../../tools/services/s3.ts";
import { testDatabase } from "../../../../../tools/services/shared-postgres.ts";
import { openContent, openMoveSource, placeServerKey } from "../../installation.ts";
import { createS3Client } from "../../platform/blobs/index.ts";
import { digestTable, readShapes } from "../../platform/database/copy/index.ts";
import { readConfig } from "../../server.ts";
import { type BlindGrant, openBlindly, sendBlindly } from "../../testing/blind-sender.ts";
import { createPerson } from "../../testing/http.ts";
import { createWorld, suiteScope } from "../../testing/world.ts";
import { backUp, type MoveReport, move, moveContent, restore } from "./index.ts";
import { newFolder, newPlace, on, type Settings, serve, verdicts } from "./testing/places.ts";

const quiet = () => undefined;
const noKey = async () => undefined;

async function run(from: Settings, to: Settings): Promise<MoveReport | null> {
  const source = await openMoveSource(readConfig(from));
  const placeKey = () => placeServerKey(readConfig(from).keyFile, readConfig(to).keyFile);
  try {
    return await on(to, (target) => move(source, target, placeKey, quiet));
  } finally {
    await source.close();
  }
}

/** Every table's digest and every chunk's name and size. */
const contentOf = (settings: Settings) =>
  on(settings, async ({ services }) => {
    const found: Record<string, string> = {};
    for (const shape of await readShapes(services.db.read)) {
      found[shape.name] = (await digestTable(services.db.read, shape)).value();
    }
    for await (const folder of services.blobs.folders()) {
      if (folder.startsWith("destroyed-")) continue;
      for (const { name, sizeBytes } of await services.blobs.listChunks(folder))
        found[`${folder}/${name}`] = String(sizeBytes);
    }
    return found;
  });

async function bucketSettings(): Promise<Settings> {
  const { endpoint, accessKeyId, secretAccessKey, environment } = await testS3();
  const bucket = `pli-${randomBytes(8).toString("hex")}`;
  const address = { bucket, region: "default", prefix: "", pathStyle: true, endpoint };
  const client = createS3Client({ address, credentials: () => ({ accessKeyId, secretAccessKey }) });
  await client.ask({ method: "PUT", key: "" });
  client.close();
  return environment(bucket);
}

describe("move", () => {
  const scope = suiteScope();

  test("Q4: to PostgreSQL and a bucket and back, all digests the same; a running server, a used target are refused", async () => {
    const world = await createWorld(scope);
    const messages = [];
    for (const partBytes of [[10], [2000, 70_000, 1], [300]]) {
      messages.push(await sendBlindly(world, world.owner, { delivery: "link", openings: 5, partBytes }));
    }
    const [first, , revoked] = messages;
    const grant = first?.grants[0];
    assert.ok(grant !== undefined && revoked !== undefined);
    await openBlindly(world, grant);
    const backUps = await newFolder(scope);
    await on(world.settings, (installation) =>
      backUp(installation, { to: backUps, keep: 7, withKey: false, progress: quiet }),
    );
    await world.owner.call("POST", `/api/v1/envelopes/${revoked.envelopeId}/revoke`);

    const cluster = await newPlace(scope, { PLI_DATABASE_URL: await testDatabase(scope), ...(await bucketSettings()) });
    await assert.rejects(run(world.settings, cluster), /Stop all its nodes/);
    await world.server.close();
    const before = await contentOf(world.settings);
    const report = await run(world.settings, cluster);
    assert.ok(report !== null);
    assert.equal(report.filled.chunks, 4);
    assert.deepEqual(report.filled.missing, []);
    assert.deepEqual(await contentOf(world.settings), before, "the source was changed");
    assert.deepEqual(await contentOf(cluster), before);
    assert.deepEqual(await on(cluster, (installation) => verdicts(installation, { deep: true })), []);
    assert.equal(await run(world.settings, cluster), null, "done is done, also to who did not hear it");
    const other = await createWorld(scope);
    await other.server.close();
    await assert.rejects(run(other.settings, cluster), /not empty/);

    const moved = await serve(scope, cluster);
    await openAgain(moved.origin, grant, 3);
    await assert.rejects(run(cluster, await newPlace(scope, {})), /Stop all its nodes/);
    await moved.close();

    const back = await newPlace(scope, {});
    await run(cluster, back);
    assert.deepEqual(await contentOf(back), await contentOf(cluster));
    const returned = await serve(scope, back);
    await openAgain(returned.origin, grant, 2);
    await returned.close();

    // The register came along, both times: a back-up of before still does not bring back what was revoked.
    const restored = { ...(await newPlace(scope, {})), PLI_DESTROYED: `${back.PLI_DATA}/destroyed` };
    const wishes = { from: backUps, name: null, withoutRegister: false, progress: quiet };
    const brought = await on(restored, (installation) => restore(installation, wishes, noKey));
    assert.equal(brought?.settled?.ended, 1);
    assert.equal(brought?.settled?.openings, 2);
  });

  test("Q4: the content alone, from a folder to a bucket: the database stays; again after a cut it goes on, and forgets what is destroyed", async () => {
    const world = await createWorld(scope);
    const wish = { delivery: "link", openings: 5 } as const;
    const [kept, revoked] = [await sendBlindly(world, world.owner, wish), await sendBlindly(world, world.owner, wish)];
    const [grant] = kept.grants;
    assert.ok(grant !== undefined);
    const wanted: Settings = { ...world.settings, ...(await bucketSettings()) };
    const bring = async () => {
      const source = await openMoveSource(readConfig(world.settings));
      const target = openContent(readConfig(wanted));
      try {
        return await moveContent(source, target, noKey, quiet);
      } finally {
        await target.close();
        await source.close();
      }
    };
    await assert.rejects(bring(), /Stop all its nodes/);
    await world.server.close();
    const content = openContent(readConfig(wanted));
    const put = (folder: string) =>
      content.blobs.putChunk(folder, "0-0-0", Readable.from([Buffer.from("x")], { objectMode: false }), 10);
    try {
      await put("foreign");
      await assert.rejects(bring(), /not of this installation/);
      await content.blobs.deleteFolder("foreign");
      // As a chunk that was cut and filled up: of the right length, and other bytes.
      const other = Readable.from([randomBytes(kept.contents[1]?.length ?? 0)], { objectMode: false });
      await content.blobs.putChunk(kept.envelopeId, "1-0-0", other, 1e6);
      await assert.rejects(bring(), /1-0-0 did not arrive as it was/);
      await content.blobs.deleteFolder(kept.envelopeId);
      assert.equal((await bring()).chunks, kept.contents.length + revoked.contents.length);

      // Cut, one might think: the old installation was served again, and one message was destroyed there.
      const old = await serve(scope, world.settings);
      await old.services.db.write((tx) =>
        tx
          .updateTable("envelopes")
          .set({ state: "revoked", content_gone: 1 })
          .where("envelope_id", "=", revoked.envelopeId)
          .execute(),
      );
      await old.close();
      assert.deepEqual((await bring()).missing, []);
      const folders = (await Array.fromAsync(content.blobs.folders())).filter((name) => !name.startsWith("destroyed-"));
      assert.deepEqual(folders, [kept.envelopeId]);
    } finally {
      await content.close();
    }
    const server = await serve(scope, wanted);
    await openAgain(server.origin, grant, 4);
    await server.close();
  });
});

async function openAgain(origin: string, { grantId, verifier }: BlindGrant, left: number): Promise<void> {
  const answer = await createPerson(origin).call("POST", `/api/v1/grants/${grantId}/openings`, { json: { verifier } });
  assert.equal(answer.json<{ openingsLeft: number }>().openingsLeft, left);
}
