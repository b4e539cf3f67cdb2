/**
 * Openings are never given twice (M5, M6, M18, Q10), proven by many devices at once over real sockets and by a clock that moves; and what
 * has ended stays ended, by whatever door one tries to come back.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type IncomingMessage, request } from "node:http";
import { before, describe, test } from "node:test";
import { LIMITS, type Opening, type Page, type RegisterEntry } from "@pli/core/wire";
import { endOverdue } from "./features/jobs/index.ts";
import { askCode, type BlindGrant, openBlindly, proveMailbox, sendBlindly } from "./testing/blind-sender.ts";
import type { Answer, Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { contentGone, readRows, readStored } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

onBothProfiles(({ createWorld }) => {
  describe("openings", () => {
    const scope = suiteScope();
    let world: World;
    before(async () => {
      world = await createWorld(scope);
    });

    const open = (device: Person, grant: BlindGrant) =>
      device.call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json: { verifier: grant.verifier } });
    const content = (device: Person, grant: BlindGrant, headers: Record<string, string> = {}) =>
      device.call("GET", `/api/v1/grants/${grant.grantId}/parts/1/content`, { headers });
    const devices = (count: number) => Array.from({ length: count }, () => world.visitor());
    const given = (answers: readonly Answer[]) => answers.filter(({ status }) => status < 300);

    async function sentWith(openings: number, more: { expiresInMs?: number; partBytes?: number[] } = {}) {
      const message = await sendBlindly(world, world.owner, { delivery: "link", openings, ...more });
      const [grant] = message.grants;
      if (grant === undefined) throw new Error("no grant");
      return { grant, message };
    }

    async function grantAsTold(envelopeId: string) {
      const answer = await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`);
      const { grants, state } = answer.json<{ state: string; grants: { state: string; openingsLeft: number }[] }>();
      return { ...grants[0], envelopeState: state };
    }

    /** Names of the columns, of whatever table, in which a key of the envelope is still there. */
    async function keysKept(envelopeId: string): Promise<readonly string[]> {
      const rows = Object.values(await readRows(world)).flat();
      return rows
        .filter((row) => row.startsWith("[[") && row.includes(envelopeId))
        .flatMap((row) => JSON.parse(row) as [string, unknown][])
        .filter(([column, value]) => ["wrapped_key", "sealed_secret", "sealed_key"].includes(column) && value !== null)
        .map(([column]) => column);
    }

    test("M5/Q10: 50 simultaneous openings of a grant with 3 left give exactly 3", async () => {
      const { grant, message } = await sentWith(3);
      const answers = await Promise.all(devices(50).map((device) => open(device, grant)));
      const opened = given(answers);
      assert.equal(opened.length, 3);
      assert.deepEqual(opened.map((answer) => answer.json<Opening>().openingsLeft).toSorted(), [0, 1, 2]);
      assert.equal(opened.filter((answer) => answer.json<Opening>().last).length, 1);
      for (const answer of answers)
        assert.ok(answer.status < 300 || answer.code === "used_up", `${answer.status} ${answer.code}`);
      assert.equal((await grantAsTold(message.envelopeId)).openingsLeft, 0);
      const { items } = (await world.owner.call("GET", `/api/v1/envelopes/${message.envelopeId}/register`)).json<{
        items: { event: string }[];
      }>();
      assert.equal(items.filter(({ event }) => event === "opened").length, 3);
      // All three run: every key is still there to be found by the tests below.
      assert.deepEqual((await keysKept(message.envelopeId)).toSorted(), ["sealed_key", "sealed_secret", "wrapped_key"]);
    });

    test("M13/Q10: 50 devices that all proved one mailbox get the 3 openings there are, too", async () => {
      const message = await sendBlindly(world, world.owner, { to: ["shared@courriel.example"], openings: 3 });
      const [grant] = message.grants;
      if (grant === undefined) throw new Error("no grant");
      const crowd = devices(50);
      const code = await askCode(world, world.visitor(), grant);
      await Promise.all(crowd.map((device) => proveMailbox(device, grant.grantId, code)));
      assert.equal(given(await Promise.all(crowd.map((device) => open(device, grant)))).length, 3);
    });

    test("M5: one device asking 20 times at once has used one opening, and coming back uses none", async () => {
      const { grant, message } = await sentWith(5);
      const device = world.visitor();
      // The first POST gives the device its cookie; what comes at once comes with it.
      await device.call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json: { verifier: "A".repeat(43) } });
      assert.equal(device.cookies.size, 1);
      const answers = await Promise.all(Array.from({ length: 20 }, () => open(device, grant)));
      assert.equal(given(answers).length, 20);
      assert.equal((await grantAsTold(message.envelopeId)).openingsLeft, 4);
      world.advance(59 * MINUTE_MS);
      assert.equal((await open(device, grant)).json<Opening>().openingsLeft, 4);
      assert.equal((await content(device, grant)).status, 200);
    });

    test("M5: after 60 minutes coming back is another opening", async () => {
      const { grant, message } = await sentWith(2);
      const device = await openBlindly(world, grant);
      world.advance(LIMITS.openingMinutes * MINUTE_MS + 1);
      const late = await content(device, grant);
      assert.equal(late.code, "opening_required");
      assert.equal((await open(device, grant)).json<Opening>().openingsLeft, 0);
      assert.equal((await grantAsTold(message.envelopeId)).openingsLeft, 0);
    });

    test("M18: the last opening can be read for its hour by its browser alone; then everything is destroyed", async () => {
      const { grant, message } = await sentWith(1);
      const device = await openBlindly(world, grant);
      const other = world.visitor();
      assert.equal((await open(other, grant)).code, "used_up");
      assert.ok((await content(other, grant)).status >= 400);
      world.advance(59 * MINUTE_MS);
      await endOverdue(world.server.services);
      assert.equal((await content(device, grant)).status, 200);
      assert.equal(given([await open(device, grant)]).length, 1);
      world.advance(MINUTE_MS + 1);
      // By the clock alone: no job has run yet.
      for (const headers of [{}, { range: "bytes=0-10" }, { range: "bytes=100-" }]) {
        assert.ok((await content(device, grant, headers)).status >= 400);
      }
      assert.ok((await open(device, grant)).status >= 400);
      assert.ok((await device.call("POST", `/api/v1/grants/${grant.grantId}/replies`, { json: {} })).status >= 400);
      await endOverdue(world.server.services);
      assert.deepEqual(await keysKept(message.envelopeId), []);
      await contentGone(world, message.envelopeId);
      assert.equal((await grantAsTold(message.envelopeId)).envelopeState, "destroyed");
    });

    test("M6: expiry holds by the clock, though no job has run, also for an opening that runs", async () => {
      const { grant, message } = await sentWith(9, { expiresInMs: HOUR_MS });
      world.advance(50 * MINUTE_MS);
      const device = await openBlindly(world, grant);
      const { openUntil, expiresAt } = (await open(device, grant)).json<Opening>();
      assert.equal(openUntil, expiresAt, "the hour is told as longer than it is");
      world.advance(10 * MINUTE_MS + 1);
      assert.equal((await open(world.visitor(), grant)).code, "expired");
      assert.equal((await grantAsTold(message.envelopeId)).state, "expired");
      const info = await world.visitor().call("GET", `/api/v1/grants/${grant.grantId}`);
      assert.equal(info.json<{ state: string }>().state, "expired");
      await endOverdue(world.server.services);
      assert.deepEqual(await keysKept(message.envelopeId), []);
      assert.ok((await content(device, grant)).status >= 400);
      assert.ok((await open(device, grant)).status >= 400);
      await contentGone(world, message.envelopeId);
    });

    test("M6/M21: an expiry that is brought forward ends an opening that runs, by the clock", async () => {
      const { grant, message } = await sentWith(9);
      const device = await openBlindly(world, grant);
      const json = { expiresAt: new Date(world.now() + 51 * MINUTE_MS).toISOString() };
      const path = `/api/v1/envelopes/${message.envelopeId}/grants/${grant.grantId}`;
      assert.equal((await world.owner.call("PATCH", path, { json })).status, 200);
      assert.equal((await content(device, grant)).status, 200);
      world.advance(52 * MINUTE_MS);
      assert.equal((await content(device, grant)).code, "opening_required");
      assert.equal((await open(device, grant)).code, "expired");
    });

    test("Q8: whoever tries link after link from one network is stopped, and nobody else is", async () => {
      const [guesser, reader] = devices(2) as [Person, Person];
      const guesses = Array.from({ length: 450 }, () => ({
        grantId: randomBytes(16).toString("base64url"),
        verifier: "A".repeat(43),
      }));
      const answers = await Promise.all(
        guesses.map(({ grantId, verifier }) =>
          guesser.call("POST", `/api/v1/grants/${grantId}/openings`, { json: { verifier } }),
        ),
      );
      const heard = answers.filter(({ code }) => code === "not_found").length;
      // A turn comes back every 200 ms, however slow the machine is.
      assert.ok(heard >= 300 && heard < 450, `${heard} were heard`);
      assert.ok(answers.every(({ code }) => code === "not_found" || code === "rate_limited"));
      const { grant } = await sentWith(1);
      assert.equal((await open(reader, grant)).status, 200);
    });

    test("Z8: revoking while a download runs ends it, and leaves no key and no blob", async () => {
      const { grant, message } = await sentWith(3, { partBytes: [500, 8 * 1024 * 1024] });
      const device = await openBlindly(world, grant);
      const slow = await beginDownload(device, grant);
      assert.equal(
        (await world.owner.call("POST", `/api/v1/envelopes/${message.envelopeId}/revoke`, { json: {} })).status,
        204,
      );
      assert.deepEqual(await keysKept(message.envelopeId), [], "keys go before the answer");
      assert.ok((await content(device, grant)).status >= 400);
      assert.equal((await open(device, grant)).code, "revoked");
      const got = await readOn(slow);
      assert.ok(got <= 8 * 1024 * 1024);
      await contentGone(world, message.envelopeId);
      assert.equal((await world.visitor().call("GET", "/healthz")).status, 200);
    });

    test("Z8: of a recipient who is revoked no key is left, of the others all", async () => {
      const message = await sendBlindly(world, world.owner, { delivery: "link", to: ["a@c.example", "b@c.example"] });
      const all = ["sealed_key", "sealed_secret", "sealed_secret", "wrapped_key", "wrapped_key"];
      assert.deepEqual((await keysKept(message.envelopeId)).toSorted(), all);
      const path = `/api/v1/envelopes/${message.envelopeId}/grants/${message.grants[0]?.grantId}/revoke`;
      assert.equal((await world.owner.call("POST", path)).status, 204);
      const rest = ["sealed_key", "sealed_secret", "wrapped_key"];
      assert.deepEqual((await keysKept(message.envelopeId)).toSorted(), rest);
    });

    test("Q10: revoking and opening at once leave either an opening before, or none after", async () => {
      for (let round = 0; round < 10; round++) {
        const { grant, message } = await sentWith(1);
        const revoke = () => world.owner.call("POST", `/api/v1/envelopes/${message.envelopeId}/revoke`, { json: {} });
        const [opened, revoked] = await Promise.all([open(world.visitor(), grant), revoke()]);
        assert.equal(revoked.status, 204);
        assert.ok(opened.status < 300 || opened.code === "revoked" || opened.code === "destroyed", `${opened.code}`);
        assert.deepEqual(await keysKept(message.envelopeId), []);
        assert.equal((await open(world.visitor(), grant)).status, 410);
      }
    });

    test("M12: looking changes nothing, whoever looks and however often", async () => {
      const { grant, message } = await sentWith(1);
      const stored = await readStored(world);
      for (const method of ["GET", "HEAD", "OPTIONS"]) {
        for (const path of [
          `/api/v1/grants/${grant.grantId}`,
          `/o/${grant.grantId}`,
          `/api/v1/grants/${grant.grantId}/parts/0/content`,
        ]) {
          const visitor = world.visitor();
          await visitor.call(method, path);
          assert.equal(visitor.cookies.size, 0, `${method} ${path} gave a cookie`);
        }
      }
      assert.deepEqual(await readStored(world), stored);
      assert.equal((await grantAsTold(message.envelopeId)).openingsLeft, 1);
    });

    test("Q8, M22: five wrong passwords lock for 15 minutes, the right one too; wrong ones at once count all, and stand in the register", async () => {
      const { message, grant } = await sentWith(3);
      const wrong = () =>
        world
          .visitor()
          .call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json: { verifier: "A".repeat(43) } });
      const answers = await Promise.all(Array.from({ length: 20 }, wrong));
      for (const { code } of answers) assert.ok(code === "wrong_password" || code === "locked", `${code}`);
      assert.ok(answers.filter(({ code }) => code === "wrong_password").length <= LIMITS.passwordTries);
      assert.equal((await open(world.visitor(), grant)).code, "locked");
      const register = await world.owner.call("GET", `/api/v1/envelopes/${message.envelopeId}/register`);
      const events = register.json<Page<RegisterEntry>>().items.map(({ event }) => event);
      const wrongs = events.filter((event) => event === "password_wrong");
      assert.deepEqual([wrongs.length, events.includes("locked")], [LIMITS.passwordTries, true]);
      world.advance(LIMITS.passwordLockMinutes * MINUTE_MS + 1000);
      assert.equal((await open(world.visitor(), grant)).status < 300, true);
    });

    /** Begins to download and stops reading after the first piece. */
    function beginDownload(device: Person, grant: BlindGrant): Promise<IncomingMessage> {
      const { hostname, port } = new URL(world.origin);
      const cookie = [...device.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const path = `/api/v1/grants/${grant.grantId}/parts/1/content`;
      return new Promise((resolve, reject) => {
        const asked = request({ hostname, port, path, headers: { cookie }, agent: false }, (response) => {
          response.once("readable", () => resolve(response));
        });
        asked.on("error", reject);
        asked.end();
      });
    }

    /** Reads the rest. @returns how many bytes came before the end or the cut */
    function readOn(response: IncomingMessage): Promise<number> {
      let bytes = 0;
      return new Promise((resolve) => {
        response.on("data", (piece: Buffer) => {
          bytes += piece.length;
        });
        for (const event of ["end", "error", "aborted", "close"]) response.on(event, () => resolve(bytes));
      });
    }
  });
});
