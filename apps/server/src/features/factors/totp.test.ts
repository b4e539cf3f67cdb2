/** Codes of an app against the vectors of RFC 6238, appendix B (SHA-1), and base32 against those of RFC 4648. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { base32, totpCode, totpStep, totpUri } from "./totp.ts";

const SECRET = Buffer.from("12345678901234567890");

test("A2: the codes are those of RFC 6238", () => {
  for (const [seconds, code] of [
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ] as const) {
    assert.equal(totpCode(SECRET, Math.floor(seconds / 30), 8), code);
    assert.equal(totpCode(SECRET, Math.floor(seconds / 30)), code.slice(2));
  }
  for (const [text, encoded] of [
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ] as const) {
    assert.equal(base32(Buffer.from(text)), encoded);
  }
});

test("A2: property: a code counts within one step of its own, once, and never after a later one", () => {
  const at = fc.integer({ min: 10, max: 200_000_000 });
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      at,
      fc.integer({ min: -4, max: 4 }),
      (secret, step, away) => {
        const nowMs = step * 30_000 + 12_345;
        const code = totpCode(secret, step + away);
        // Another step of the window may have the same digits, once in a million.
        const same = [-1, 0, 1].filter((one) => totpCode(secret, step + one) === code);
        const found = totpStep(secret, code, nowMs, 0);
        assert.equal(found, same.length === 0 ? null : step + (same[0] as number));
        assert.equal(totpStep(secret, code, nowMs, step + 1), null);
      },
    ),
  );
  for (const odd of ["", "12345", "1234567", "abcdef", "１２３４５６"])
    assert.equal(totpStep(SECRET, odd, Date.now(), 0), null);
});

test("A2: the address for the app's QR code says whose code it is, whatever the names", () => {
  const uri = new URL(totpUri(SECRET, "Ville d’Aubrelune: été", "a+b@c.example"));
  assert.equal(uri.protocol, "otpauth:");
  assert.equal(uri.searchParams.get("secret"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  assert.equal(uri.searchParams.get("issuer"), "Ville d’Aubrelune: été");
  assert.ok(uri.href.includes("Ville%20d%E2%80%99Aubrelune%3A%20%C3%A9t%C3%A9:a%2Bb%40c.example"));
});
