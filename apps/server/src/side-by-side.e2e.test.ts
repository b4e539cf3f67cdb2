/**
 * Everything that reads and then changes, done many times at once on several nodes of one installation (Q3, Q10): no turn is given twice, no
 * change is lost, nobody gets a fault, and nobody waits for somebody who waits for him.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { type EnvelopeDraft, LIMITS } from "@pli/core/wire";
import { endOverdue } from "./features/jobs/index.ts";
import { createServer, type PliServer, readConfig } from "./server.ts";
import {
  askCode,
  type BlindGrant,
  blindGrant,
  createDraft,
  openBlindly,
  prepareReply,
  putPart,
  sendBlindly,
} from "./testing/blind-sender.ts";
import { type Answer, createPerson, type Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { contentGone, readRows } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

const HOUR_MS = 3_600_000;
/** Everything here is a matter of milliseconds; whoever waits for a lock that is never given waits longer. */
const PATIENCE_MS = 60_000;

onBothProfiles(({ name, createWorld, startNode, environment }) => {
  describe("side by side", { timeout: 180_000 }, () => {
    const scope = suiteScope();
    let world: World;
    let nodes: readonly PliServer[];
    let origins: readonly string[];
    before(async () => {
      world = await createWorld(scope);
      nodes = [world.server, await startNode(scope, world), await startNode(scope, world)];
      origins = nodes.map((node) => node.url);
    });

    /** The same person at another node. */
    const at = (person: Person, node: number): Person => {
      const origin = origins[node % origins.length] ?? world.origin;
      const token = person.headers.authorization?.slice("Bearer ".length);
      return createPerson(origin, { cookies: person.cookies, ...(token === undefined ? {} : { token }) });
    };
    /** Runs `count` calls at once, spread over the nodes, and looks that all were answered in time and none with a fault. */
    async function atOnce(count: number, call: (index: number) => Promise<Answer>): Promise<Answer[]> {
      const startedMs = performance.now();
      const answers = await Promise.all(Array.from({ length: count }, (_, index) => call(index)));
      for (const answer of answers) assert.ok(answer.status < 500, `${answer.status} ${answer.bytes.toString()}`);
      assert.ok(performance.now() - startedMs < PATIENCE_MS, "somebody waited for somebody who waited");
      return answers;
    }
    const done = (answers: readonly Answer[]) => answers.filter(({ status }) => status < 300);
    const codes = (answers: readonly Answer[]) => new Set(answers.map(({ code }) => code));
    const open = (device: Person, grant: BlindGrant, verifier = grant.verifier) =>
      device.call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json: { verifier } });
    const message = async (wishes: Parameters<typeof sendBlindly>[2]) => {
      const sent = await sendBlindly(world, world.owner, { delivery: "link", ...wishes });
      const [grant] = sent.grants;
      if (grant === undefined) throw new Error("no grant");
      return { ...sent, grant, path: `/api/v1/envelopes/${sent.envelopeId}` };
    };
    const columnOf = async (table: string, id: string, column: string) => {
      const row = (await readRows(world))[table]?.find((one) => one.includes(id));
      return (JSON.parse(row ?? "[]") as [string, unknown][]).find(([name]) => name === column)?.[1];
    };

    test("Q3/Q10: 300 openings at once at three nodes of a grant with 7 left give exactly 7", async () => {
      const { grant, path } = await message({ openings: 7 });
      const answers = await atOnce(300, (index) => open(at(world.visitor(), index), grant));
      assert.equal(done(answers).length, 7);
      assert.deepEqual(codes(answers.filter(({ status }) => status >= 300)), new Set(["used_up"]));
      const { grants } = (await world.owner.call("GET", path)).json<{ grants: { openingsLeft: number }[] }>();
      assert.equal(grants[0]?.openingsLeft, 0);
    });

    test("Q10: the first openings of forty recipients at once are all counted", async () => {
      const to = Array.from({ length: 40 }, (_, index) => `many${index}@courriel.example`);
      const { grants, envelopeId } = await message({ to });
      const answers = await atOnce(40, (index) =>
        open(at(world.visitor(), index), grants[index] ?? assert.fail("no grant")),
      );
      assert.equal(done(answers).length, 40);
      assert.equal(await columnOf("envelopes", envelopeId, "opened_count"), 40);
    });

    test("M7/Q8: of forty wrong passwords at once five are judged, and the lock is told to the others", async () => {
      const { grant } = await message({ openings: 3 });
      const answers = await atOnce(40, (index) => open(at(world.visitor(), index), grant, "A".repeat(43)));
      assert.equal(answers.filter(({ code }) => code === "wrong_password").length, LIMITS.passwordTries - 1);
      assert.equal(answers.filter(({ code }) => code === "locked").length, 40 - LIMITS.passwordTries + 1);
    });

    test("M13/Q8: a browser that tries thirty codes at once has five tries; a code asked at one node is taken at another", async () => {
      const { grants } = await sendBlindly(world, world.owner, { to: ["codes@courriel.example"] });
      const grant = grants[0] ?? assert.fail("no grant");
      const device = world.visitor();
      const right = await askCode(world, device, grant);
      const wrong = right === "00000000" ? "00000001" : "00000000";
      const guess = (index: number, code: string) =>
        at(device, index).call("POST", `/api/v1/grants/${grant.grantId}/proofs`, { json: { code } });
      const answers = await atOnce(29, (index) => guess(index, wrong));
      assert.equal(answers.filter(({ code }) => code === "wrong_code").length, LIMITS.codeTries);
      assert.equal(answers.filter(({ code }) => code === "locked").length, 29 - LIMITS.codeTries);
      const other = world.visitor();
      const taken = await at(other, 2).call("POST", `/api/v1/grants/${grant.grantId}/proofs`, {
        json: { code: right },
      });
      assert.equal(taken.status, 200, taken.bytes.toString());
    });

    test("Q8: limits count together on all nodes", async () => {
      const { grants } = await sendBlindly(world, world.owner, { to: ["limits@courriel.example"] });
      const grant = grants[0] ?? assert.fail("no grant");
      const device = world.visitor();
      const answers = await atOnce(20, (index) =>
        at(device, index).call("POST", `/api/v1/grants/${grant.grantId}/codes`, { json: {} }),
      );
      assert.equal(done(answers).length, 1);
      assert.deepEqual(codes(answers.filter(({ status }) => status >= 300)), new Set(["rate_limited"]));
    });

    test("M21/Z8: revoking every recipient at once ends the message", async () => {
      for (let round = 0; round < 3; round++) {
        const to = Array.from({ length: 12 }, (_, index) => `last${index}@courriel.example`);
        const { grants, envelopeId, path } = await message({ to });
        const answers = await atOnce(12, (index) =>
          at(world.owner, index).call("POST", `${path}/grants/${grants[index]?.grantId}/revoke`, { json: {} }),
        );
        assert.equal(done(answers).length, 12);
        assert.equal((await world.owner.call("GET", path)).json<{ state: string }>().state, "revoked");
        await contentGone(world, envelopeId);
        assert.equal(await columnOf("seals", envelopeId, "sealed_key"), null);
      }
    });

    test("M21: adding twenty recipients at once adds twenty, and each has a place", async () => {
      const { envelopeId, path } = await message({});
      const added = await atOnce(20, (index) =>
        at(world.owner, index).call("POST", `${path}/grants`, {
          json: blindGrant(`added${index}@courriel.example`, { delivery: "link" }).creation,
        }),
      );
      assert.equal(done(added).length, 20);
      assert.equal(await columnOf("envelopes", envelopeId, "recipients_count"), 21);
      const rows = ((await readRows(world)).grants ?? []).filter((one) => one.includes(envelopeId));
      const places = rows.map((one) => new Map(JSON.parse(one) as [string, number][]).get("position"));
      assert.deepEqual(new Set(places), new Set(Array.from({ length: 21 }, (_, index) => index)));
    });

    test("M6: prolonging all recipients at once prolongs the message to the longest", async () => {
      const to = Array.from({ length: 10 }, (_, index) => `longer${index}@courriel.example`);
      const { grants, envelopeId, path } = await message({ to });
      const ends = grants.map((_, index) => world.now() + (72 + index) * HOUR_MS);
      const answers = await atOnce(10, (index) =>
        at(world.owner, index).call("PATCH", `${path}/grants/${grants[index]?.grantId}`, {
          json: { expiresAt: new Date(ends[index] ?? 0).toISOString() },
        }),
      );
      assert.equal(done(answers).length, 10, answers.map(({ bytes }) => bytes.toString()).join("\n"));
      assert.equal(await columnOf("envelopes", envelopeId, "expires_at_ms"), Math.max(...ends));
    });

    test("M16: a browser that begins replies at all nodes at once keeps five, and no grant has more than fifty", async () => {
      const { grant } = await message({ openings: 1 });
      const device = await openBlindly(world, grant);
      const begin = (index: number) =>
        at(device, index).call("POST", `/api/v1/grants/${grant.grantId}/replies`, { json: {} });
      const answers = await atOnce(60, begin);
      assert.deepEqual(codes(answers.filter(({ status }) => status >= 300)), new Set());
      const ids = answers.map((answer) => answer.json<EnvelopeDraft>().envelopeId);
      const kept = ((await readRows(world)).envelopes ?? []).filter((one) => ids.some((id) => one.includes(id)));
      assert.ok(kept.length <= 5, String(kept.length));
    });

    test("M16: a reply begun while its grant is revoked is never sent", async () => {
      for (let round = 0; round < 8; round++) {
        const { grant, path } = await message({ openings: 1 });
        const device = await openBlindly(world, grant);
        const [begun] = await Promise.all([
          prepareReply(at(device, round), grant.grantId).catch(() => null),
          at(world.owner, round + 1).call("POST", `${path}/revoke`, { json: {} }),
        ]);
        if (begun === null) continue;
        const sent = await device.call("POST", `/api/v1/envelopes/${begun.envelopeId}/send`, { json: begun.order });
        assert.ok(["revoked", "not_found"].includes(sent.code ?? ""), `${sent.status} ${sent.code}`);
      }
    });

    test("M4: twenty parts removed at once are all removed", async () => {
      const { envelopeId } = await createDraft(world.owner);
      for (let part = 1; part <= 20; part++) await putPart(world.owner, envelopeId, part, new Uint8Array(10));
      const answers = await atOnce(20, (index) =>
        at(world.owner, index).call("DELETE", `/api/v1/envelopes/${envelopeId}/parts/${index + 1}`),
      );
      assert.equal(done(answers).length, 20, answers.map(({ code }) => code).join());
      const generations = JSON.parse(String(await columnOf("envelopes", envelopeId, "generations")));
      assert.equal(Object.keys(generations).length, 20);
    });

    test("M10: taking back, opening, changing and revoking at once leave one story", async () => {
      for (let round = 0; round < 10; round++) {
        const to = ["one@courriel.example", "two@courriel.example"];
        const { grants, grant, envelopeId, path } = await message({ to, holdSeconds: 30 });
        const second = grants[1] ?? assert.fail("no grant");
        const post = (node: number, tail: string) => at(world.owner, node).call("POST", path + tail, { json: {} });
        const change = { json: { openingsLeft: 2 } };
        const answers = await atOnce(5, (index) => {
          if (index === 0) return open(at(world.visitor(), round), grant);
          if (index === 1) return post(round + 1, "/take-back");
          if (index === 2) return post(round + 2, `/grants/${second.grantId}/revoke`);
          if (index === 3) return at(world.owner, round).call("PATCH", `${path}/grants/${grant.grantId}`, change);
          return post(round, "/revoke");
        });
        const [opened, takenBack] = answers;
        assert.ok(!(opened?.status === 201 && takenBack?.status === 200), "opened and taken back");
        const state = await columnOf("envelopes", envelopeId, "state");
        assert.ok(state === "draft" || state === "revoked", String(state));
        const keys = ((await readRows(world)).grants ?? []).filter((one) => one.includes(envelopeId));
        for (const row of keys) assert.equal(new Map(JSON.parse(row) as [string, unknown][]).get("wrapped_key"), null);
      }
    });

    test("A3: forty changes of one account at once at three nodes are all done", async () => {
      const member = await world.newMember();
      const answers = await atOnce(40, (index) =>
        at(member, index).call("PATCH", "/api/v1/me", {
          json: index % 2 === 0 ? { name: `Name ${index}` } : { defaults: { openings: (index % 9) + 1 } },
        }),
      );
      assert.equal(done(answers).length, 40, [...codes(answers)].join());
    });

    test("M6/Z8: three nodes that end what is overdue at once end it once", async () => {
      const to = Array.from({ length: 6 }, (_, index) => `over${index}@courriel.example`);
      const sent = await Promise.all([1, 2, 3].map(() => message({ to, expiresInMs: 2 * HOUR_MS })));
      world.advance(3 * HOUR_MS);
      await Promise.all(nodes.map((node) => endOverdue(node.services)));
      for (const { path, envelopeId } of sent) {
        await contentGone(world, envelopeId);
        const { items } = (await world.owner.call("GET", `${path}/register`)).json<{ items: { event: string }[] }>();
        assert.equal(items.filter(({ event }) => event === "destroyed").length, 1);
        assert.equal(items.filter(({ event }) => event === "expired").length, 6);
      }
    });
  });

  test("Q3: nodes that start together on an empty installation make one organisation and one owner", async (t) => {
    const dataFolder = await mkdtemp(join(tmpdir(), "pli-together-"));
    const nodes: PliServer[] = [];
    const cleaning: (() => Promise<void> | void)[] = [];
    t.after(async () => {
      for (const node of nodes) await node.close();
      for (const clean of cleaning) await clean();
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    });
    const settings = await environment({ after: (clean) => void cleaning.push(clean) });
    const config = readConfig({ PLI_PORT: "0", PLI_DATA: dataFolder, PLI_LOG: "silent", ...settings });
    // A file has one node: there the second start comes after the first.
    for (const _ of name === "sqlite" ? [1, 2] : [1]) {
      const count = name === "sqlite" ? 1 : 4;
      const started = await Promise.all(Array.from({ length: count }, () => createServer(config)));
      nodes.push(...started);
      await Promise.all(started.map((node) => node.listen()));
    }
    const rows = await readRows({ dataFolder, server: nodes[0] ?? assert.fail("no node") });
    assert.equal(rows.organisations?.length, 1);
    assert.equal(rows.members?.length, 1);
  });
});
