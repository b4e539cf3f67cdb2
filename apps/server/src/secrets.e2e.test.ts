/** One-time secrets through their doors (S1, Z8, Q8): no view is given twice, and what has ended leaves nothing to give. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, describe, test } from "node:test";
import type { Page, SecretInfo, SecretItem, SecretView } from "@pli/core/wire";
import { cleanRows, endOverdue } from "./features/jobs/index.ts";
import { isSecretOverdue } from "./features/secrets/index.ts";
import { blindSecret, makeSecret } from "./testing/blind-secret.ts";
import { createPerson, type Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { readRows } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PASSWORD = { salt: randomBytes(16).toString("base64url"), memoryKiB: 65_536, passes: 3, lanes: 1 };

onBothProfiles(({ createWorld, startNode }) => {
  describe("secrets", () => {
    const scope = suiteScope();
    let world: World;
    before(async () => {
      world = await createWorld(scope);
    });

    const make = (wishes: Parameters<typeof makeSecret>[2] = {}) => makeSecret(world.owner, world.now(), wishes);
    const view = (by: Person, { secretId, verifier }: { secretId: string; verifier: string }) =>
      by.call("POST", `/api/v1/secrets/${secretId}/views`, { json: { verifier } });
    const look = async (secretId: string) =>
      (await world.visitor().call("GET", `/api/v1/secrets/${secretId}`)).json<SecretInfo>();
    const listed = async (secretId: string) => {
      const page = (await world.owner.call("GET", "/api/v1/secrets")).json<Page<SecretItem>>();
      return page.items.find((item) => item.secretId === secretId);
    };
    const row = async (secretId: string): Promise<Record<string, unknown>> => {
      const found = (await readRows(world)).secrets?.find((one) => one.includes(secretId)) ?? "[]";
      return Object.fromEntries(JSON.parse(found) as [string, unknown][]);
    };
    const journal = async (secretId: string) => {
      const entries = await world.server.services.db.read
        .selectFrom("journal")
        .select(["event", "facts"])
        .where("envelope_id", "=", secretId)
        .orderBy("entry_id")
        .execute();
      return entries;
    };
    async function erased(secretId: string): Promise<void> {
      const { wrapped_key, content, ended_at_ms } = await row(secretId);
      assert.deepEqual([wrapped_key, content], [null, null]);
      assert.notEqual(ended_at_ms, null);
    }

    test("S1/Q10: of 30 views at once on two nodes, a secret with 3 gives exactly 3, and then holds nothing", async () => {
      const secret = await make({ views: 3 });
      const other = await startNode(scope, world);
      const people = Array.from({ length: 30 }, (_, at) => createPerson(at % 2 === 0 ? world.origin : other.url));
      const answers = await Promise.all(people.map((person) => view(person, secret)));
      const given = answers.filter(({ status }) => status === 200).map((answer) => answer.json<SecretView>());
      assert.deepEqual(given.map(({ viewsLeft }) => viewsLeft).toSorted(), [0, 1, 2]);
      for (const one of given) assert.equal(one.content, secret.creation.content);
      for (const answer of answers) assert.ok(answer.status === 200 || answer.code === "used_up", `${answer.code}`);
      await erased(secret.secretId);
      const events = (await journal(secret.secretId)).map(({ event }) => event);
      assert.equal(events.filter((event) => event === "opened").length, 3);
      assert.equal(events.filter((event) => event === "destroyed").length, 1);
      assert.equal((await listed(secret.secretId))?.state, "used_up");
    });

    test("S1: looking uses no view, and tells who sent it; afterwards it tells neither time nor views", async () => {
      const secret = await make({ views: 2, reference: "VPN" });
      for (let i = 0; i < 5; i++) assert.equal((await look(secret.secretId)).viewsLeft, 2);
      const { sender, state } = await look(secret.secretId);
      assert.deepEqual([sender.address, state], [world.owner.address, "active"]);
      assert.equal((await view(world.visitor(), secret)).json<SecretView>().viewsLeft, 1);
      assert.equal((await view(world.visitor(), secret)).json<SecretView>().viewsLeft, 0);
      const after = await look(secret.secretId);
      assert.deepEqual(Object.keys(after).toSorted(), ["organisation", "secretId", "sender", "state"]);
      assert.equal(after.state, "used_up");
      assert.equal((await listed(secret.secretId))?.reference, "VPN");
    });

    test("S1/Z8: its creator destroys it, twice is once; nobody else can", async () => {
      const secret = await make({ views: 5 });
      const path = `/api/v1/secrets/${secret.secretId}`;
      for (const person of [world.colleague, world.stranger]) {
        assert.equal((await person.call("DELETE", path)).code, "not_found");
      }
      assert.equal((await world.visitor().call("DELETE", path)).code, "not_signed_in");
      assert.equal((await world.owner.call("DELETE", path)).status, 204);
      assert.equal((await world.owner.call("DELETE", path)).status, 204);
      await erased(secret.secretId);
      assert.equal((await view(world.visitor(), secret)).code, "destroyed");
      assert.equal((await listed(secret.secretId))?.state, "destroyed");
    });

    test("S1/Z8: past its time it is expired by the clock alone, and a job erases it", async () => {
      const expiresAt = new Date(world.now() + 5 * MINUTE_MS).toISOString();
      const secret = await make({ expiresAt, views: 9 });
      world.advance(5 * MINUTE_MS);
      assert.equal((await view(world.visitor(), secret)).code, "expired");
      assert.equal((await look(secret.secretId)).state, "expired");
      assert.equal(await isSecretOverdue(world.server.services), true);
      await endOverdue(world.server.services);
      await erased(secret.secretId);
      assert.equal(await isSecretOverdue(world.server.services), false);
      assert.equal((await listed(secret.secretId))?.state, "expired");
    });

    test("S1: a month after its end it leaves the list", async () => {
      const secret = await make();
      assert.equal((await view(world.visitor(), secret)).status, 200);
      world.advance(29 * DAY_MS);
      await cleanRows(world.server.services);
      assert.equal((await listed(secret.secretId))?.state, "used_up");
      world.advance(2 * DAY_MS);
      await cleanRows(world.server.services);
      assert.equal(await listed(secret.secretId), undefined);
    });

    test("Z7/Q8: wrong passwords are counted, the fifth locks, and a lock refuses the right one too", async () => {
      const secret = await make({ passwordParams: PASSWORD });
      const wrong = { ...secret, verifier: randomBytes(32).toString("base64url") };
      for (const left of [4, 3, 2, 1]) {
        const answer = await view(world.visitor(), wrong);
        assert.equal(answer.code, "wrong_password");
        assert.equal(answer.json<{ details: { triesLeft: number } }>().details.triesLeft, left);
      }
      assert.equal((await view(world.visitor(), wrong)).code, "locked");
      assert.equal((await view(world.visitor(), secret)).code, "locked");
      world.advance(15 * MINUTE_MS + 1);
      assert.equal((await view(world.visitor(), secret)).status, 200);
    });

    test("Q8: too many tries from one network are refused for a while", async () => {
      const secret = await make();
      const person = world.visitor();
      const wrong = { secretId: randomBytes(16).toString("base64url"), verifier: secret.verifier };
      const answers = await Promise.all(Array.from({ length: 130 }, () => view(person, wrong)));
      // Turns come back one by one while they are asked.
      assert.ok(answers.filter(({ code }) => code === "rate_limited").length >= 5);
      assert.equal((await view(world.visitor(), secret)).status, 200);
    });

    test("S1: bounds: views 1 to 100, 5 minutes to 30 days, an id once, and nothing of the kind is kept", async () => {
      const kept = (await readRows(world)).secrets;
      const at = (ms: number) => new Date(world.now() + ms).toISOString();
      const refused = async (wishes: object, code = "bad_input") => {
        const json = { ...blindSecret(world.now()).creation, ...wishes };
        const answer = await world.owner.call("POST", "/api/v1/secrets", { json });
        assert.equal(answer.code, code, JSON.stringify(wishes).slice(0, 80));
      };
      await refused({ views: 0 });
      await refused({ views: 101 });
      await refused({ views: 1.5 });
      await refused({ expiresAt: at(2 * MINUTE_MS) });
      await refused({ expiresAt: at(31 * DAY_MS) });
      await refused({ content: "AAAA" });
      await refused({ content: randomBytes(32_768 + 29).toString("base64url") });
      await refused({ text: "in clear" });
      await refused({ passwordParams: { ...PASSWORD, memoryKiB: 1024 } });
      assert.deepEqual((await readRows(world)).secrets, kept);
      const { creation } = await make({ views: 100, expiresAt: at(30 * DAY_MS) });
      await refused({ secretId: creation.secretId }, "already_exists");
      await make({ expiresAt: at(5 * MINUTE_MS) });
    });

    test("C1/Q10: the same creation again, after its answer was lost, is answered as the first; no other takes its place", async () => {
      const { creation } = blindSecret(world.now(), { views: 2 });
      const headers = { "idempotency-key": creation.secretId };
      const create = (by: Person, json: object, key: object = headers) =>
        by.call("POST", "/api/v1/secrets", { json, headers: { ...key } });
      const first = await create(world.owner, creation);
      assert.equal(first.status, 201);
      // As it would be had the node died between the commit and the answer.
      const loseAnswer = () => world.server.services.db.write((tx) => tx.deleteFrom("idempotency_keys").execute());
      await loseAnswer();
      const again = await create(world.owner, creation);
      assert.equal(again.status, 201, again.bytes.toString());
      assert.deepEqual(again.json<SecretItem>(), first.json<SecretItem>());
      assert.equal((await journal(creation.secretId)).length, 1);
      await loseAnswer();
      const { verifierSha256 } = blindSecret(world.now()).creation;
      assert.equal((await create(world.owner, { ...creation, verifierSha256 })).code, "already_exists");
      assert.equal((await create(await world.newMember(), creation)).code, "already_exists");
      assert.equal((await create(world.owner, creation, {})).code, "already_exists");
    });

    test("C1: the list comes by pages, newest first, each its own", async () => {
      const member = await world.newMember();
      const made: string[] = [];
      for (let i = 0; i < 60; i++) made.push((await makeSecret(member, world.now())).secretId);
      // As programs make them: more than a page has in one millisecond.
      await world.server.services.db.write((tx) =>
        tx.updateTable("secrets").set({ created_at_ms: world.now() }).where("secret_id", "in", made).execute(),
      );
      const found: string[] = [];
      let next: string | undefined;
      do {
        const query: string = next === undefined ? "" : `?cursor=${next}`;
        const page = (await member.call("GET", `/api/v1/secrets${query}`)).json<Page<SecretItem>>();
        found.push(...page.items.map(({ secretId }) => secretId));
        ({ next } = page);
      } while (next !== undefined);
      assert.deepEqual(found.toSorted(), made.toSorted());
      assert.equal((await member.call("GET", "/api/v1/secrets?cursor=x")).code, "bad_input");
    });
  });
});
