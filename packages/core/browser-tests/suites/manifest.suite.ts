/** Z3: the manifest; Z16: the commitment; Z17: our vectors and a whole envelope. */
import fc from "fast-check";
import { fromBase64url, fromUtf8, toBase64url, utf8 } from "../../src/bytes.ts";
import type { ErrorCode } from "../../src/errors.ts";
import {
  decodeManifest,
  deriveGrantKeys,
  encodeManifest,
  type Manifest,
  openBytes,
  paddedBytes,
  parseLink,
  plainBytes,
  unwrapContentKey,
} from "../../src/sealing/index.ts";
import { computeCommitment } from "../../src/verify.ts";
import { LIMITS } from "../../src/wire/limits.ts";
import { digestIs, flipped, type Harness, ok, refused, same } from "../harness.ts";
import { makeVectors } from "../make-vectors.ts";
import { vectors } from "../vectors.ts";

const FULL = vectors.manifest.cases[0]?.manifest as Manifest;
const asBytes = (value: unknown) => utf8(JSON.stringify(value));

function anyManifest(): fc.Arbitrary<Manifest> {
  const text = (most: number) =>
    fc
      .string({ maxLength: most, unit: "grapheme" })
      .map((value) => value.slice(0, most))
      .filter((value) => value.isWellFormed());
  const someText = (most: number) => text(most).filter((value) => value.length > 0);
  const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase64url);
  return fc.record({
    v: fc.constant(1 as const),
    kind: fc.constantFrom("message" as const, "reply" as const),
    subject: text(200),
    body: fc.record({ html: text(3000), text: text(3000) }),
    from: fc.record({ name: text(100), address: someText(100) }),
    to: fc.array(
      fc.record(
        { name: text(50), address: someText(100), type: fc.constantFrom("to" as const, "cc" as const) },
        { requiredKeys: ["address", "type"] },
      ),
      { maxLength: 5 },
    ),
    createdAt: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date("2999-01-01") })
      .map((date) => date.toISOString()),
    attachments: fc
      .array(
        fc.record({
          name: someText(100),
          mediaType: text(50),
          sizeBytes: fc.maxSafeNat(),
          sha256: digest,
          parts: fc.integer({ min: 1, max: 3 }),
        }),
        { maxLength: 4 },
      )
      .map((items) => {
        let part = 0;
        return items.map((item) => ({ ...item, parts: Array.from({ length: item.parts }, () => ++part) }));
      }),
  });
}

export function manifestSuite({ crypto, test }: Harness): void {
  test("Z17: making our vectors again gives the published ones", async () => {
    const made = await makeVectors(crypto);
    const { sealed, own, slots, manifest, commitment, envelope, secrets, receipts } = vectors;
    const ours = { sealed, own, slots, manifest, commitment, envelope, secrets, receipts };
    same(Object.keys(made), Object.keys(ours), "files");
    for (const [name, published] of Object.entries(ours)) {
      ok(JSON.stringify(made[name]) === JSON.stringify(published), `vectors/${name}.json is what this code makes`);
    }
  });

  for (const vector of vectors.manifest.cases) {
    test(`Z3: manifest vector ${vector.name}`, async () => {
      const manifest = (vector.manifest ?? {
        ...(vectors.manifest.cases[1]?.manifest as Manifest),
        body: { html: "", text: "é".repeat(40_000) },
      }) as Manifest;
      const bytes = encodeManifest(manifest);
      same(bytes.length, vector.encodedBytes, "size");
      await digestIs(crypto, bytes, vector.encodedSha256, "bytes");
      same(decodeManifest(bytes), manifest, "decoded");
    });
  }

  for (const { change, code } of vectors.manifest.mustBeRefused) {
    test(`Z3: refused: ${JSON.stringify(change)} (${code})`, async () => {
      await refused(code as ErrorCode, () => decodeManifest(asBytes({ ...FULL, ...change })), "decoded");
      const wrong = { ...FULL, ...change } as unknown as Manifest;
      await refused("bad_input", () => encodeManifest(wrong), "encoded");
    });
  }

  test("Z3: refused: every field missing, and every field of another type", async () => {
    const optional = new Set(["replyKey", "inReplyTo"]);
    for (const field of Object.keys(FULL)) {
      const { [field as keyof Manifest]: _gone, ...rest } = FULL;
      if (optional.has(field)) decodeManifest(asBytes(rest));
      else await refused("integrity", () => decodeManifest(asBytes(rest)), `without ${field}`);
      for (const other of [null, true, -1, {}, ["x"]]) {
        await refused(
          "integrity",
          () => decodeManifest(asBytes({ ...FULL, [field]: other })),
          `${field} as ${JSON.stringify(other)}`,
        );
      }
    }
    const [attachment] = FULL.attachments;
    for (const change of [
      { parts: [] },
      { parts: [0] },
      { parts: [1, 1] },
      { parts: [1.5] },
      { name: "" },
      { sizeBytes: -1 },
      { sha256: "AA" },
      { mediaType: 5 },
    ]) {
      const attachments = [{ ...attachment, ...change }];
      await refused("integrity", () => decodeManifest(asBytes({ ...FULL, attachments })), JSON.stringify(change));
    }
    await refused(
      "integrity",
      () => decodeManifest(asBytes({ ...FULL, attachments: [attachment, attachment] })),
      "a part twice",
    );
  });

  test("Z3: refused: one more than every bound, read or written; what is just within is taken", async () => {
    const [attachment] = FULL.attachments;
    const file = (change: object) => ({ attachments: [{ ...attachment, ...change }] });
    const long = (length: number) => "x".repeat(length);
    const many = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
    const people = (count: number) => ({ to: many(count).map((n) => ({ address: `p${n}@x.example`, type: "to" })) });
    const name = LIMITS.nameCharacters * 2;
    const address = LIMITS.addressCharacters;
    const { partsPerEnvelope: parts, recipients } = LIMITS;
    for (const [within, beyond] of [
      [{ subject: long(1000) }, { subject: long(1001) }],
      [{ body: { html: "", text: long(1_000_000) } }, { body: { html: "", text: long(1_000_001) } }],
      [{ from: { name: long(name), address: "a" } }, { from: { name: long(name + 1), address: "a" } }],
      [{ from: { name: "", address: long(address) } }, { from: { name: "", address: long(address + 1) } }],
      [people(recipients), people(recipients + 1)],
      [file({ name: long(1024) }), file({ name: long(1025) })],
      [file({ mediaType: long(255) }), file({ mediaType: long(256) })],
      [file({ parts: many(parts) }), file({ parts: many(parts + 1) })],
      [
        file({}),
        {
          attachments: [
            { ...attachment, parts: many(parts) },
            { ...attachment, parts: [parts + 1] },
          ],
        },
      ],
      [{ inReplyTo: long(128) }, { inReplyTo: long(129) }],
    ]) {
      const what = JSON.stringify(beyond).slice(0, 60);
      decodeManifest(asBytes({ ...FULL, ...within }));
      await refused("integrity", () => decodeManifest(asBytes({ ...FULL, ...beyond })), what);
      await refused("bad_input", () => encodeManifest({ ...FULL, ...beyond } as Manifest), what);
    }
    const padded = (bytes: number) => asBytes({ ...FULL, pad: " ".repeat(bytes) });
    const most = plainBytes(LIMITS.manifestBytes) - padded(0).length;
    decodeManifest(padded(most));
    await refused("integrity", () => decodeManifest(padded(most + 1)), "more than travels in one chunk");
  });

  test("Z3: refused: what is not JSON, not UTF-8, not an object, or too big", async () => {
    for (const bytes of [
      new Uint8Array(0),
      utf8("{"),
      utf8("[]"),
      utf8("null"),
      new Uint8Array([0x22, 0xff, 0x22]),
      new Uint8Array(8 * 1024 * 1024),
    ]) {
      await refused("integrity", () => decodeManifest(bytes), `${bytes.length} bytes`);
    }
    const huge: Manifest = { ...FULL, body: { html: "x".repeat(8 * 1024 * 1024), text: "" } };
    await refused("bad_input", () => encodeManifest(huge), "a huge body");
    const manyBytes: Manifest = { ...FULL, body: { html: "é".repeat(5_000_000), text: "" } };
    await refused("limit_reached", () => encodeManifest(manyBytes), "a body of too many bytes");
  });

  test("Z3: unknown fields are ignored, an unknown restriction is the strictest, a prototype brings nothing", () => {
    const [attachment] = FULL.attachments;
    const newer = { ...FULL, mood: "good", attachments: [{ ...attachment, colour: 1, restriction: "no-screenshots" }] };
    same(decodeManifest(asBytes(newer)), FULL, "manifest");
    same(decodeManifest(utf8(JSON.stringify(FULL).replace("{", '{"__proto__":{"subject":"x"},'))), FULL, "prototype");
  });

  test("Z3: padding hides the exact size of short texts", () => {
    const sizeOf = (text: string) =>
      encodeManifest({ ...FULL, replyKey: FULL.replyKey as string, body: { html: "", text } }).length;
    same(sizeOf("Oui"), sizeOf(`Non, pas du tout. ${"Jamais. ".repeat(20)}`), "short texts");
    same(
      [paddedBytes(1), paddedBytes(2048), paddedBytes(2049), paddedBytes(65_536)],
      [2048, 2048, 4096, 65_536],
      "classes",
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8_000_000 }), (size) => {
        const padded = paddedBytes(size);
        ok(padded >= size && paddedBytes(padded) === padded, "never smaller, and a class of its own");
        ok(size < 65_536 || padded <= size * 1.12, "at most 12 % more");
      }),
    );
  });

  test("Z3: property: manifests come back, in a size class", () => {
    fc.assert(
      fc.property(anyManifest(), (manifest) => {
        const bytes = encodeManifest(manifest);
        same(bytes.length, paddedBytes(bytes.length), "size class");
        const back = decodeManifest(bytes);
        same(Object.keys(back).length, Object.keys(manifest).length, "fields");
        same(encodeManifest(back).join() === bytes.join(), true, "the same bytes again");
        same(
          back.subject + back.body.text + back.to.length,
          manifest.subject + manifest.body.text + manifest.to.length,
          "values",
        );
      }),
      { numRuns: 60 },
    );
  });

  for (const [index, vector] of vectors.commitment.cases.entries()) {
    test(`Z16: commitment vector ${index + 1}, and no other order or number of parts`, async () => {
      const digests = vector.digests.map((digest) => fromBase64url(digest));
      const commitment = async (list: readonly Uint8Array[]) =>
        toBase64url(await computeCommitment(list, crypto.sha256));
      same(await commitment(digests), vector.commitment, "commitment");
      const [first, ...rest] = digests as [Uint8Array, ...Uint8Array[]];
      const others = [
        [flipped(first, 0), ...rest],
        [...digests, first],
        ...(rest.length > 0 ? [rest, [...rest, first]] : []),
      ];
      for (const other of others) ok((await commitment(other)) !== vector.commitment, "another commitment");
    });
  }

  test("Z16: refused: no digest, or one of another length", async () => {
    await refused("bad_input", () => computeCommitment([], crypto.sha256), "none");
    await refused("bad_input", () => computeCommitment([new Uint8Array(31)], crypto.sha256), "short");
  });

  test("Z17: the envelope vector opens from its link and password alone", async () => {
    const { link, password, grant, parts, manifest, fileText, commitment } = vectors.envelope;
    const { grantId, linkSecret } = parseLink(link);
    const { passwordParams, wrappedKey, verifierSha256 } = grant;
    const { kek, verifier } = await deriveGrantKeys(crypto, { grantId, linkSecret, password, passwordParams });
    same(toBase64url(await crypto.sha256(fromBase64url(verifier))), verifierSha256, "verifier");
    const contentKey = await unwrapContentKey(crypto, { grantId, kek, wrappedKey });
    const [sealedManifest, sealedFile] = parts.map((part) => fromBase64url(part)) as [Uint8Array, Uint8Array];
    const opened = decodeManifest(await openBytes(crypto, { contentKey, part: 0 }, sealedManifest));
    same(opened, manifest, "manifest");
    const file = await openBytes(crypto, { contentKey, part: 1 }, sealedFile);
    same(fromUtf8(file), fileText, "file");
    same(toBase64url(await crypto.sha256(file)), opened.attachments[0]?.sha256, "digest");
    const digests = [await crypto.sha256(sealedManifest), await crypto.sha256(sealedFile)];
    same(toBase64url(await computeCommitment(digests, crypto.sha256)), commitment, "commitment");
  });
}
