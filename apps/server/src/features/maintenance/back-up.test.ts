/** Back-up and restore from the inside, on every pair of engines: what was there comes back, what was destroyed does not. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { before, describe, test } from "node:test";
import type { GrantStatus } from "@pli/core/wire";
import { testDatabase } from "../../../../../tools/services/shared-postgres.ts";
import { markCopying, markFinished } from "../../platform/database/copy/index.ts";
import { type BlindSecret, makeSecret } from "../../testing/blind-secret.ts";
import { type BlindGrant, type BlindMessage, openBlindly, sendBlindly } from "../../testing/blind-sender.ts";
import { createPerson, type Person } from "../../testing/http.ts";
import { contentGone, readRows } from "../../testing/stored.ts";
import { createWorld, type Scope, suiteScope, type World } from "../../testing/world.ts";
import { backUp, restore } from "./index.ts";
import { newFolder, newPlace, on, type Settings, serve, verdicts } from "./testing/places.ts";

const quiet = () => undefined;
const noKey = async () => undefined;

const ENGINES: Readonly<Record<string, (scope: Scope) => Promise<Settings>>> = {
  sqlite: async () => ({}),
  postgres: async (scope) => ({ PLI_DATABASE_URL: await testDatabase(scope) }),
};

const take = (settings: Settings, to: string, keep = 7) =>
  on(settings, (installation) => backUp(installation, { to, keep, withKey: false, progress: quiet }));
const wishesFor = (from: string, options: { readonly name?: string; readonly without?: boolean } = {}) => ({
  from,
  name: options.name ?? null,
  withoutRegister: options.without ?? false,
  progress: quiet,
});
const bring = (
  settings: Settings,
  from: string,
  options: { readonly name?: string; readonly without?: boolean } = {},
) =>
  on(settings, async (installation) => {
    const report = await restore(installation, wishesFor(from, options), noKey);
    assert.ok(report !== null);
    return { ...report, verdicts: await verdicts(installation, { deep: true }) };
  });

function only(message: BlindMessage): BlindGrant {
  const [grant] = message.grants;
  assert.ok(grant !== undefined);
  return grant;
}

const link = { delivery: "link" } as const;

for (const [from, to] of [
  ["sqlite", "sqlite"],
  ["sqlite", "postgres"],
  ["postgres", "sqlite"],
] as const) {
  describe(`back-up on ${from}, restored on ${to}`, () => {
    const scope = suiteScope();
    let world: World;
    let folder: string;
    let restored: Settings;
    const sent: Record<string, BlindMessage> = {};
    const send = async (name: string, wishes: Parameters<typeof sendBlindly>[2]) => {
      const message = await sendBlindly(world, world.owner, { ...link, ...wishes });
      sent[name] = message;
      return message;
    };
    const message = (name: string): BlindMessage => {
      const found = sent[name];
      assert.ok(found !== undefined);
      return found;
    };
    const secrets: Record<string, BlindSecret> = {};
    const make = async (name: string) => {
      const secret = await makeSecret(world.owner, world.now(), { views: 3 });
      secrets[name] = secret;
      return secret;
    };
    const viewed = (by: Person, { secretId, verifier }: BlindSecret) =>
      by.call("POST", `/api/v1/secrets/${secretId}/views`, { json: { verifier } });
    const revoke = (path: string) => world.owner.call("POST", `/api/v1/envelopes/${path}/revoke`);

    before(async () => {
      world = await createWorld(scope, await ENGINES[from]?.(scope));
      folder = join(await newFolder(scope), "back-ups");
      await send("living", { openings: 4 });
      await send("two readers", { to: ["a@r.example", "b@r.example"] });
      for (const name of ["revoked", "used", "taken back", "revoked before"])
        await send(name, name === "taken back" ? { holdSeconds: 30 } : {});
      await openBlindly(world, only(message("living")));
      assert.equal((await revoke(message("revoked before").envelopeId)).status, 204);
      await contentGone(world, message("revoked before").envelopeId);

      for (const name of ["shown", "used up", "destroyed"]) await make(name);
      // A mailbox that was proven, and a second step that waits; the operator's link is there from the start.
      await openBlindly(world, only(await sendBlindly(world, world.owner, { to: ["proven@r.example"] })));
      const step = {
        secret_sha256: "x",
        member_id: world.owner.memberId,
        tries_left: 5,
        expires_at_ms: Date.now() * 2,
      };
      await world.server.services.db.write((tx) => tx.insertInto("sign_in_steps").values(step).execute());

      await take(world.settings, folder);

      const [shown, usedUp, destroyed] = Object.values(secrets);
      assert.ok(shown !== undefined && usedUp !== undefined && destroyed !== undefined);
      assert.equal((await viewed(world.visitor(), shown)).status, 200);
      for (let i = 0; i < 3; i++) assert.equal((await viewed(world.visitor(), usedUp)).status, 200);
      assert.equal((await world.owner.call("DELETE", `/api/v1/secrets/${destroyed.secretId}`)).status, 204);
      await openBlindly(world, only(message("living")));
      await openBlindly(world, only(message("used")));
      await send("later", {});
      assert.equal((await revoke(message("revoked").envelopeId)).status, 204);
      const [first] = message("two readers").grants;
      assert.equal((await revoke(`${message("two readers").envelopeId}/grants/${first?.grantId}`)).status, 204);
      const back = await world.owner.call("POST", `/api/v1/envelopes/${message("taken back").envelopeId}/take-back`);
      assert.equal(back.status, 200);
      await world.server.close();
      restored = {
        ...(await newPlace(scope, (await ENGINES[to]?.(scope)) ?? {})),
        PLI_DESTROYED: join(world.dataFolder, "destroyed"),
      };
    });

    test("Q6: without the register of destruction it is refused, in words, and nothing is written", async () => {
      const place = await newPlace(scope, (await ENGINES[to]?.(scope)) ?? {});
      await assert.rejects(bring(place, folder), /without-register/);
      const rows = await on(
        place,
        async ({ services }) => await services.db.read.selectFrom("members").selectAll().execute(),
      );
      assert.deepEqual(rows, []);
    });

    test("Z8, Q6: what was there comes back, what was destroyed since stays destroyed; the verification agrees", async () => {
      const report = await bring(restored, folder);
      assert.deepEqual(report.verdicts, []);
      assert.equal(report.settled?.damagedLines, 0);
      // Links to sign in, codes and proofs were used or may be over since: nobody comes in by those of then.
      for (const table of ["sign_in_links", "sign_in_steps", "mailbox_codes", "mailbox_proofs"] as const) {
        const rowsOf = (settings: Settings) =>
          on(settings, ({ services }) => services.db.read.selectFrom(table).selectAll().execute());
        assert.ok((await rowsOf(world.settings)).length > 0, `${table} had nothing to bring back`);
        assert.deepEqual(await rowsOf(restored), [], table);
      }
      const server = await serve(scope, restored);
      const open = async ({ grantId, verifier }: BlindGrant) => {
        const visitor = createPerson(server.origin);
        const answer = await visitor.call("POST", `/api/v1/grants/${grantId}/openings`, { json: { verifier } });
        return { visitor, answer, code: answer.status === 200 || answer.status === 201 ? "opened" : answer.code };
      };
      const codes: Record<string, string | null> = {};
      for (const [name, { grants }] of Object.entries(sent)) {
        if (name !== "living" && name !== "two readers")
          for (const grant of grants) codes[name] = (await open(grant)).code;
      }
      assert.deepEqual(codes, {
        revoked: "revoked",
        used: "used_up",
        "taken back": "revoked",
        "revoked before": "revoked",
        later: "not_found",
      });
      const [gone, alive] = message("two readers").grants;
      assert.ok(gone !== undefined && alive !== undefined);
      assert.equal((await open(gone)).code, "revoked");
      assert.equal((await open(alive)).code, "opened");

      // Of four openings one was used before the back-up and one after it.
      const opened = await open(only(message("living")));
      assert.equal(opened.answer.json<{ openingsLeft: number }>().openingsLeft, 1);
      const { contents } = message("living");
      for (const [part, content] of contents.entries()) {
        const path = `/api/v1/grants/${only(message("living")).grantId}/parts/${part}/content`;
        assert.ok((await opened.visitor.call("GET", path)).bytes.equals(content));
      }
      await server.close();
    });

    test("S1, Z8: views that were given are not given again, and what ended has neither key nor text", async () => {
      const server = await serve(scope, restored);
      const by = createPerson(server.origin);
      const codes: Record<string, string> = {};
      for (const [name, secret] of Object.entries(secrets)) {
        const answer = await viewed(by, secret);
        codes[name] = answer.code ?? `${answer.json<{ viewsLeft: number }>().viewsLeft} left`;
      }
      assert.deepEqual(codes, { shown: "1 left", "used up": "used_up", destroyed: "destroyed" });
      await server.close();
    });

    test("Q6: nobody is signed in, no content of what was destroyed is there, and a second restore changes nothing", async () => {
      await on(restored, async ({ services }) => {
        assert.deepEqual(await services.db.read.selectFrom("sessions").selectAll().execute(), []);
        const folders = await Array.fromAsync(services.blobs.folders());
        for (const name of ["revoked", "used", "taken back"])
          assert.ok(!folders.includes(message(name).envelopeId), name);
        assert.ok(folders.includes(message("living").envelopeId));
      });
      const left = () => on(restored, ({ services }) => services.db.read.selectFrom("grants").selectAll().execute());
      const before = await left();
      assert.equal(await on(restored, (installation) => restore(installation, wishesFor(folder), noKey)), null);
      assert.deepEqual(await left(), before);
    });
  });
}

describe("a folder of back-ups", () => {
  const scope = suiteScope();
  let world: World;
  let folder: string;
  before(async () => {
    world = await createWorld(scope);
    folder = join(await newFolder(scope), "back-ups");
  });
  const chunkFiles = async () =>
    (await readdir(join(folder, "chunks"), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const backUps = async () => (await readdir(folder)).filter((name) => name.startsWith("2"));

  test("Q6: what is there is not copied again; old ones go with what nobody needs; files are their owner's alone", async () => {
    const kept = await sendBlindly(world, world.owner, link);
    const gone = await sendBlindly(world, world.owner, link);
    const first = await take(world.settings, folder);
    assert.equal(first.copiedChunks, kept.contents.length + gone.contents.length);
    assert.equal((await stat(join(first.path, "tables", "grants.jsonl"))).mode & 0o077, 0);
    assert.equal((await stat(folder)).mode & 0o077, 0);
    assert.ok(
      !(await readdir(first.path)).includes("server.key"),
      "the key file is in a back-up that nobody wanted it in",
    );
    await world.owner.call("POST", `/api/v1/envelopes/${gone.envelopeId}/revoke`);
    await contentGone(world, gone.envelopeId);
    const second = await take(world.settings, folder);
    assert.equal(second.copiedChunks, 0);
    assert.equal(
      (await chunkFiles()).length,
      kept.contents.length + gone.contents.length,
      "the first still needs them",
    );
    const third = await take(world.settings, folder, 1);
    assert.deepEqual(await backUps(), [third.manifest.name]);
    assert.equal((await chunkFiles()).length, kept.contents.length);
  });

  test("Q6: a back-up made by a clock that was put back is not thrown away as the oldest", async () => {
    const newer = await take(world.settings, folder);
    const made = await on(world.settings, ({ services, ...rest }) => {
      const clock = { now: () => newer.manifest.takenAtMs - 3_600_000 };
      const early = { ...rest, services: { ...services, clock } };
      return backUp(early, { to: folder, keep: 1, withKey: false, progress: quiet });
    });
    assert.deepEqual(await backUps(), [made.manifest.name]);
  });

  test("Q6: a chunk that a restore has undone is not taken for the one that has its name now", async () => {
    const { envelopeId, contents } = await sendBlindly(world, world.owner, link);
    await take(world.settings, folder);
    const { blobs, db } = world.server.services;
    const [manifest = new Uint8Array()] = contents;
    const become = async (bytes: Uint8Array) => {
      await blobs.deleteChunk(envelopeId, "0-0-0");
      await blobs.putChunk(envelopeId, "0-0-0", Readable.from([Buffer.from(bytes)], { objectMode: false }), 1e6);
      const sha256 = createHash("sha256").update(bytes).digest("base64url");
      await db.write((tx) =>
        tx.updateTable("parts").set({ sha256 }).where("envelope_id", "=", envelopeId).where("part", "=", 0).execute(),
      );
    };
    await become(randomBytes(manifest.length));
    const before = await backUps();
    await assert.rejects(take(world.settings, folder), /Give another folder/);
    assert.deepEqual(await backUps(), [...before, ...(await backUps()).filter((name) => name.endsWith(".partial"))]);
    await become(manifest);
    await take(world.settings, folder);
  });

  test("Q6: a mail that waited goes out to nobody unasked, and its sender is told", async () => {
    const held = { holdSeconds: 30, to: ["waiting@r.example"] };
    const { envelopeId, grants } = await sendBlindly(world, world.owner, held);
    await take(world.settings, folder);
    const place = { ...(await newPlace(scope, {})), PLI_DESTROYED: join(world.dataFolder, "destroyed") };
    const report = await bring(place, folder);
    assert.equal(report.mailsGivenUp, 1);
    await on(place, async ({ services }) => {
      const [mail] = await services.db.read
        .selectFrom("outbox")
        .selectAll()
        .where("envelope_id", "=", envelopeId)
        .execute();
      const state: GrantStatus["notification"] | string | undefined = mail?.state;
      assert.equal(state, "failed");
      assert.equal(mail?.secret, null);
      assert.match(mail?.reason ?? "", /not known whether it was sent/);
      const noted = services.db.read.selectFrom("journal").select("grant_id").where("envelope_id", "=", envelopeId);
      const failed = await noted.where("event", "=", "notification_failed").execute();
      assert.deepEqual(
        failed.map((entry) => entry.grant_id),
        [grants[0]?.grantId],
      );
    });
  });

  test("Q6: one changed byte, in a chunk, in a table or in the list, one byte too many, and nothing is restored", async () => {
    const { path } = await take(world.settings, folder);
    const place = await newPlace(scope, {});
    const [chunk] = await chunkFiles();
    const chunkFile = join(chunk?.parentPath ?? "", chunk?.name ?? "");
    const changed = (bytes: Buffer) => bytes.map((byte, index) => (index === 15 ? byte ^ 1 : byte));
    for (const [file, change, said] of [
      [chunkFile, changed, /damaged: the chunk/],
      [chunkFile, (bytes: Buffer) => Buffer.concat([bytes, Buffer.from("x")]), /damaged: the chunk/],
      [join(path, "tables", "journal.jsonl"), changed, /damaged: the table/],
      [join(path, "content.jsonl"), changed, /damaged: the list of content/],
    ] as const) {
      const bytes = await readFile(file);
      await writeFile(file, change(bytes));
      await assert.rejects(bring(place, folder, { without: true }), said);
      await writeFile(file, bytes);
    }
    // A row that is another one, though its file is what the manifest says.
    const [rows, manifest] = [join(path, "tables", "organisations.jsonl"), join(path, "manifest.json")];
    const [before, told] = [await readFile(rows, "utf8"), await readFile(manifest, "utf8")];
    const after = before.replace("Elsewhere", "Somewhere");
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    assert.ok(after !== before && told.includes(sha256(before)));
    await writeFile(rows, after);
    await writeFile(manifest, told.replace(sha256(before), sha256(after)));
    await assert.rejects(
      bring(await newPlace(scope, {}), folder, { without: true }),
      /organisations did not arrive as it was/,
    );
    await writeFile(rows, before);
    await writeFile(manifest, told);
    const report = await bring(place, folder, { without: true });
    assert.equal(report.settled, null);
    assert.deepEqual(report.verdicts, []);
  });

  test("Q6: a register that knows other back-ups, and not this one, is not its register", async () => {
    const other = await createWorld(scope);
    await take(other.settings, join(await newFolder(scope), "back-ups"));
    await take(world.settings, folder);
    const place = { ...(await newPlace(scope, {})), PLI_DESTROYED: join(other.dataFolder, "destroyed") };
    await assert.rejects(bring(place, folder), /without-register/);
  });

  test("Q6, Z8: what was not ended after all lives again, and a keyring keeps the last way to unlock it", async () => {
    const { envelopeId, grants } = await sendBlindly(world, world.owner, link);
    const slot = { slotId: randomBytes(16).toString("base64url"), kind: "recovery", name: "R" };
    const keyring = {
      kemPublic: randomBytes(1216).toString("base64url"),
      signPublic: randomBytes(32).toString("base64url"),
      slots: [{ ...slot, wrappedSeed: randomBytes(60).toString("base64url") }],
    };
    assert.ok((await world.owner.call("PUT", "/api/v1/me/keyring", { json: keyring })).status < 300);
    await take(world.settings, folder);
    const at = world.now();
    await world.server.services.destroyed.note([
      { at, envelope: envelopeId, how: "revoked" },
      { at, kept: envelopeId },
      { at, slot: slot.slotId, member: world.owner.memberId },
    ]);
    const place = { ...(await newPlace(scope, {})), PLI_DESTROYED: join(world.dataFolder, "destroyed") };
    const { settled, verdicts: said } = await bring(place, folder);
    assert.deepEqual([settled?.slotsKept, said], [1, []]);
    const server = await serve(scope, place);
    const { grantId, verifier } = grants[0] ?? assert.fail("no grant");
    const path = `/api/v1/grants/${grantId}/openings`;
    assert.equal((await createPerson(server.origin).call("POST", path, { json: { verifier } })).status, 200);
    await server.close();
  });

  test("Q6, Z8: what is destroyed while the back-up is made does not come back, though no register is there", async () => {
    const { envelopeId } = await sendBlindly(world, world.owner, link);
    let isRevoked = false;
    const made = await on(world.settings, ({ services, ...rest }) => {
      const { blobs } = services;
      const listChunks: typeof blobs.listChunks = async (id) => {
        if (id === envelopeId && !isRevoked) {
          isRevoked = true;
          assert.equal((await world.owner.call("POST", `/api/v1/envelopes/${id}/revoke`)).status, 204);
          await contentGone(world, id);
        }
        return await blobs.listChunks(id);
      };
      const watched = { ...rest, services: { ...services, blobs: { ...blobs, listChunks } } };
      return backUp(watched, { to: folder, keep: 7, withKey: false, progress: quiet });
    });
    assert.deepEqual([isRevoked, made.gone, made.missing], [true, 1, []]);
    const place = await newPlace(scope, {});
    assert.deepEqual((await bring(place, folder, { without: true })).verdicts, []);
    await on(place, async ({ services }) => {
      const rows = services.db.read.selectFrom("grants").select("wrapped_key").where("envelope_id", "=", envelopeId);
      assert.deepEqual(
        (await rows.execute()).map((row) => row.wrapped_key),
        [null],
      );
    });
  });

  test("Q6: an older one by its name; a place that is used is refused", async () => {
    const [oldest] = await backUps();
    assert.ok(oldest !== undefined);
    const place = await newPlace(scope, {});
    await assert.rejects(bring(place, folder, { name: "20200101T000000000Z" }), /There are: /);
    const { manifest } = await bring(place, folder, { name: oldest, without: true });
    assert.equal(manifest.name, oldest);
    const before = await readRows(world);
    await assert.rejects(bring(world.settings, folder), /not empty/);
    assert.deepEqual(await readRows(world), before);
  });

  test("Q6: a server refuses to serve what a restore has not finished, in words", async () => {
    const place = await newPlace(scope, {});
    await on(place, ({ services }) => services.db.write((tx) => markCopying(tx, "back-up of another day")));
    await assert.rejects(serve(scope, place), /Run the same command again/);
    await assert.rejects(bring(place, folder, { without: true }), /Something else is being copied/);
    await on(place, ({ services }) => services.db.write((tx) => markFinished(tx)));
    await bring(place, folder, { without: true });
    await (await serve(scope, place)).close();
  });
});
