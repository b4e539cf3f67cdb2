/** M16: the receipt of a reply. */
import fc from "fast-check";
import { concatBytes, fromBase64url, fromUtf8, toBase64url, utf8 } from "../../src/bytes.ts";
import {
  ARGON2_LEAST,
  asContentKey,
  openBytes,
  openReceipt,
  RECEIPT_BYTES_MOST,
  type Receipt,
  sealBytes,
  sealReceipt,
} from "../../src/sealing/index.ts";
import type { CryptoProvider } from "../../src/sealing/provider.ts";
import { LIMITS } from "../../src/wire/limits.ts";
import { flipped, type Harness, ok, refused, same, sameBytes } from "../harness.ts";
import { vectors } from "../vectors.ts";

const DIGEST = toBase64url(new Uint8Array(32));
const RECEIPT: Receipt = {
  v: 1,
  origin: "https://pli.example",
  envelopeId: "01hreply",
  inReplyTo: "01hmessage",
  createdAt: "2026-11-23T10:00:00.000Z",
  sentAt: "2026-11-23T10:00:01.000Z",
  commitment: DIGEST,
  from: { name: "Anna", address: "anna@courriel.example" },
  to: [{ name: "", address: "claire@mairie.example" }],
  subject: "Re: Zebra",
  text: "Zebra",
  files: [{ name: "plan.pdf", sizeBytes: 3, sha256: DIGEST }],
};

export function receiptsSuite({ crypto, test }: Harness): void {
  /** The stretching alone is replaced, by something quick that depends on the same: it has suites of its own. */
  const quick: CryptoProvider = {
    ...crypto,
    argon2id: (password, salt, { memoryKiB, passes, lanes }) =>
      crypto.sha256(concatBytes(password, salt, utf8(`${memoryKiB} ${passes} ${lanes}`))),
  };
  const sealed = () => sealReceipt(quick, RECEIPT, { password: "pw", argon2: ARGON2_LEAST });

  for (const { name, password, receipt, file } of vectors.receipts.cases) {
    test(`M16: receipt vector ${name}`, async () => {
      const bytes = fromBase64url(file);
      same(await openReceipt(crypto, bytes, password), receipt, "what it says");
      await refused("wrong_password", () => openReceipt(crypto, bytes, `${password} `), "another password");
    });
  }

  test("M16: a receipt opens by its password, the real stretching included, and by no other", async () => {
    const file = await sealReceipt(crypto, RECEIPT, { password: "Caf\u00e9", argon2: ARGON2_LEAST });
    same(await openReceipt(crypto, file, "Cafe\u0301"), RECEIPT, "the same text in another form");
    await refused("wrong_password", () => openReceipt(crypto, file, "Cafe"), "another password");
    await refused("bad_input", () => openReceipt(crypto, file, ""), "none");
    await refused("bad_input", () => sealReceipt(crypto, RECEIPT, { password: "" }), "no password");
  });

  test("M16: a receipt is sealed as it is written down: whoever keeps one opens it by later versions, too", async () => {
    const file = await sealed();
    sameBytes(file.slice(0, 14), utf8("pli/1/receipt\n"), "its name");
    const salt = file.slice(14, 30);
    sameBytes(file.slice(30, 42), new Uint8Array([0, 0, 0x4c, 0, 0, 0, 0, 2, 0, 0, 0, 1]), "its cost");
    const key = await crypto.hkdfSha256(
      await quick.argon2id(utf8("pw"), salt, ARGON2_LEAST),
      salt,
      "pli/1/receipt",
      32,
    );
    const place = { contentKey: asContentKey(key), part: 0 };
    same(JSON.parse(fromUtf8(await openBytes(crypto, place, file.slice(42)))), RECEIPT, "what it says");
    const newer = await sealBytes(crypto, place, utf8(JSON.stringify({ ...RECEIPT, v: 2 })));
    const next = concatBytes(file.slice(0, 42), newer);
    await refused("unsupported_version", () => openReceipt(quick, next, "pw"), "what a later version says");
  });

  test("M16: property: whatever was said comes back, and its words are not in the file", async () => {
    const line = fc.string({ maxLength: 40, unit: "grapheme" });
    const file = fc.record({
      name: fc.string({ minLength: 1, maxLength: 40 }),
      sizeBytes: fc.nat(),
      sha256: fc.constant(DIGEST),
    });
    const said = fc.record({ subject: line, text: line, files: fc.array(file, { maxLength: 5 }) });
    await fc.assert(
      fc.asyncProperty(said, async (fields) => {
        const receipt = { ...RECEIPT, ...fields };
        const bytes = await sealReceipt(quick, receipt, { password: "pw" });
        same(await openReceipt(quick, bytes, "pw"), receipt, "the receipt");
        ok(!new TextDecoder("latin1").decode(bytes).includes("courriel"), "sealed");
      }),
      { numRuns: 30 },
    );
  });

  test("M16: every flipped bit, every shorter and every longer file is refused", async () => {
    const file = await sealed();
    const openAnyhow = async (bytes: Uint8Array, what: string) => {
      try {
        await openReceipt(quick, bytes, "pw");
      } catch (error) {
        const code = (error as { code?: string }).code ?? "";
        return ok(["wrong_password", "bad_input", "unsupported_version"].includes(code), `${what}: ${String(error)}`);
      }
      throw new Error(`opened: ${what}`);
    };
    for (let at = 0; at < file.length; at++) {
      for (let bit = 0; bit < 8; bit++) await openAnyhow(flipped(file, at, bit), `byte ${at}, bit ${bit}`);
    }
    for (const length of [0, 1, 13, 14, 30, 42, 82, 98, file.length - 1]) {
      await openAnyhow(file.slice(0, length), `${length} bytes`);
    }
    await openAnyhow(concatBytes(file, new Uint8Array(1)), "one byte more");
  });

  test("M16: a newer receipt says so; a cost that no device should pay, and what is no receipt, are refused before any work", async () => {
    const file = await sealed();
    const never: CryptoProvider = { ...crypto, argon2id: () => Promise.reject(new Error("worked")) };
    const newer = concatBytes(utf8("pli/2/receipt\n"), file.slice(14));
    await refused("unsupported_version", () => openReceipt(never, newer, "pw"), "newer");
    const dear = file.slice();
    new DataView(dear.buffer).setUint32(30, 4 * 1024 * 1024);
    await refused("bad_input", () => openReceipt(never, dear, "pw"), "4 GiB of memory");
    const wide = file.slice();
    new DataView(wide.buffer).setUint32(38, 2);
    await refused("bad_input", () => openReceipt(never, wide, "pw"), "two lanes");
    const endless = new Uint8Array(RECEIPT_BYTES_MOST + 1);
    endless.set(file);
    await refused("bad_input", () => openReceipt(never, endless, "pw"), "more than there can be");
    const [person] = RECEIPT.to;
    const [attached] = RECEIPT.files;
    const crowd = { ...RECEIPT, to: Array(LIMITS.recipients + 1).fill(person) };
    const toAll = await sealReceipt(quick, crowd, { password: "pw" });
    same(await openReceipt(quick, toAll, "pw"), crowd, "the sender and all the others");
    await refused("bad_input", () => openReceipt(never, utf8("x".repeat(500)), "pw"), "no receipt");
    for (const wrong of [
      { ...RECEIPT, commitment: "short" },
      { ...RECEIPT, commitment: "!".repeat(43) },
      { ...RECEIPT, to: [...crowd.to, person] },
      { ...RECEIPT, files: Array(LIMITS.partsPerEnvelope + 1).fill(attached) },
      { ...RECEIPT, sentAt: "yesterday" },
      { ...RECEIPT, text: "a\ud800" },
      { ...RECEIPT, to: [{ name: "", address: "" }] },
    ]) {
      await refused("bad_input", () => sealReceipt(quick, wrong, { password: "pw" }), JSON.stringify(wrong));
    }
  });
}
