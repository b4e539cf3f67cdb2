/** Z10: key slots; M3: generated passphrases. */
import fc from "fast-check";
import { fromBase64url, toBase64url } from "../../src/bytes.ts";
import {
  ARGON2_LEAST,
  asSeed,
  createDeviceSlot,
  createPasskeySlot,
  createPassphraseSlot,
  createRecoverySlot,
  createSeed,
  generatePassphrase,
  type KeySlot,
  type KeySlotKind,
  openDeviceSlot,
  openPasskeySlot,
  openPassphraseSlot,
  openRecoverySlot,
} from "../../src/sealing/index.ts";
import { recoverySecrets, recoveryWords } from "../../src/sealing/recovery-words.ts";
import { flipped, type Harness, ok, refused, same, sameBytes } from "../harness.ts";
import { vectors } from "../vectors.ts";

const argon2 = ARGON2_LEAST;
const asSlot = (slot: { slotId: string; kind: string; name: string; wrappedSeed: string }): KeySlot => ({
  ...slot,
  kind: slot.kind as KeySlotKind,
});

export function slotsSuite({ crypto, test }: Harness): void {
  const vector = vectors.slots;
  const seed = asSeed(fromBase64url(vector.seed));

  test("Z10: slot vectors open", async () => {
    const { passphrase, recovery, device, passkey } = vector;
    sameBytes(
      await openPassphraseSlot(crypto, { slot: asSlot(passphrase.slot), passphrase: passphrase.text }),
      seed,
      "passphrase",
    );
    for (const words of [recovery.words.en, recovery.words.fr, recovery.hex]) {
      sameBytes(await openRecoverySlot(crypto, { slot: asSlot(recovery.slot), words }), seed, "recovery");
    }
    const deviceKey = await crypto.aes256Gcm(fromBase64url(device.deviceKey));
    sameBytes(await openDeviceSlot(crypto, { slot: asSlot(device.slot), deviceKey }), seed, "device");
    const prf = fromBase64url(passkey.prf);
    sameBytes(await openPasskeySlot(crypto, { slot: asSlot(passkey.slot), prf }), seed, "passkey");
  });

  test("Z10: a recovery code opens however it is typed", async () => {
    const slot = asSlot(vector.recovery.slot);
    const { en, fr } = vector.recovery.words;
    const numbered = en.split(" ").map((word, index) => `${index + 1}. ${word}`);
    for (const words of [
      en.toUpperCase(),
      `  ${en.replaceAll(" ", "\n  ")} `,
      en.replaceAll(" ", "-"),
      numbered.join("\n"),
      en.split(" "),
      en.split(" ").map((word) => word.slice(0, 4)),
      fr.normalize("NFD"),
      fr.normalize("NFD").replace(/\p{M}/gu, ""),
      fr.toUpperCase(),
      vector.recovery.hex.toUpperCase(),
      vector.recovery.hex.replace(/(.{4})/g, "$1 "),
    ]) {
      sameBytes(await openRecoverySlot(crypto, { slot, words }), seed, "seed");
    }
  });

  test("Z10: refused: wrong words, words in another order, too few, another code", async () => {
    const slot = asSlot(vector.recovery.slot);
    const words = vector.recovery.words.en.split(" ");
    const other = await createRecoverySlot(crypto, { seed, name: "other", language: "en" });
    for (const wrong of [
      "",
      words.slice(1),
      [...words, "abandon"],
      [words[1] as string, words[0] as string, ...words.slice(2)],
      ["zzzz", ...words.slice(1)],
      other.words,
      other.hex,
      vector.recovery.hex.slice(1),
    ]) {
      await refused("wrong_password", () => openRecoverySlot(crypto, { slot, words: wrong }), "a wrong code");
    }
  });

  for (const language of ["en", "fr", "fr-BE", "de"]) {
    test(`Z10: a new recovery code in ${language} opens by words and by digits`, async () => {
      const fresh = createSeed(crypto);
      const { slot, words, hex } = await createRecoverySlot(crypto, { seed: fresh, name: "Kit", language });
      same([slot.kind, slot.name, words.length, hex.length], ["recovery", "Kit", 15, 40], "shape");
      sameBytes(await openRecoverySlot(crypto, { slot, words }), fresh, "by words");
      sameBytes(await openRecoverySlot(crypto, { slot, words: hex }), fresh, "by digits");
    });
  }

  test("Z10: refused: a wrong passphrase, and any field of a passphrase slot", async () => {
    const fresh = createSeed(crypto);
    const passphrase = "Ça va être dur";
    const slot = await createPassphraseSlot(crypto, { seed: fresh, passphrase, name: "P", argon2 });
    const open = (change: Partial<KeySlot>, text = passphrase) =>
      openPassphraseSlot(crypto, { slot: { ...slot, ...change }, passphrase: text });
    sameBytes(await open({}, passphrase.normalize("NFD")), fresh, "decomposed");
    sameBytes(await open({ name: "renamed" }), fresh, "renamed");
    await refused("wrong_password", () => open({}, "ca va etre dur"), "passphrase");
    await refused("bad_input", () => open({}, ""), "empty");
    const wrapped = fromBase64url(slot.wrappedSeed);
    for (const index of [0, 11, 12, 43, 44, wrapped.length - 1]) {
      await refused(
        "wrong_password",
        () => open({ wrappedSeed: toBase64url(flipped(wrapped, index)) }),
        `byte ${index}`,
      );
    }
    await refused("integrity", () => open({ wrappedSeed: "AAAA" }), "length");
    await refused("wrong_password", () => open({ slotId: toBase64url(crypto.randomBytes(16)) }), "slot id");
    await refused("bad_input", () => open({ kind: "recovery" }), "kind");
    const params = slot.argon2;
    if (params === undefined) throw new Error("a passphrase slot has parameters");
    await refused("wrong_password", () => open({ argon2: { ...params, passes: 3 } }), "passes");
    await refused("bad_input", () => open({ argon2: { ...params, passes: 1 } }), "too cheap");
    await refused("bad_input", () => open({ argon2: { ...params, memoryKiB: 2 ** 30 } }), "too dear");
    const { argon2: _params, ...without } = slot;
    await refused("bad_input", () => openPassphraseSlot(crypto, { slot: without, passphrase }), "no parameters");
  });

  test("Z10: a device slot opens on its device only", async () => {
    const fresh = createSeed(crypto);
    const usages: KeyUsage[] = ["encrypt", "decrypt"];
    const newKey = () => globalThis.crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, usages);
    const deviceKey = await newKey();
    const slot = await createDeviceSlot(crypto, { seed: fresh, name: "Firefox", deviceKey });
    sameBytes(await openDeviceSlot(crypto, { slot, deviceKey }), fresh, "here");
    const other = await newKey();
    await refused("integrity", () => openDeviceSlot(crypto, { slot, deviceKey: other }), "elsewhere");
    const changed = { ...slot, slotId: toBase64url(crypto.randomBytes(16)) };
    await refused("integrity", () => openDeviceSlot(crypto, { slot: changed, deviceKey }), "slot id");
  });

  test("Z10: property: a passkey slot opens with its own authenticator's answer only, and with no field changed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => bytes.some((byte) => byte !== 0)),
        fc.nat(59),
        fc.nat(31),
        async (prf, wrappedAt, prfAt) => {
          const fresh = createSeed(crypto);
          const slot = await createPasskeySlot(crypto, { seed: fresh, name: "Phone", credentialId: "AQID", prf });
          same([slot.kind, slot.name, slot.credentialId], ["passkey", "Phone", "AQID"], "shape");
          const open = (change: Partial<KeySlot>, answer: Uint8Array = prf) =>
            openPasskeySlot(crypto, { slot: { ...slot, ...change }, prf: answer });
          sameBytes(await open({}), fresh, "its own");
          sameBytes(await open({ name: "renamed", credentialId: "BAUG" }), fresh, "what is not bound");
          const other = flipped(prf, prfAt);
          if (other.some((byte) => byte !== 0))
            await refused("wrong_password", () => open({}, other), "another answer");
          const wrappedSeed = toBase64url(flipped(fromBase64url(slot.wrappedSeed), wrappedAt));
          await refused("wrong_password", () => open({ wrappedSeed }), `byte ${wrappedAt}`);
          await refused("wrong_password", () => open({ slotId: toBase64url(crypto.randomBytes(16)) }), "slot id");
        },
      ),
      { numRuns: 20 },
    );
    const slot = asSlot(vector.passkey.slot);
    const prf = fromBase64url(vector.passkey.prf);
    for (const wrong of [new Uint8Array(32), prf.subarray(1), new Uint8Array(0), new Uint8Array(33).fill(1)]) {
      await refused("bad_input", () => openPasskeySlot(crypto, { slot, prf: wrong }), "no answer of the extension");
      const making = { seed, name: "P", credentialId: "AQID", prf: wrong };
      await refused("bad_input", () => createPasskeySlot(crypto, making), "none to make a slot with");
    }
    await refused("bad_input", () => openPasskeySlot(crypto, { slot: { ...slot, kind: "device" }, prf }), "kind");
  });

  test("Z10: a slot of one kind does not open as another", async () => {
    const slot = {
      ...asSlot(vector.recovery.slot),
      kind: "passphrase" as const,
      argon2: vector.passphrase.slot.argon2,
    };
    await refused(
      "wrong_password",
      () => openPassphraseSlot(crypto, { slot, passphrase: vector.recovery.hex }),
      "kind",
    );
  });

  test("Z10: property: 160 bits come back from their words in both languages", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.constantFrom("en", "fr"),
        async (secret, language) => {
          const words = await recoveryWords(secret, language);
          const found = await recoverySecrets(words.map((word) => word.slice(0, 4)).join(" "));
          ok(
            found.some((candidate) => toBase64url(candidate) === toBase64url(secret)),
            "found",
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  test("M3: a generated passphrase is readable, differs, and says its strength", async () => {
    for (const language of ["en", "fr"]) {
      const { text, entropyBits } = await generatePassphrase(crypto, { language });
      ok(/^[a-z]+(-[0-9]-[a-z]+){3}$/.test(text), "words with digits between");
      same(entropyBits, 53, "strength");
    }
    const ruled = await generatePassphrase(crypto, { language: "nl", leastCharacters: 60, capitals: true });
    for (const rule of [/^.{60,}$/, /[A-Z]/, /[a-z]/, /\d/, /-/]) ok(rule.test(ruled.text), String(rule));
    const longer = await generatePassphrase(crypto, { words: 6, language: "en" });
    same([longer.text.split("-").length, longer.entropyBits], [11, 82], "six words");
    const texts = new Set<string>();
    for (let i = 0; i < 50; i++) texts.add((await generatePassphrase(crypto, { language: "fr" })).text);
    same(texts.size, 50, "all differ");
    // As many as a uniform choice out of 2048 words and ten digits brings: of 200 words about ten come twice.
    const drawn = [...texts].flatMap((text) => text.split("-"));
    ok(new Set(drawn.filter((one) => one.length > 1)).size > 150, "words from the whole list");
    ok(new Set(drawn.filter((one) => one.length === 1)).size >= 9, "digits of all kinds");
  });
}
