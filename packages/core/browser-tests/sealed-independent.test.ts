/**
 * Our sealed vectors and own values by another road: X-Wing of @noble/post-quantum, HPKE's key schedule (RFC 9180, sections 4 and 5.1)
 * written out over node:crypto. Shares no line with the product.
 */
import assert from "node:assert/strict";
import { createDecipheriv, createHash, createHmac, hkdfSync } from "node:crypto";
import { test } from "node:test";
import { ml_kem768_x25519 as XWing } from "@noble/post-quantum/hybrid.js";
import { vectors } from "./vectors.ts";

const ENC_BYTES = 1120;
const bytes = (base64url: string) => Buffer.from(base64url, "base64url");
const u16 = (number: number) => Buffer.from([number >> 8, number & 255]);
const HPKE = Buffer.from("HPKE-v1");
/** "HPKE" ‖ KEM X-Wing ‖ KDF HKDF-SHA256 ‖ AEAD AES-256-GCM */
const SUITE = Buffer.concat([Buffer.from("HPKE"), u16(0x647a), u16(1), u16(2)]);

function extract(salt: Uint8Array, label: string, input: Uint8Array): Buffer {
  return createHmac("sha256", salt)
    .update(Buffer.concat([HPKE, SUITE, Buffer.from(label), input]))
    .digest();
}

function expand(key: Uint8Array, label: string, info: Uint8Array, lengthBytes: number): Buffer {
  const labeled = Buffer.concat([u16(lengthBytes), HPKE, SUITE, Buffer.from(label), info]);
  // One block is enough: HKDF-Expand's first block is HMAC(key, info ‖ 1).
  return createHmac("sha256", key)
    .update(Buffer.concat([labeled, Buffer.from([1])]))
    .digest()
    .subarray(0, lengthBytes);
}

const seed = bytes(vectors.sealed.seed);
const kemPrivate = Buffer.from(hkdfSync("sha256", seed, new Uint8Array(0), "pli/1/keyring/kem", 32));
const { publicKey, secretKey } = XWing.keygen(kemPrivate);

test("Z9: a second implementation of X-Wing derives the same public key", () => {
  assert.equal(kemPrivate.toString("base64url"), vectors.sealed.kemPrivate);
  assert.equal(createHash("sha256").update(publicKey).digest("hex"), vectors.sealed.kemPublicSha256);
});

for (const vector of vectors.sealed.cases) {
  test(`Z12, Z13: sealed vector ${vector.name} opens by a second implementation`, () => {
    const sealed = bytes(vector.sealed);
    const again = XWing.encapsulate(publicKey, bytes(vector.encapsulationSeed));
    assert.deepEqual(Buffer.from(again.cipherText), sealed.subarray(0, ENC_BYTES));
    const shared = XWing.decapsulate(sealed.subarray(0, ENC_BYTES), secretKey);

    const none = new Uint8Array(0);
    const pskIdHash = extract(none, "psk_id_hash", none);
    const infoHash = extract(none, "info_hash", Buffer.from(vector.info));
    const context = Buffer.concat([Buffer.from([0]), pskIdHash, infoHash]);
    const secret = extract(shared, "secret", none);
    const key = expand(secret, "key", context, 32);
    const nonce = expand(secret, "base_nonce", context, 12);

    const decipher = createDecipheriv("aes-256-gcm", key, nonce);
    decipher.setAAD(Buffer.from(vector.associatedData)).setAuthTag(sealed.subarray(-16));
    const plaintext = Buffer.concat([decipher.update(sealed.subarray(ENC_BYTES, -16)), decipher.final()]);
    assert.equal(plaintext.toString("base64url"), vector.plaintext);
  });
}

for (const vector of vectors.own.cases) {
  test(`Z12: own value vector ${vector.name} opens by node:crypto alone`, () => {
    const info = `pli/1/self/${vector.purpose}`;
    const key = Buffer.from(hkdfSync("sha256", bytes(vectors.own.senderKey), Buffer.from(vector.envelopeId), info, 32));
    const sealed = bytes(vector.sealed);
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
    decipher.setAAD(Buffer.from(vector.grantId ?? vector.envelopeId)).setAuthTag(sealed.subarray(-16));
    const value = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    assert.equal(value.toString("base64url"), vector.value);
  });
}
