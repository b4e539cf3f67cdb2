/** The account of a member, through the doors of a real server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Account } from "@pli/core/wire";
import { onBothProfiles } from "../../testing/profiles.ts";

onBothProfiles(({ createWorld }) => {
  test("A3: name, time zone, language and defaults change; what is absent stays", async (t) => {
    const world = await createWorld(t);
    const { owner } = world;
    const before = (await owner.call("GET", "/api/v1/me")).json<Account>();
    assert.deepEqual(before.defaults, {
      openings: 1,
      openingsWithFactor: 3,
      expiryHours: 720,
      recipientLanguage: "en",
      notify: "first",
      protect: "message",
    });
    const change = { name: "  Zoë d’Été ", timeZone: "Europe/Paris", language: "fr", defaults: { openings: 5 } };
    const after = (await owner.call("PATCH", "/api/v1/me", { json: change })).json<Account>();
    assert.equal(after.name, "Zoë d’Été");
    assert.equal(after.timeZone, "Europe/Paris");
    assert.equal(after.language, "fr");
    assert.equal(after.defaults.openings, 5);
    assert.equal(after.defaults.expiryHours, 720);
    await owner.call("PATCH", "/api/v1/me", { json: { defaults: { notify: "never" } } });
    const last = (await owner.call("GET", "/api/v1/me")).json<Account>();
    assert.equal(last.defaults.openings, 5);
    assert.equal(last.defaults.notify, "never");
    assert.equal(last.name, "Zoë d’Été");
  });

  test("A3: twenty changes of different defaults at once all stay", async (t) => {
    const world = await createWorld(t);
    const changes = [
      { openings: 7 },
      { openingsWithFactor: 8 },
      { expiryHours: 9 },
      { notify: "each" },
      { recipientLanguage: "fr" },
    ];
    const all = Array.from({ length: 20 }, (_, i) => changes[i % changes.length]);
    const answers = await Promise.all(
      all.map((defaults) => world.owner.call("PATCH", "/api/v1/me", { json: { defaults } })),
    );
    for (const answer of answers) assert.equal(answer.status, 200);
    const { defaults } = (await world.owner.call("GET", "/api/v1/me")).json<Account>();
    assert.deepEqual(defaults, {
      openings: 7,
      openingsWithFactor: 8,
      expiryHours: 9,
      recipientLanguage: "fr",
      notify: "each",
      protect: "message",
    });
  });

  test("Q10: what cannot be is refused with the field's name, and nothing changes", async (t) => {
    const world = await createWorld(t);
    const before = (await world.owner.call("GET", "/api/v1/me")).json<Account>();
    for (const [json, field] of [
      [{ name: "" }, "name"],
      [{ name: "a\r\nBcc: x@y.example" }, "name"],
      [{ name: "invoice\u202egpj.exe" }, "name"],
      [{ name: "x".repeat(121) }, "name"],
      [{ timeZone: "Mars/Olympus" }, "timeZone"],
      [{ language: "xx" }, "language"],
      [{ defaults: { openings: 0 } }, "defaults.openings"],
      [{ defaults: { openings: 100 } }, "defaults.openings"],
      [{ defaults: { expiryHours: 721 } }, "defaults.expiryHours"],
      [{ role: "owner" }, ""],
    ] as const) {
      const answer = await world.owner.call("PATCH", "/api/v1/me", { json });
      assert.equal(answer.code, "bad_input", JSON.stringify(json));
      if (field !== "") assert.equal(answer.json<{ details: { field: string } }>().details.field, field);
    }
    assert.deepEqual((await world.owner.call("GET", "/api/v1/me")).json<Account>(), before);
  });

  test("A4: the welcome shows the steps that are still to do", async (t) => {
    const world = await createWorld(t);
    const link = world.server.announcements.find((line) => line.includes("#")) ?? "";
    const token = /#([\w-]{43})/.exec(link)?.[1] ?? assert.fail("no link printed");
    const owner = world.visitor();
    const account = (await owner.call("POST", "/api/v1/sign-in/sessions", { json: { token } })).json<Account>();
    assert.equal(account.role, "owner");
    assert.deepEqual(account.welcome, { profile: true, keyring: true, firstMessage: true });
    const named = (await owner.call("PATCH", "/api/v1/me", { json: { name: "Camille" } })).json<Account>();
    assert.deepEqual(named.welcome, { profile: false, keyring: true, firstMessage: true });
  });
});
