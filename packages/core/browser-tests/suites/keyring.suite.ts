/** Z9, Z12, Z13: keyrings and sealing to them. */
import { concatBytes, fromBase64url, toBase64url, toHex } from "../../src/bytes.ts";
import {
  asSeed,
  createSeed,
  deriveKeyring,
  ENC_BYTES,
  INFO_REPLY,
  INFO_SELF,
  keyringFingerprint,
  openSealed,
  sealTo,
} from "../../src/sealing/index.ts";
import { flipped, type Harness, refused, same, sameBytes, withRandomness } from "../harness.ts";
import { vectors } from "../vectors.ts";

export function keyringSuite({ crypto, test }: Harness): void {
  for (const vector of vectors.keyring.cases) {
    test(`Z9, Z12: keyring vector ${vector.name}`, async () => {
      const keys = await deriveKeyring(crypto, asSeed(fromBase64url(vector.seed)));
      same(toBase64url(keys.kemPrivate), vector.kemPrivate, "decapsulation key");
      same(toBase64url(keys.kemPublic), vector.kemPublic, "public key");
      same(toHex(await crypto.sha256(keys.kemPublic)), vector.kemPublicSha256, "digest");
      same([toBase64url(keys.signSeed), toBase64url(keys.signPublic)], [vector.signSeed, vector.signPublic], "signing");
      const { info, associatedData, enc, ciphertext, plaintext } = vector.sealed;
      const sealed = concatBytes(fromBase64url(enc), fromBase64url(ciphertext));
      const { kemPrivate } = keys;
      same(toBase64url(await openSealed(crypto, { kemPrivate, info, associatedData, sealed })), plaintext, "opened");
      const again = await sealTo(crypto, {
        publicKey: keys.kemPublic,
        info,
        associatedData,
        plaintext: fromBase64url(plaintext),
      });
      same(again.length, sealed.length, "size");
      same(
        toBase64url(await openSealed(crypto, { kemPrivate, info, associatedData, sealed: again })),
        plaintext,
        "again",
      );
    });
  }

  for (const vector of vectors.sealed.cases) {
    test(`Z12, Z13: sealed vector ${vector.name}`, async () => {
      const { kemPrivate, kemPublic } = await deriveKeyring(crypto, asSeed(fromBase64url(vectors.sealed.seed)));
      const { info, associatedData } = vector;
      const random = withRandomness(crypto, fromBase64url(vector.encapsulationSeed));
      const plaintext = fromBase64url(vector.plaintext);
      const sealed = await sealTo(random, { publicKey: kemPublic, info, associatedData, plaintext });
      same(toBase64url(sealed), vector.sealed, "sealed");
      sameBytes(await openSealed(crypto, { kemPrivate, info, associatedData, sealed }), plaintext, "opened");
    });
  }

  test("Z12, Z13: refused: any part of the sealed bytes, another purpose, id or key", async () => {
    const { kemPrivate, kemPublic } = await deriveKeyring(crypto, createSeed(crypto));
    const message = { info: INFO_SELF, associatedData: "envelope" };
    const sealed = await sealTo(crypto, { ...message, publicKey: kemPublic, plaintext: crypto.randomBytes(32) });
    const right = { ...message, kemPrivate, sealed };
    same((await openSealed(crypto, right)).length, 32, "opens as it is");
    // Of ML-KEM's ciphertext, of X25519's public value (its ignored top bit too), of the ciphertext, of the tag.
    for (const index of [
      0,
      500,
      1087,
      1088,
      ENC_BYTES - 1,
      ENC_BYTES,
      ENC_BYTES + 31,
      sealed.length - 16,
      sealed.length - 1,
    ]) {
      for (const bit of [0, 7]) {
        await refused(
          "integrity",
          () => openSealed(crypto, { ...right, sealed: flipped(sealed, index, bit) }),
          `byte ${index}`,
        );
      }
    }
    for (const other of [
      new Uint8Array(0),
      sealed.subarray(0, ENC_BYTES),
      sealed.subarray(0, -1),
      concatBytes(sealed, new Uint8Array(1)),
    ]) {
      await refused("integrity", () => openSealed(crypto, { ...right, sealed: other }), "length");
    }
    await refused("integrity", () => openSealed(crypto, { ...right, info: INFO_REPLY }), "purpose");
    await refused("integrity", () => openSealed(crypto, { ...right, associatedData: "envelope2" }), "id");
    await refused("integrity", () => openSealed(crypto, { ...right, kemPrivate: flipped(kemPrivate, 31) }), "key");
    await refused(
      "bad_input",
      () => openSealed(crypto, { ...right, kemPrivate: kemPrivate.subarray(1) }),
      "key's length",
    );
    const plaintext = new Uint8Array(1);
    await refused(
      "bad_input",
      () => sealTo(crypto, { ...message, publicKey: kemPublic.subarray(1), plaintext }),
      "public key",
    );
    const outOfField = kemPublic.slice().fill(0xff, 0, 384);
    await refused(
      "bad_input",
      () => sealTo(crypto, { ...message, publicKey: outOfField, plaintext }),
      "ML-KEM's key check",
    );
  });

  test("Z13: views of longer memory seal and open like memory of their own", async () => {
    const { kemPrivate, kemPublic } = await deriveKeyring(crypto, createSeed(crypto));
    const view = (bytes: Uint8Array) =>
      concatBytes(new Uint8Array(7), bytes, new Uint8Array(5)).subarray(7, 7 + bytes.length);
    const message = { info: INFO_REPLY, associatedData: "a" };
    const plaintext = crypto.randomBytes(32);
    const sealed = await sealTo(crypto, { ...message, publicKey: view(kemPublic), plaintext: view(plaintext) });
    const opened = await openSealed(crypto, { ...message, kemPrivate: view(kemPrivate), sealed: view(sealed) });
    sameBytes(opened, plaintext, "opened");
  });

  test("Z11: a fingerprint is short, stable and differs with the key", async () => {
    const vector = vectors.keyring.cases[0] as (typeof vectors.keyring.cases)[number];
    const kemPublic = fromBase64url(vector.kemPublic);
    same(await keyringFingerprint(crypto, kemPublic), "af79 9583 b0d2 15e3 e923", "fingerprint");
    same(
      (await keyringFingerprint(crypto, flipped(kemPublic, 0))) === "af79 9583 b0d2 15e3 e923",
      false,
      "another key",
    );
  });
}
