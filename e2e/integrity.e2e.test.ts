/**
 * A flipped bit anywhere (Z2, Z6): in a part or the manifest on the server's disk, or in the wrapped key in its database, is refused with the
 * integrity error by the SDK, the command line and the page; nothing unauthenticated is handed out, nothing stands under its final name.
 */
import assert from "node:assert/strict";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { createTransport, getGrantInfo, openGrant, readAttachment, readManifest } from "@pli/client";
import { createCookieJar } from "@pli/client/node";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import { HEADER_BYTES, type Manifest, parseLink, SEGMENT_BYTES, TAG_BYTES } from "@pli/core/sealing";
import type { PartSummary } from "@pli/core/wire";
import { createRandom, type Random } from "./audit/random.ts";
import { loginCli, openBrowser, runCli, sendByCli, startServer, temporaryFolder } from "./harness.ts";

const SEED = Number(process.env.PLI_TEST_SEED ?? 20_261_123);
/** Three segments, the last one short. */
const FILE_BYTES = 2 * SEGMENT_BYTES + 1000;
const TEXT = "The text of the letter, which nobody may change.";

const scope = { after };
const random = createRandom(SEED);
const plain = random.bytes(FILE_BYTES);
const server = await startServer(scope);
const home = await loginCli(scope, server);
const folder = await temporaryFolder(scope, "pli-integrity");
for (const [name, content] of [
  ["one.bin", plain],
  ["two.bin", random.bytes(FILE_BYTES)],
] as const) {
  await writeFile(join(folder, name), content);
}
const sent = await sendByCli(home, [
  ...["--to", "jeanne@courriel.example", "--delivery", "link", "--openings", "99", "--subject", "Sealed"],
  ...["--text", TEXT, "--attach", join(folder, "one.bin"), "--attach", join(folder, "two.bin")],
]);
const link = sent.grants[0]?.link ?? "";

/** Where the server keeps a part of one chunk. */
async function chunkFile(part: number): Promise<string> {
  const blobs = join(server.dataFolder, "blobs");
  for (const entry of await readdir(blobs, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path.includes(sent.envelopeId) && entry.name.startsWith(`${part}-`)) return path;
  }
  throw new Error(`part ${part} is not on the disk`);
}

/** Lets `change` spoil a file, does the work, and puts things right again. */
async function withSpoilt(
  path: string,
  change: (bytes: Buffer) => Uint8Array,
  work: () => Promise<void>,
): Promise<void> {
  const whole = await readFile(path);
  await writeFile(path, change(Buffer.from(whole)));
  try {
    await work();
  } finally {
    await writeFile(path, whole);
  }
}

const flipAt = (at: number, bit: number) => (bytes: Buffer) => {
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return bytes;
};

/** Opens on a device of its own and reads everything. Tells what was handed out of the first attachment before any error. */
async function readAll(): Promise<{ given: Buffer; error: unknown; manifest: Manifest | null }> {
  const t = createTransport({ origin: server.origin, fetch, device: createCookieJar(), tries: 1 });
  const { grantId, linkSecret } = parseLink(link);
  const pieces: Buffer[] = [];
  let manifest: Manifest | null = null;
  try {
    const info = await getGrantInfo(t, grantId);
    const { opening, contentKey } = await openGrant(t, nodeCrypto, { link: { grantId, linkSecret }, info });
    manifest = await readManifest(t, nodeCrypto, { source: { grantId }, contentKey });
    const parts: readonly PartSummary[] = opening.parts;
    for (const attachment of manifest.attachments.slice(0, 1)) {
      const options = { source: { grantId }, contentKey, attachment, parts, tries: 1 };
      for await (const piece of readAttachment(t, nodeCrypto, options)) pieces.push(Buffer.from(piece));
    }
    return { given: Buffer.concat(pieces), error: null, manifest };
  } catch (error) {
    return { given: Buffer.concat(pieces), error, manifest };
  }
}

function assertRefused(read: Awaited<ReturnType<typeof readAll>>, how: string): void {
  assert.ok(read.error instanceof PliError, `${how}: ${read.error === null ? "accepted" : read.error}`);
  assert.equal(read.error.code, "integrity", how);
  assert.ok(read.given.length < FILE_BYTES, `${how}: everything was handed out`);
  assert.ok(
    read.given.equals(Buffer.from(plain).subarray(0, read.given.length)),
    `${how}: what was handed out is not what was sent`,
  );
}

/** Places in a sealed stream of `sizeBytes`, by class. */
function placesIn(sizeBytes: number, by: Random): ReadonlyMap<string, number> {
  const last = Math.floor((sizeBytes - 1) / SEGMENT_BYTES) * SEGMENT_BYTES;
  const places = new Map([
    ["header, length", 0],
    ["header, salt", by.between(1, 32)],
    ["header, nonce prefix", by.between(33, HEADER_BYTES - 1)],
    ["last segment", by.between(Math.max(last, HEADER_BYTES), sizeBytes - TAG_BYTES - 1)],
    ["last tag", by.between(sizeBytes - TAG_BYTES, sizeBytes - 1)],
  ]);
  if (sizeBytes > SEGMENT_BYTES) {
    places.set("first segment", by.between(HEADER_BYTES, SEGMENT_BYTES - TAG_BYTES - 1));
    places.set("first tag", by.between(SEGMENT_BYTES - TAG_BYTES, SEGMENT_BYTES - 1));
  }
  if (sizeBytes > 2 * SEGMENT_BYTES) places.set("middle segment", by.between(SEGMENT_BYTES, 2 * SEGMENT_BYTES - 1));
  return places;
}

test("Z2: as sent, everything is read", async () => {
  const read = await readAll();
  assert.equal(read.error, null);
  assert.equal(read.manifest?.body.text, TEXT);
  assert.ok(read.given.equals(Buffer.from(plain)));
});

for (const [what, part] of [
  ["manifest", 0],
  ["part", 1],
] as const) {
  test(`Z2: one bit anywhere in a ${what} on the disk is refused by the SDK`, async () => {
    const path = await chunkFile(part);
    const { size } = await stat(path);
    for (const [place, at] of placesIn(size, random)) {
      await withSpoilt(path, flipAt(at, random.between(0, 7)), async () => {
        const read = await readAll();
        assertRefused(read, `${what}, ${place} (seed ${SEED})`);
        if (part === 0) assert.equal(read.manifest, null);
      });
    }
  });
}

test("Z2: a part that is shortened, reordered, or another's is refused by the SDK", async () => {
  const [path, other] = [await chunkFile(1), await readFile(await chunkFile(2))];
  const changes: Record<string, (bytes: Buffer) => Uint8Array> = {
    "segments swapped": (bytes) =>
      Buffer.concat([
        bytes.subarray(0, SEGMENT_BYTES),
        bytes.subarray(2 * SEGMENT_BYTES),
        bytes.subarray(SEGMENT_BYTES, 2 * SEGMENT_BYTES),
      ]),
    "another part": () => other,
    "all zeros": (bytes) => Buffer.alloc(bytes.length),
  };
  for (const [how, change] of Object.entries(changes)) {
    await withSpoilt(path, change, async () => assertRefused(await readAll(), how));
  }
  // Shorter than the server's own book says: the server stops in the middle, and the end is missed.
  await withSpoilt(
    path,
    (bytes) => bytes.subarray(0, 2 * SEGMENT_BYTES),
    async () => {
      const read = await readAll();
      assert.ok(read.error instanceof PliError);
      assert.ok(read.given.length < FILE_BYTES);
    },
  );
});

test("Z6: one bit anywhere in a wrapped key in the database is refused by the SDK", async () => {
  const database = new DatabaseSync(join(server.dataFolder, "pli.db"));
  after(() => database.close());
  const grantId = sent.grants[0]?.grantId ?? "";
  const { wrapped_key } = database.prepare("select wrapped_key from grants where grant_id = ?").get(grantId) as {
    wrapped_key: string;
  };
  const put = (value: string) =>
    database.prepare("update grants set wrapped_key = ? where grant_id = ?").run(value, grantId);
  try {
    for (const at of [random.between(0, 11), random.between(12, 43), random.between(44, 59), 0, 59]) {
      put(flipAt(at, random.between(0, 7))(Buffer.from(wrapped_key, "base64url")).toString("base64url"));
      const read = await readAll();
      assertRefused(read, `wrapped key, byte ${at}`);
      assert.equal(read.manifest, null);
    }
  } finally {
    put(wrapped_key);
  }
});

test("C3: pli open ends with 6, and leaves nothing under its final name", async () => {
  for (const [part, place] of [
    [0, HEADER_BYTES + 5],
    [1, SEGMENT_BYTES + 77],
    [1, FILE_BYTES],
  ] as const) {
    const out = await temporaryFolder(scope, "pli-out");
    await withSpoilt(await chunkFile(part), flipAt(place, 3), async () => {
      const run = await runCli(["open", link, "--out", out, "--json"], { home: join(folder, "reader") });
      assert.equal(run.status, 6, run.stderr);
      assert.equal(run.stdout.includes(TEXT), false);
    });
    const files = await readdir(out, { recursive: true });
    assert.ok(!files.some((name) => name.includes("one.bin")), `left behind: ${files.join(", ")}`);
    for (const name of files) {
      const bytes = await readFile(join(out, name));
      assert.ok(
        bytes.equals(Buffer.from(plain).subarray(0, bytes.length)) || name.includes("body") || name.includes("message"),
        `${name} holds what was not sent`,
      );
    }
  }
  const out = await temporaryFolder(scope, "pli-out");
  const run = await runCli(["open", link, "--out", out], { home: join(folder, "reader") });
  assert.equal(run.status, 0, run.stderr);
  assert.ok((await readFile(join(out, "one.bin"))).equals(Buffer.from(plain)));
});

test("M14: the page says that it was changed, and shows nothing of it", async () => {
  const browser = await openBrowser(scope);
  await withSpoilt(await chunkFile(0), flipAt(HEADER_BYTES + 9, 0), async () => {
    const page = await browser.newPage();
    await page.goto(link);
    await page.getByRole("button", { name: "Read the message" }).click();
    await page.getByRole("heading", { name: /was changed on the way/ }).waitFor();
    assert.ok(!(await page.content()).includes(TEXT));
    assert.ok(!(await page.title()).includes("Sealed"));
  });
});
