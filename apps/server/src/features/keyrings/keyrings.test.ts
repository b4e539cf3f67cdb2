/** Keyrings and their slots, through the doors of a real server. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { Account, Keyring, KeySlot } from "@pli/core/wire";
import type { Person } from "../../testing/http.ts";
import { onBothProfiles } from "../../testing/profiles.ts";

const text = (lengthBytes: number) => randomBytes(lengthBytes).toString("base64url");
const argon2 = () => ({ salt: text(16), memoryKiB: 65_536, passes: 3, lanes: 1 });
const slot = (kind: KeySlot["kind"] = "device"): KeySlot => ({
  slotId: text(16),
  kind,
  name: `My ${kind}`,
  wrappedSeed: text(60),
  ...(kind === "passphrase" ? { argon2: argon2() } : {}),
  ...(kind === "passkey" ? { credentialId: text(32) } : {}),
});
const keyring = (...slots: KeySlot[]) => ({ kemPublic: text(1216), signPublic: text(32), slots });
const PATH = "/api/v1/me/keyring";
const read = async (person: Person) => (await person.call("GET", PATH)).json<Keyring>();

onBothProfiles(({ createWorld }) => {
  test("Z9: a keyring is made once and read back as it was given", async (t) => {
    const { owner, colleague } = await createWorld(t);
    assert.equal((await owner.call("GET", PATH)).code, "not_found");
    const made = keyring(slot("passphrase"), slot("passkey"));
    assert.equal((await owner.call("PUT", PATH, { json: made })).status, 201);
    const back = await read(owner);
    assert.equal(back.kemPublic, made.kemPublic);
    for (const one of made.slots) {
      const kept = back.slots.find(({ slotId }) => slotId === one.slotId);
      assert.deepEqual({ ...kept, createdAt: undefined }, { ...one, createdAt: undefined });
    }
    assert.equal((await owner.call("PUT", PATH, { json: keyring(slot()) })).code, "already_exists");
    assert.equal((await read(owner)).kemPublic, made.kemPublic);
    assert.equal((await colleague.call("GET", PATH)).code, "not_found");
    const account = (await owner.call("GET", "/api/v1/me")).json<Account>();
    assert.deepEqual(account.keyring, { kemPublic: made.kemPublic, signPublic: made.signPublic, hasRecovery: false });
    assert.equal(account.welcome.keyring, false);
  });

  test("Z9: ten devices that make the keyring at once make one", async (t) => {
    const { owner } = await createWorld(t);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => owner.call("PUT", PATH, { json: keyring(slot(), slot()) })),
    );
    assert.equal(answers.filter((answer) => answer.status === 201).length, 1);
    assert.equal((await read(owner)).slots.length, 2);
  });

  test("Z10: slots are added, renamed and removed, at most 20, and the last one stays", async (t) => {
    const { owner } = await createWorld(t);
    const first = slot("passphrase");
    await owner.call("PUT", PATH, { json: keyring(first) });
    const recovery = slot("recovery");
    assert.equal((await owner.call("POST", `${PATH}/slots`, { json: recovery })).status, 201);
    assert.equal((await owner.call("POST", `${PATH}/slots`, { json: recovery })).code, "already_exists");
    assert.equal((await owner.call("GET", "/api/v1/me")).json<Account>().keyring?.hasRecovery, true);
    assert.equal(
      (await owner.call("PATCH", `${PATH}/slots/${recovery.slotId}`, { json: { name: "In the safe" } })).status,
      204,
    );
    assert.equal((await read(owner)).slots.find(({ slotId }) => slotId === recovery.slotId)?.name, "In the safe");
    for (let count = 2; count < 20; count++)
      assert.equal((await owner.call("POST", `${PATH}/slots`, { json: slot() })).status, 201);
    const refused = await owner.call("POST", `${PATH}/slots`, { json: slot() });
    assert.equal(refused.code, "limit_reached");
    assert.equal(refused.json<{ details: { limit: number } }>().details.limit, 20);
    const { slots } = await read(owner);
    for (const { slotId } of slots.slice(1))
      assert.equal((await owner.call("DELETE", `${PATH}/slots/${slotId}`)).status, 204);
    assert.equal((await owner.call("DELETE", `${PATH}/slots/${slots[0]?.slotId}`)).code, "last_slot");
    assert.equal((await read(owner)).slots.length, 1);
    assert.equal((await owner.call("DELETE", `${PATH}/slots/${text(16)}`)).code, "not_found");
  });

  test("Z10: removing all slots at once leaves one", async (t) => {
    const { owner } = await createWorld(t);
    const slots = Array.from({ length: 8 }, () => slot());
    await owner.call("PUT", PATH, { json: keyring(...slots) });
    const answers = await Promise.all(slots.map(({ slotId }) => owner.call("DELETE", `${PATH}/slots/${slotId}`)));
    assert.equal(answers.filter((answer) => answer.status === 204).length, 7);
    assert.equal(answers.filter((answer) => answer.code === "last_slot").length, 1);
    assert.equal((await read(owner)).slots.length, 1);
  });

  test("Z9, Q10: keys of the wrong length, weak stretching and doubled slots are refused", async (t) => {
    const { owner } = await createWorld(t);
    const twice = slot();
    for (const json of [
      { ...keyring(slot()), kemPublic: text(1215) },
      { ...keyring(slot()), signPublic: `${text(31)}=` },
      keyring(),
      keyring(twice, twice),
      keyring(...Array.from({ length: 21 }, () => slot())),
      keyring({ ...slot(), wrappedSeed: text(59) }),
      keyring({ ...slot(), slotId: text(15) }),
      keyring({ ...slot(), name: "" }),
      keyring({ ...slot("device"), argon2: argon2() }),
      keyring({ ...slot("device"), credentialId: text(32) }),
      keyring({ ...slot("passkey"), credentialId: text(1024) }),
      keyring({ ...slot(), kind: "passkey" }),
      keyring({ ...slot("passphrase"), argon2: { ...argon2(), memoryKiB: 19 * 1024 - 1 } }),
      keyring({ ...slot("passphrase"), argon2: { ...argon2(), passes: 1 } }),
      { ...keyring(slot()), seed: text(32) },
    ]) {
      const answer = await owner.call("PUT", PATH, { json });
      assert.equal(answer.code, "bad_input", JSON.stringify(json).slice(-200));
    }
    assert.equal((await owner.call("GET", PATH)).code, "not_found", "nothing half stored");
  });
});
