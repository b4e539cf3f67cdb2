/** S1: one-time secrets. */
import fc from "fast-check";
import { concatBytes, fromBase64url, toBase64url, utf8 } from "../../src/bytes.ts";
import {
  ARGON2_LEAST,
  deriveGrantKeys,
  newContentKey,
  openSecret,
  parseLink,
  type SealedSecret,
  sealSecret,
  unwrapContentKey,
} from "../../src/sealing/index.ts";
import { LIMITS } from "../../src/wire/limits.ts";
import { flipped, type Harness, ok, refused, same } from "../harness.ts";
import { vectors } from "../vectors.ts";

export function secretsSuite({ crypto, test }: Harness): void {
  async function reveal(secret: Omit<SealedSecret, "linkSecret"> & { linkSecret: string }, password?: string) {
    const { grantId, linkSecret, passwordParams, wrappedKey, content } = secret;
    const protection = passwordParams && { passwordParams, ...(password !== undefined && { password }) };
    const { kek } = await deriveGrantKeys(crypto, { grantId, linkSecret, ...protection });
    const contentKey = await unwrapContentKey(crypto, { grantId, kek, wrappedKey });
    return await openSecret(crypto, { secretId: grantId, contentKey, content });
  }

  for (const { name, link, password, secret, text } of vectors.secrets.cases) {
    test(`S1: secret vector ${name}`, async () => {
      const { linkSecret, grantId } = parseLink(link, "s");
      same(grantId, secret.grantId, "id");
      same(await reveal({ ...secret, linkSecret } as SealedSecret, password), text, "text");
      await refused("bad_link", () => parseLink(link), "not a message's link");
    });
  }

  test("S1: property: any text comes back, and its length is hidden within a class", async () => {
    const sizes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 300, unit: "grapheme" }), async (text) => {
        const secret = await sealSecret(crypto, { text });
        sizes.add(fromBase64url(secret.content).length);
        same(await reveal(secret), text, "text");
      }),
      { numRuns: 20 },
    );
    ok(sizes.size <= 3, "few sizes");
  });

  test("S1: every change is refused, and a secret under another id", async () => {
    const secret = await sealSecret(crypto, { text: "Zebra", password: "pw", argon2: ARGON2_LEAST });
    same(await reveal(secret, "pw"), "Zebra", "text");
    const bytes = fromBase64url(secret.content);
    for (const at of [0, 11, 12, 40, bytes.length - 1]) {
      const content = toBase64url(flipped(bytes, at));
      await refused("integrity", () => reveal({ ...secret, content }, "pw"), `byte ${at}`);
    }
    for (const content of ["", "AAAA", toBase64url(bytes.subarray(0, 27)), toBase64url(bytes.subarray(0, 900))]) {
      await refused("integrity", () => reveal({ ...secret, content }, "pw"), "cut");
    }
    const other = await sealSecret(crypto, { text: "Zebra" });
    await refused("integrity", () => reveal({ ...other, content: secret.content }), "another's content");
    await refused("integrity", () => reveal(secret, "Pw"), "another password");
  });

  test("S1: refused: a newer version, no secret at all, and more than a secret may have, though rightly sealed", async () => {
    const secretId = toBase64url(crypto.randomBytes(16));
    const contentKey = newContentKey(crypto);
    const id = fromBase64url(secretId);
    const aead = await crypto.aes256Gcm(await crypto.hkdfSha256(contentKey, id, "pli/1/secret", 32));
    const open = async (plain: string) => {
      const nonce = crypto.randomBytes(12);
      const content = toBase64url(concatBytes(nonce, await aead.seal(nonce, utf8(plain), id)));
      return await openSecret(crypto, { secretId, contentKey, content });
    };
    same(await open('{"v":1,"text":"Zebra","mood":"good"}'), "Zebra", "an unknown field");
    await refused("unsupported_version", () => open('{"v":2,"text":"Zebra"}'), "a newer version");
    for (const plain of ["", "[]", '{"v":1}', '{"v":1,"text":""}', '{"text":"Zebra"}']) {
      await refused("integrity", () => open(plain), plain);
    }
    const filled = (bytes: number) => '{"v":1,"text":"Zebra"}'.padEnd(bytes);
    same(await open(filled(LIMITS.secretPlainBytes)), "Zebra", "the longest");
    await refused("integrity", () => open(filled(LIMITS.secretPlainBytes + 1)), "one more");
  });

  test("S1: no text, a lone surrogate and a text too long are refused", async () => {
    await refused("bad_input", () => sealSecret(crypto, { text: "" }), "empty");
    await refused("bad_input", () => sealSecret(crypto, { text: "a\ud800" }), "lone surrogate");
    const frame = '{"v":1,"text":"","pad":""}'.length;
    const longest = "x".repeat(LIMITS.secretPlainBytes - frame);
    same(await reveal(await sealSecret(crypto, { text: longest })), longest, "the longest");
    await refused("limit_reached", () => sealSecret(crypto, { text: `${longest}x` }), "one more");
  });
}
