/** Z5 to Z7: grants and links. */
import fc from "fast-check";
import { concatBytes, fromBase64url, toBase64url, utf8 } from "../../src/bytes.ts";
import {
  ARGON2_LEAST,
  asContentKey,
  createGrant,
  deriveGrantKeys,
  formatLink,
  newContentKey,
  type PasswordParams,
  parseLink,
  stretchPassword,
  unwrapContentKey,
} from "../../src/sealing/index.ts";
import { flipped, type Harness, ok, refused, same, sameBytes, withRandomness } from "../harness.ts";
import { vectors } from "../vectors.ts";

const argon2 = ARGON2_LEAST;

export function grantsSuite({ crypto, test }: Harness): void {
  for (const vector of vectors.grant.cases) {
    const protection =
      vector.password === undefined
        ? {}
        : { password: vector.password.text, passwordParams: vector.password.argon2id satisfies PasswordParams };

    test(`Z6, Z7: grant vector ${vector.name}`, async () => {
      const { grantId, linkSecret, wrappedKey } = vector;
      if (vector.password !== undefined) {
        same(toBase64url(utf8(vector.password.text.normalize("NFKC"))), vector.password.normalisedUtf8, "normalised");
        const hash = await stretchPassword(crypto, vector.password.text, vector.password.argon2id);
        same(toBase64url(hash), vector.password.hash, "Argon2id");
      }
      const { kek, verifier } = await deriveGrantKeys(crypto, { grantId, linkSecret, ...protection });
      same([toBase64url(kek), verifier], [vector.kek, vector.verifier], "KEK and verifier");
      same(toBase64url(await crypto.sha256(fromBase64url(verifier))), vector.verifierSha256, "verifier's digest");
      const contentKey = await unwrapContentKey(crypto, { grantId, kek, wrappedKey });
      same(toBase64url(contentKey), vector.contentKey, "content key");
    });

    test(`Z6: making grant vector ${vector.name} again gives the same bytes`, async () => {
      const salt = vector.password === undefined ? [] : [fromBase64url(vector.password.argon2id.salt)];
      const values = [
        fromBase64url(vector.grantId),
        fromBase64url(vector.linkSecret),
        ...salt,
        fromBase64url(vector.nonce),
      ];
      const { memoryKiB, passes, lanes } = vector.password?.argon2id ?? argon2;
      const grant = await createGrant(withRandomness(crypto, ...values), {
        contentKey: asContentKey(fromBase64url(vector.contentKey)),
        ...(vector.password === undefined
          ? {}
          : { password: vector.password.text, argon2: { memoryKiB, passes, lanes } }),
      });
      same([grant.wrappedKey, grant.verifierSha256], [vector.wrappedKey, vector.verifierSha256], "wire values");
      same(formatLink("https://pli.example", grant.grantId, grant.linkSecret), vector.link, "link");
      same(grant.passwordParams !== undefined, vector.password !== undefined, "parameters");
    });
  }

  test("Z6: refused: any byte of the wrapped key, the id, the KEK; another length", async () => {
    const { grantId, linkSecret, wrappedKey } = await createGrant(crypto, { contentKey: newContentKey(crypto) });
    const { kek } = await deriveGrantKeys(crypto, { grantId, linkSecret });
    const wrapped = fromBase64url(wrappedKey);
    for (let index = 0; index < wrapped.length; index++) {
      const other = toBase64url(flipped(wrapped, index, index % 8));
      await refused("integrity", () => unwrapContentKey(crypto, { grantId, kek, wrappedKey: other }), `byte ${index}`);
    }
    for (const other of ["", toBase64url(wrapped.subarray(1)), `${wrappedKey}AA`, `${wrappedKey.slice(0, -1)}=`]) {
      await refused("integrity", () => unwrapContentKey(crypto, { grantId, kek, wrappedKey: other }), "length");
    }
    const otherId = toBase64url(flipped(fromBase64url(grantId), 15));
    await refused("integrity", () => unwrapContentKey(crypto, { grantId: otherId, kek, wrappedKey }), "id");
    await refused("integrity", () => unwrapContentKey(crypto, { grantId, kek: flipped(kek, 0), wrappedKey }), "KEK");
  });

  test("Z7: another password, link secret, id or cost gives another verifier", async () => {
    const contentKey = newContentKey(crypto);
    const grant = await createGrant(crypto, { contentKey, password: "été", argon2 });
    const { grantId, linkSecret, passwordParams } = grant;
    ok(passwordParams !== undefined, "parameters are there");
    if (passwordParams === undefined) return;
    const right = { grantId, linkSecret: linkSecret as string, password: "été", passwordParams };
    const { kek, verifier } = await deriveGrantKeys(crypto, { ...right, password: "e\u0301te\u0301" });
    same(toBase64url(await crypto.sha256(fromBase64url(verifier))), grant.verifierSha256, "decomposed accents");
    sameBytes(await unwrapContentKey(crypto, { ...grant, kek }), contentKey, "content key");
    const changed = (text: string) => toBase64url(flipped(fromBase64url(text), 3));
    for (const wrong of [
      { ...right, password: "ete" },
      { ...right, password: "été " },
      { ...right, linkSecret: changed(linkSecret) },
      { ...right, grantId: changed(grantId) },
      { ...right, passwordParams: { ...passwordParams, passes: 3 } },
      { ...right, passwordParams: { ...passwordParams, memoryKiB: 19_457 } },
      { ...right, passwordParams: { ...passwordParams, salt: changed(passwordParams.salt) } },
      { grantId, linkSecret },
    ]) {
      const other = await deriveGrantKeys(crypto, wrong);
      ok(other.verifier !== verifier, "another verifier");
      await refused("integrity", () => unwrapContentKey(crypto, { ...grant, kek: other.kek }), "another KEK");
    }
  });

  test("Z6: refused: Argon2id cheaper than 19 MiB and 2 passes, dearer than 256 MiB and 8 passes, other lanes", async () => {
    const { grantId, linkSecret } = await createGrant(crypto, { contentKey: newContentKey(crypto) });
    const fine: PasswordParams = { salt: toBase64url(new Uint8Array(16)), ...argon2 };
    for (const change of [
      { memoryKiB: 19_455 },
      { memoryKiB: 262_145 },
      { memoryKiB: 65_536.5 },
      { memoryKiB: Number.NaN },
      { passes: 1 },
      { passes: 9 },
      { lanes: 0 },
      { lanes: 2 },
      { salt: "AAAA" },
      { salt: "" },
    ]) {
      const wrong = { grantId, linkSecret, password: "x", passwordParams: { ...fine, ...change } };
      await refused("bad_input", () => deriveGrantKeys(crypto, wrong), JSON.stringify(change));
    }
    const contentKey = newContentKey(crypto);
    await refused(
      "bad_input",
      () => createGrant(crypto, { contentKey, password: "x", argon2: { ...argon2, passes: 1 } }),
      "made",
    );
    await refused("bad_input", () => createGrant(crypto, { contentKey, password: "" }), "an empty password");
    await refused("bad_input", () => deriveGrantKeys(crypto, { grantId, linkSecret, password: "x" }), "no parameters");
    await refused(
      "bad_input",
      () => deriveGrantKeys(crypto, { grantId, linkSecret, passwordParams: fine }),
      "no password",
    );
  });

  test("Z5: a link comes back however it is pasted", () => {
    const { link, grantId, linkSecret } = vectors.grant.cases[0] as (typeof vectors.grant.cases)[number];
    const expected = { origin: "https://pli.example", grantId, linkSecret };
    for (const pasted of [
      link,
      `  ${link}\n`,
      `<${link}>`,
      ` <${link}> `,
      link.replace("#", "/#"),
      link.replace("#", "?utm=1#"),
    ]) {
      same(parseLink(pasted), expected, "link");
    }
    same(parseLink(`${link.slice(0, 40)}\r\n${link.slice(40)}`), expected, "a link broken by a mail program");
    same(
      parseLink(link.replace("https://pli.example", "http://localhost:8080")).origin,
      "http://localhost:8080",
      "origin",
    );
  });

  test("Z5: refused: what is not a link, or was cut off", async () => {
    const { link } = vectors.grant.cases[0] as (typeof vectors.grant.cases)[number];
    for (const wrong of [
      "",
      "hello",
      "https://pli.example",
      link.split("#")[0] as string,
      `${link.split("#")[0]}#`,
      link.slice(0, -1),
      `${link}A`,
      link.replace("/o/", "/p/"),
      link.replace("https:", "javascript:"),
      link.replace("https:", "ftp:"),
      link.replace("https://", "https://user:word@"),
      link.replace(/.#/, "#"),
      link.replace(/.$/, "="),
    ]) {
      await refused("bad_link", () => parseLink(wrong), "a wrong link");
    }
  });

  test("Z5: property: links come back", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (id, secret) => {
          const [grantId, linkSecret] = [toBase64url(id), toBase64url(secret)];
          const link = formatLink("https://pli.example:8443", grantId, linkSecret);
          same(parseLink(link), { origin: "https://pli.example:8443", grantId, linkSecret }, "link");
        },
      ),
    );
  });

  test("Z5: fresh randomness every time", async () => {
    const contentKey = newContentKey(crypto);
    const [a, b] = [await createGrant(crypto, { contentKey }), await createGrant(crypto, { contentKey })];
    ok(a.grantId !== b.grantId && a.linkSecret !== b.linkSecret && a.wrappedKey !== b.wrappedKey, "all differ");
    same(
      concatBytes(fromBase64url(a.grantId), fromBase64url(a.linkSecret), fromBase64url(a.wrappedKey)).length,
      108,
      "sizes",
    );
  });
}
