/** Z10: key slots; M3: generated passphrases. */
import fc from "fast-check";
import { fromBase64url, toBase64url } from "../../src/bytes.ts";
import {
  ARGON2_LEAST,
  asSeed,
  createDeviceSlot,
  createPassphraseSlot,
  createRecoverySlot,
  createSeed,
  generatePassphrase,
  type KeySlot,
  type KeySlotKind,
  openDeviceSlot,
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
    const { passphrase, recovery, device } = vector;
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
    const longer = await generatePassphrase(crypto, { words: 6, language: "en" });
    same([longer.text.split("-").length, longer.entropyBits], [11, 82], "six words");
    const texts = new Set<string>();
    for (let i = 0; i < 50; i++) texts.add((await generatePassphrase(crypto, { language: "fr" })).text);
    same(texts.size, 50, "all differ");
  });
}
