/**
 * Nobody fills the disk (Q8, Q10): a draft takes what its kind may have and no more, however many chunks come at once and however small
 * they are; and below the floor of free space nothing is taken, while everything else goes on.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import type { EnvelopeDraft } from "@pli/core/wire";
import { createServer, readConfig } from "./server.ts";
import { chunkPath, createDraft, openBlindly, prepareReply, sendBlindly } from "./testing/blind-sender.ts";
import { type Answer, createPerson, type Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { readStored } from "./testing/stored.ts";
import { type Scope, suiteScope, type World } from "./testing/world.ts";

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;
const octets = { "content-type": "application/octet-stream" };

const put = (by: Person, envelopeId: string, part: number, sizeBytes: number, chunk = 0) =>
  by.call("PUT", chunkPath(envelopeId, part, chunk), { body: randomBytes(sizeBytes), headers: octets });

const filesOf = async (world: World, envelopeId: string) =>
  (await readStored(world)).files.filter((file) => file.includes(envelopeId));

const bytesOf = async (world: World, envelopeId: string) =>
  (await filesOf(world, envelopeId)).reduce((sum, file) => sum + Number(file.split(" ").at(-1)), 0);

/** A device that has opened a message, and the grant it came by. */
async function reader(world: World): Promise<{ device: Person; grantId: string }> {
  const { grants } = await sendBlindly(world, world.owner, { delivery: "link" });
  const [grant] = grants;
  if (grant === undefined) throw new Error("no grant");
  return { device: await openBlindly(world, grant), grantId: grant.grantId };
}

/** The same member of a new server on the same folder. */
async function ownerAfterRestart(scope: Scope, world: World, settings: Record<string, string>): Promise<Person> {
  const config = readConfig({ ...world.settings, ...settings });
  const server = await createServer(config);
  scope.after(() => server.close());
  const token = world.owner.headers.authorization?.slice("Bearer pli_".length) ?? "";
  return createPerson(await server.listen(), { token: `pli_${token}` });
}

onBothProfiles(({ createWorld, startNode }) => {
  describe("room", () => {
    const scope = suiteScope();

    test("Q8: chunks of a reply that come at once stop at its bytes, and room that is freed can be used again", async () => {
      const world = await createWorld(scope, { PLI_MAX_REPLY_BYTES: String(MEBIBYTE) });
      const { device, grantId } = await reader(world);
      const { envelopeId } = await prepareReply(device, grantId);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => put(device, envelopeId, 1 + index, 256 * KIBIBYTE)),
      );
      const taken = answers.flatMap((answer, index) => (answer.status === 204 ? [1 + index] : []));
      assert.equal(taken.length, 3);
      for (const { status, code } of answers) assert.ok(status === 204 || code === "payload_too_large", `${code}`);
      assert.ok((await bytesOf(world, envelopeId)) <= MEBIBYTE);
      // Its sender may not have heard that it is there.
      assert.equal((await put(device, envelopeId, taken[0] ?? 0, 256 * KIBIBYTE)).status, 204);
      const chunked = await device.call("PUT", chunkPath(envelopeId, 50, 0), {
        body: randomBytes(400 * KIBIBYTE),
        headers: { ...octets, "transfer-encoding": "chunked" },
      });
      assert.equal(chunked.code, "payload_too_large");
      assert.equal((await device.call("DELETE", `/api/v1/envelopes/${envelopeId}/parts/${taken[0]}`)).status, 204);
      assert.equal((await put(device, envelopeId, 60, 256 * KIBIBYTE)).status, 204);
      assert.equal((await put(device, envelopeId, 61, 256 * KIBIBYTE)).code, "payload_too_large");
    });

    test("Q8: a message is bounded as well, also by a server that has forgotten what is there", async () => {
      const settings = { PLI_MAX_ENVELOPE_BYTES: String(MEBIBYTE) };
      const world = await createWorld(scope, settings);
      const { envelopeId } = await createDraft(world.owner);
      assert.equal((await put(world.owner, envelopeId, 1, 900 * KIBIBYTE)).status, 204);
      assert.equal((await put(world.owner, envelopeId, 2, 200 * KIBIBYTE)).code, "payload_too_large");
      const owner = await ownerAfterRestart(scope, world, settings);
      assert.equal((await put(owner, envelopeId, 2, 200 * KIBIBYTE)).code, "payload_too_large");
      assert.equal((await put(owner, envelopeId, 2, 100 * KIBIBYTE)).status, 204);
    });

    test("Q3/Q8: room that was freed at one node can be used again at another", async () => {
      const world = await createWorld(scope, { PLI_MAX_ENVELOPE_BYTES: String(MEBIBYTE) });
      const other = await startNode(scope, world);
      const token = world.owner.headers.authorization?.slice("Bearer ".length) ?? "";
      const there = createPerson(other.url, { token });
      const { envelopeId } = await createDraft(world.owner);
      for (const part of [1, 2, 3]) {
        assert.equal((await put(world.owner, envelopeId, part, 900 * KIBIBYTE)).status, 204);
        assert.equal((await put(world.owner, envelopeId, 9, 200 * KIBIBYTE)).code, "payload_too_large");
        assert.equal((await there.call("DELETE", `/api/v1/envelopes/${envelopeId}/parts/${part}`)).status, 204);
      }
      assert.equal((await put(there, envelopeId, 4, 900 * KIBIBYTE)).status, 204);
    });

    test("Q8: a reply of very many very small chunks is stopped by their number", async () => {
      const world = await createWorld(scope, { PLI_MAX_REPLY_BYTES: String(MEBIBYTE) });
      const { device, grantId } = await reader(world);
      const { envelopeId } = await prepareReply(device, grantId);
      const answers: Answer[] = [];
      // As many at once as a browser may have under way.
      while (answers.length < 1088) {
        const next = Array.from({ length: 32 }, (_, index) => put(device, envelopeId, 1, 1, answers.length + index));
        answers.push(...(await Promise.all(next)));
      }
      assert.ok(answers.some(({ code }) => code === "limit_reached"));
      assert.ok((await filesOf(world, envelopeId)).length <= 1002);
    });

    test("Q8: of the replies that one device began and never sent, the newest five are there", async () => {
      const world = await createWorld(scope);
      const { device, grantId } = await reader(world);
      const begun: string[] = [];
      for (let i = 0; i < 7; i++) {
        const answer = await device.call("POST", `/api/v1/grants/${grantId}/replies`, { json: {} });
        assert.equal(answer.status, 201);
        begun.push(answer.json<EnvelopeDraft>().envelopeId);
        await put(device, begun.at(-1) ?? "", 1, 10);
      }
      const there = await Promise.all(begun.map(async (envelopeId) => (await put(device, envelopeId, 2, 10)).status));
      assert.deepEqual(there, [404, 404, 204, 204, 204, 204, 204]);
      assert.deepEqual(await filesOf(world, begun[0] ?? ""), []);
      // Those of another reader of the same message are not touched.
      const other = await reader(world);
      const one = await prepareReply(other.device, other.grantId);
      assert.equal((await put(other.device, one.envelopeId, 2, 10)).status, 204);
    });

    test("Q10: below the floor of free space no upload is taken; signing, listing and opening go on", async () => {
      // A bucket does not tell how much is left: the floor is a folder's, whatever the database.
      const folder = { PLI_BLOBS: "", PLI_BLOBS_DIRECT: "" };
      const world = await createWorld(scope, { ...folder, PLI_MIN_FREE_BYTES: String(2 ** 49) });
      const draft = await createDraft(world.owner);
      const refused = await put(world.owner, draft.envelopeId, 1, 1000);
      assert.equal(refused.status, 507);
      assert.equal(refused.code, "storage_full");
      assert.deepEqual(await filesOf(world, draft.envelopeId), []);
      assert.equal((await world.owner.call("GET", "/api/v1/envelopes")).status, 200);
      const roomy = await createWorld(scope, { ...folder, PLI_MIN_FREE_BYTES: "0" });
      const other = await createDraft(roomy.owner);
      assert.equal((await put(roomy.owner, other.envelopeId, 1, 1000)).status, 204);
    });
  });
});
