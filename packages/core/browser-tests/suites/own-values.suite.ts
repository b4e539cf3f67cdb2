/** Z12: what a sender keeps of an envelope, each value sealed alone under the envelope's one sender key. */
import { concatBytes, fromBase64url, toBase64url } from "../../src/bytes.ts";
import {
  asSenderKey,
  createSeed,
  deriveKeyring,
  INFO_REPLY,
  newContentKey,
  newSenderKey,
  type OwnPlace,
  openOwn,
  openSenderKey,
  sealOwn,
  sealSenderKey,
  sealTo,
} from "../../src/sealing/index.ts";
import { flipped, type Harness, refused, same, sameBytes, withRandomness } from "../harness.ts";
import { vectors } from "../vectors.ts";

const ENVELOPE = "01K5ENVELOPE";
const PLACES: readonly OwnPlace[] = [
  { envelopeId: ENVELOPE, purpose: "key" },
  { envelopeId: ENVELOPE, purpose: "summary" },
  { envelopeId: ENVELOPE, purpose: "link", grantId: "grant-1" },
  { envelopeId: ENVELOPE, purpose: "link", grantId: "grant-2" },
  // The other's id where this one's would be: an envelope is not a grant.
  { envelopeId: ENVELOPE, purpose: "link", grantId: ENVELOPE },
  { envelopeId: "01K5OTHER", purpose: "key" },
  { envelopeId: "01K5OTHER", purpose: "summary" },
  { envelopeId: "01K5OTHER", purpose: "link", grantId: "grant-1" },
];

export function ownValuesSuite({ crypto, test }: Harness): void {
  const senderKey = asSenderKey(fromBase64url(vectors.own.senderKey));
  for (const vector of vectors.own.cases) {
    test(`Z12: own value vector ${vector.name}`, async () => {
      const { envelopeId, purpose, grantId } = vector as OwnPlace;
      const place = { envelopeId, purpose, ...(grantId !== undefined && { grantId }) };
      const value = fromBase64url(vector.value);
      const random = withRandomness(crypto, fromBase64url(vector.nonce));
      same(toBase64url(await sealOwn(random, senderKey, place, value)), vector.sealed, "sealed");
      sameBytes(await openOwn(crypto, senderKey, place, fromBase64url(vector.sealed)), value, "opened");
    });
  }

  test("Z12: a value opens at its own place, and at no other envelope, grant or purpose", async () => {
    const key = newSenderKey(crypto);
    const value = newContentKey(crypto);
    for (const [from, place] of PLACES.entries()) {
      const sealed = await sealOwn(crypto, key, place, value);
      for (const [to, other] of PLACES.entries()) {
        if (from === to) sameBytes(await openOwn(crypto, key, other, sealed), value, "at its place");
        else await refused("integrity", () => openOwn(crypto, key, other, sealed), `${from} at ${to}`);
      }
      await refused("integrity", () => openOwn(crypto, newSenderKey(crypto), place, sealed), "another sender key");
    }
  });

  test("Z12: any bit of an own value flipped, any byte more or less is refused", async () => {
    const key = newSenderKey(crypto);
    const place: OwnPlace = { envelopeId: ENVELOPE, purpose: "link", grantId: "grant-1" };
    const sealed = await sealOwn(crypto, key, place, newContentKey(crypto));
    same(sealed.length, 60, "size");
    for (let index = 0; index < sealed.length; index++) {
      await refused("integrity", () => openOwn(crypto, key, place, flipped(sealed, index, index % 8)), `byte ${index}`);
    }
    for (const other of [
      new Uint8Array(0),
      sealed.subarray(0, 12),
      sealed.subarray(0, 27),
      sealed.subarray(0, -1),
      concatBytes(sealed, new Uint8Array(1)),
    ]) {
      await refused("integrity", () => openOwn(crypto, key, place, other), `${other.length} bytes`);
    }
  });

  test("Z12: the same value is never sealed to the same bytes, and a place without its grant is no place", async () => {
    const key = newSenderKey(crypto);
    const place: OwnPlace = { envelopeId: ENVELOPE, purpose: "key" };
    const value = newContentKey(crypto);
    const [one, two] = [await sealOwn(crypto, key, place, value), await sealOwn(crypto, key, place, value)];
    same(toBase64url(one) === toBase64url(two), false, "twice the same bytes");
    await refused(
      "bad_input",
      () => sealOwn(crypto, key, { ...place, purpose: "link" }, value),
      "link without a grant",
    );
    await refused("bad_input", () => sealOwn(crypto, key, { ...place, grantId: "grant-1" }, value), "key of a grant");
  });

  test("Z12: the sender key opens with its sender's keyring, for its envelope, as what it is", async () => {
    const { kemPrivate, kemPublic: publicKey } = await deriveKeyring(crypto, createSeed(crypto));
    const other = await deriveKeyring(crypto, createSeed(crypto));
    const envelopeId = ENVELOPE;
    const sealed = await sealSenderKey(crypto, { publicKey, envelopeId, senderKey });
    same(sealed.length, 1168, "size");
    sameBytes(await openSenderKey(crypto, { kemPrivate, envelopeId, sealed }), senderKey, "opened");
    const wrong = [
      { kemPrivate: other.kemPrivate, envelopeId, sealed },
      { kemPrivate, envelopeId: "01K5OTHER", sealed },
      { kemPrivate, envelopeId, sealed: flipped(sealed, 600) },
      { kemPrivate, envelopeId, sealed: flipped(sealed, 1167) },
    ];
    for (const [index, one] of wrong.entries())
      await refused("integrity", () => openSenderKey(crypto, one), `${index}`);
    // A reply's key is sealed to the same keyring by somebody else: it must not pass for a sender key, nor one of another length.
    const message = { publicKey, info: INFO_REPLY, associatedData: envelopeId, plaintext: senderKey };
    const reply = await sealTo(crypto, message);
    await refused("integrity", () => openSenderKey(crypto, { kemPrivate, envelopeId, sealed: reply }), "a reply's key");
    const short = await sealTo(crypto, { ...message, info: "pli/1/self", plaintext: senderKey.subarray(1) });
    await refused("integrity", () => openSenderKey(crypto, { kemPrivate, envelopeId, sealed: short }), "31 bytes");
  });
}
