/** The injected primitives against known answers: both providers must be the same functions. */
import { concatBytes, fromBase64url, toBase64url, toHex, utf8 } from "../../src/bytes.ts";
import { flipped, type Harness, ok, refused, same, sameBytes } from "../harness.ts";

const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export function primitivesSuite({ crypto, test }: Harness): void {
  test("Z2: SHA-256 whole and in pieces (FIPS 180-4 example)", async () => {
    const expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    same(toHex(await crypto.sha256(utf8("abc"))), expected, "whole");
    const hash = await crypto.createSha256();
    hash.update(utf8("a"));
    hash.update(new Uint8Array(0));
    hash.update(utf8("bc"));
    same(toHex(hash.digest()), expected, "in pieces");
    const [a, b] = [await crypto.createSha256(), await crypto.createSha256()];
    a.update(utf8("abc"));
    b.update(utf8("other"));
    same(toHex(a.digest()), expected, "two at once");
  });

  test("Z2: HKDF-SHA256 (RFC 5869 A.3, empty salt and info; A.1 by its parts)", async () => {
    const input = new Uint8Array(22).fill(0x0b);
    const okm = await crypto.hkdfSha256(input, new Uint8Array(0), "", 42);
    same(toHex(okm), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8", "A.3");
  });

  test("Z2: AES-256-GCM (NIST test case 16) in every way of calling it", async () => {
    const key = fromHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    const nonce = fromHex("cafebabefacedbaddecaf888");
    const plaintext = fromHex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    );
    const associatedData = fromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const sealed = fromHex(
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" +
        "76fc6ece0f4e1768cddf8853bb2d551b",
    );
    const aead = await crypto.aes256Gcm(key);
    sameBytes(await aead.seal(nonce, plaintext, associatedData), sealed, "sealed");
    sameBytes(await aead.open(nonce, sealed, associatedData), plaintext, "opened");
    await refused("integrity", () => aead.open(nonce, sealed), "without associated data");
    await refused("integrity", () => aead.open(nonce, sealed.subarray(0, 15), associatedData), "shorter than a tag");

    const big = crypto.randomBytes(200_000 % 65_536).length;
    for (const size of [0, 1, 16, big, 262_128]) {
      const bytes = new Uint8Array(size).map((_, index) => index);
      const whole = await aead.seal(nonce, bytes);
      const target = new Uint8Array(size + 40);
      same(await aead.sealInto(nonce, bytes, target.subarray(8)), size + 16, "written");
      sameBytes(target.subarray(8, size + 24), whole, "the same bytes in place");
      ok(
        target.subarray(0, 8).every((byte) => byte === 0) && target.subarray(size + 24).every((byte) => byte === 0),
        "nothing beside",
      );
      same(await aead.openInto(nonce, whole, target), size, "read");
      sameBytes(target.subarray(0, size), bytes, "opened in place");
      target.fill(0);
      await refused("integrity", () => aead.openInto(nonce, flipped(whole, size), target), "a changed tag");
      ok(
        target.every((byte) => byte === 0),
        "nothing unauthenticated stays",
      );
    }
    await refused("bad_input", () => crypto.aes256Gcm(key.subarray(1)), "a short key");
  });

  test("Z6: Argon2id is version 1.3", async () => {
    const cost = { memoryKiB: 19_456, passes: 2, lanes: 1 };
    const hash = await crypto.argon2id(
      fromBase64url("w6l0w6kt8J-UkS1BQg"),
      fromBase64url("FhSyuLuIWSIs05Wgt3C3Tw"),
      cost,
    );
    same(toBase64url(hash), "UApSqdRpQDWXDYKGiLuhwzNrQbiLLvTMClY3NnB1Q-0", "hash");
  });

  test("Z1: random bytes have the length asked for, memory of their own, and differ", () => {
    const [a, b] = [crypto.randomBytes(32), crypto.randomBytes(32)];
    same([a.length, a.buffer.byteLength, concatBytes(a, b).length], [32, 32, 64], "lengths");
    ok(toHex(a) !== toHex(b), "they differ");
  });
}
