/**
 * Code and opening in one request, with the short manifest in its answer (M5, M13): exactly what the doors do one by one, refusals included.
 * And what a page's head says that it will ask for first (M12).
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, describe, test } from "node:test";
import { type GrantInfo, LIMITS, type Opening } from "@pli/core/wire";
import { askCode, type BlindGrant, type BlindMessage, sendBlindly } from "./testing/blind-sender.ts";
import type { Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { suiteScope, type World } from "./testing/world.ts";

onBothProfiles(({ createWorld }) => {
  describe("opening in one way there and back", () => {
    const scope = suiteScope();
    let world: World;
    let nth = 0;
    before(async () => {
      world = await createWorld(scope);
    });

    async function mailed(
      more: { partBytes?: number[]; openings?: number; delivery?: "link" } = {},
    ): Promise<{ grant: BlindGrant; message: BlindMessage }> {
      nth += 1;
      const message = await sendBlindly(world, world.owner, { to: [`w${nth}@courriel.example`], ...more });
      const [grant] = message.grants;
      if (grant === undefined) throw new Error("no grant");
      return { grant, message };
    }

    const open = (device: Person, grant: BlindGrant, more: object = {}) =>
      device.call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json: { verifier: grant.verifier, ...more } });
    const told = async (device: Person, { grantId }: BlindGrant) =>
      (await device.call("GET", `/api/v1/grants/${grantId}`)).json<GrantInfo>();
    const otherThan = (code: string) => String((Number(code) + 1) % 100_000_000).padStart(8, "0");
    /** Q4: where content goes straight to the bucket, no node carries any. */
    const carriesContent = () => world.server.services.direct === null;
    const events = async ({ envelopeId }: BlindMessage) => {
      const answer = await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/register`);
      return answer.json<{ items: { event: string }[] }>().items.map(({ event }) => event);
    };

    test("M13, M5: the right code opens once, proves the browser, and brings the manifest", async () => {
      const { grant, message } = await mailed({ openings: 2 });
      const device = world.visitor();
      const code = await askCode(world, device, grant);
      const proof = { code, privateComputer: true };
      const first = await open(device, grant, { proof, withManifest: true });
      assert.equal(first.status, 200, first.bytes.toString());
      const opening = first.json<Opening>();
      assert.equal(opening.openingsLeft, 1);
      if (carriesContent())
        assert.deepEqual(Buffer.from(opening.manifest ?? "", "base64url"), Buffer.from(message.contents[0] ?? []));
      const stored = await device.call("GET", `/api/v1/grants/${grant.grantId}/parts/0/content`);
      assert.deepEqual(Buffer.from(stored.bytes), Buffer.from(message.contents[0] ?? []));
      // the answer was lost: the same once more uses nothing
      const again = await Promise.all([1, 2, 3].map(() => open(device, grant, { proof, withManifest: true })));
      assert.deepEqual(
        again.map((answer) => [answer.status, answer.json<Opening>().openingsLeft]),
        [1, 2, 3].map(() => [200, 1]),
      );
      assert.equal((await told(device, grant)).device.mailboxProven, true);
      const noted = await events(message);
      assert.equal(noted.filter((event) => event === "opened").length, 1);
      assert.ok(noted.includes("mailbox_proven"));
    });

    test("M13: a wrong code is counted and opens nothing, with whatever verifier", async () => {
      const { grant, message } = await mailed();
      const device = world.visitor();
      const code = await askCode(world, device, grant);
      const wrong = await open(device, grant, { proof: { code: otherThan(code) } });
      assert.deepEqual([wrong.status, wrong.code], [403, "wrong_code"]);
      assert.equal(wrong.json<{ details: { triesLeft: number } }>().details.triesLeft, LIMITS.codeTries - 1);
      assert.equal((await told(device, grant)).openingsLeft, 1);
      const noted = await events(message);
      assert.ok(noted.includes("code_wrong") && !noted.includes("opened"), noted.join());
      // nor does somebody else's code, or none
      assert.equal((await open(world.visitor(), grant)).code, "mailbox_proof_required");
      // four more, and the door is shut even to the right one
      for (let left = LIMITS.codeTries - 2; left >= 0; left--)
        assert.equal((await open(device, grant, { proof: { code: otherThan(code) } })).code, "wrong_code");
      assert.equal((await open(device, grant, { proof: { code } })).code, "locked");
      assert.equal((await told(device, grant)).openingsLeft, 1);
    });

    test("Z7: a right code with a wrong verifier proves the mailbox, and opens nothing", async () => {
      const { grant } = await mailed();
      const device = world.visitor();
      const code = await askCode(world, device, grant);
      const verifier = randomBytes(32).toString("base64url");
      const refused = await open(device, grant, { verifier, proof: { code }, withManifest: true });
      assert.deepEqual([refused.status, refused.code], [403, "wrong_password"]);
      assert.ok(!("manifest" in refused.json<object>()));
      const { openingsLeft, device: known } = await told(device, grant);
      assert.deepEqual([openingsLeft, known.mailboxProven], [1, true]);
    });

    test("M5: 20 browsers with one code at once get the 3 openings there are", async () => {
      const { grant } = await mailed({ openings: 3 });
      const code = await askCode(world, world.visitor(), grant);
      const crowd = Array.from({ length: 20 }, () => world.visitor());
      const answers = await Promise.all(crowd.map((device) => open(device, grant, { proof: { code } })));
      assert.equal(answers.filter(({ status }) => status === 200).length, 3);
      for (const { status, code: why } of answers) assert.ok(status === 200 || why === "used_up", `${status} ${why}`);
    });

    test("Z3: the manifest comes only where it is asked for and short, and nodes carry content; else by its own door", async () => {
      const short = await mailed({ delivery: "link", openings: 2, partBytes: [LIMITS.openingManifestBytes, 10] });
      const asked = (await open(world.visitor(), short.grant, { withManifest: true })).json<Opening>();
      assert.equal("manifest" in asked, carriesContent());
      assert.ok(!("manifest" in (await open(world.visitor(), short.grant)).json<Opening>()));
      const long = await mailed({ delivery: "link", partBytes: [LIMITS.openingManifestBytes + 1, 10] });
      const device = world.visitor();
      assert.ok(!("manifest" in (await open(device, long.grant, { withManifest: true })).json<Opening>()));
      const content = await device.call("GET", `/api/v1/grants/${long.grant.grantId}/parts/0/content`);
      assert.equal(content.bytes.length, LIMITS.openingManifestBytes + 1);
      const lost = await mailed({ delivery: "link" });
      await world.server.services.blobs.deleteFolder(lost.message.envelopeId);
      const opened = await open(world.visitor(), lost.grant, { withManifest: true });
      assert.equal(opened.status, 200, "what cannot be read now refuses nothing");
      assert.ok(!("manifest" in opened.json<Opening>()));
    });

    test("M13: what is no proof, or has no place, is refused before anything is opened", async () => {
      const { grant } = await mailed();
      const device = world.visitor();
      for (const more of [
        { proof: null },
        { proof: "12345678" },
        { proof: {} },
        { proof: { code: 12_345_678 } },
        { proof: { code: "" } },
        { proof: { code: "1".repeat(41) } },
        { proof: { code: "12345678", privateComputer: "yes" } },
        { proof: { code: "12345678", more: 1 } },
        { withManifest: 1 },
      ]) {
        const refused = await open(device, grant, more);
        assert.deepEqual([refused.status, refused.code], [400, "bad_input"], JSON.stringify(more));
      }
      const byLink = await mailed({ delivery: "link" });
      const proof = { code: "12345678" };
      assert.deepEqual(
        [(await open(device, byLink.grant, { proof })).code, (await told(device, byLink.grant)).openingsLeft],
        ["conflict", 1],
      );
      const unknown = { ...grant, grantId: randomBytes(16).toString("base64url") };
      assert.equal((await open(device, unknown, { proof })).code, "not_found");
    });
  });
});
