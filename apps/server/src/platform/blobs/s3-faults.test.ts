/** What the store does when the bucket, or the way to it, does not: on a real S3 server behind a line that fails as told. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { PliError } from "@pli/core/errors";
import { testS3 } from "../../../../../tools/services/s3.ts";
import type { BlobStore } from "./blob-store.ts";
import { createS3Store } from "./index.ts";
import { createCredentials } from "./s3-credentials.ts";
import { madeBucket, type Scope, testBucket } from "./testing/bucket.ts";
import { type FaultyLine, faultyLine } from "./testing/faulty-line.ts";

const MEBIBYTE = 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

function source(content: Buffer): Readable {
  const pieces = Math.ceil(content.length / PIECE_BYTES);
  return Readable.from(
    Array.from({ length: pieces }, (_, index) =>
      Buffer.from(content.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES)),
    ),
    { objectMode: false },
  );
}

const put = (store: BlobStore, name: string, content: Buffer) =>
  store.putChunk("folder01", name, source(content), 8 * MEBIBYTE, content.length);

async function readAll(store: BlobStore, name: string, sizeBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of store.readChunk("folder01", name, 0, sizeBytes)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

const refusedWith = (code: string) => (error: unknown) => error instanceof PliError && error.code === code;

async function onFaultyLine(scope: Scope): Promise<{ store: BlobStore; line: FaultyLine }> {
  const line = await faultyLine(scope, (await testS3()).endpoint);
  return { store: createS3Store(await madeBucket(scope, { endpoint: line.endpoint })), line };
}

test("Q10: a chunk that is cut off or changed on its way to the bucket never becomes an object", async (t) => {
  const { store, line } = await onFaultyLine(t);
  const content = randomBytes(4 * MEBIBYTE);
  for (const afterBytes of [1, 200, MEBIBYTE, 3 * MEBIBYTE]) {
    line.suffer({ kind: "cut", from: "client", afterBytes }, 1);
    // Cut before a byte of the body was gone, it is tried again by itself.
    const done = put(store, "1-0-0", content);
    if (afterBytes > 1000) await assert.rejects(done, refusedWith("unavailable"));
    else assert.equal((await done).isNew, true);
    assert.equal((await store.listChunks("folder01")).length, afterBytes > 1000 ? 0 : 1);
    await store.deleteFolder("folder01");
  }
  for (const atByte of [MEBIBYTE, 3 * MEBIBYTE]) {
    line.suffer({ kind: "flip", atByte }, 1);
    await assert.rejects(put(store, "1-0-0", content), refusedWith("unavailable"));
    assert.deepEqual(await store.listChunks("folder01"), []);
  }
  assert.equal((await put(store, "1-0-0", content)).isNew, true);
  assert.deepEqual(await readAll(store, "1-0-0", content.length), content);
});

test("Q10: a small chunk that is changed, cut off or refused on its way is sent again by itself", async (t) => {
  const { store, line } = await onFaultyLine(t);
  const faults = [
    { kind: "flip", atByte: 50_000 },
    { kind: "cut", from: "client", afterBytes: 50_000 },
    { kind: "answer", status: 503, code: "SlowDown" },
    { kind: "answer", status: 500, code: "InternalError" },
  ] as const;
  for (const [index, fault] of faults.entries()) {
    const content = randomBytes(100_000);
    line.suffer(fault, 2);
    assert.equal((await put(store, `1-0-${index}`, content)).isNew, true);
    assert.deepEqual(await readAll(store, `1-0-${index}`, content.length), content);
  }
});

test("Q10: an answer that is lost does not make a chunk somebody else's", async (t) => {
  const { store, line } = await onFaultyLine(t);
  line.suffer({ kind: "cut", from: "server", afterBytes: 1 }, 1);
  assert.equal((await put(store, "1-0-0", randomBytes(1000))).isNew, true);
});

test("Q10: a download that breaks off goes on where it was", async (t) => {
  const { store, line } = await onFaultyLine(t);
  const content = randomBytes(8 * MEBIBYTE);
  await put(store, "1-0-0", content);
  line.suffer({ kind: "cut", from: "server", afterBytes: 2 * MEBIBYTE }, 2);
  assert.deepEqual(await readAll(store, "1-0-0", content.length), content);
});

test("Q10: a bucket that is silent, away, gone or not ours is answered with “unavailable” within seconds", async (t) => {
  const { store: behindLine, line } = await onFaultyLine(t);
  line.suffer({ kind: "silent" });
  const nowhere = createS3Store(await testBucket(t, { endpoint: "http://127.0.0.1:1" }));
  const gone = createS3Store(await testBucket(t));
  const foreign = createS3Store(await madeBucket(t, { secretAccessKey: "not-the-secret" }));
  for (const [what, store] of Object.entries({ behindLine, nowhere, gone, foreign })) {
    const sinceMs = performance.now();
    const unavailable = (error: unknown) => {
      assert.ok(error instanceof PliError, what);
      assert.equal(error.code, "unavailable", what);
      assert.ok(!JSON.stringify([error, error.cause]).includes("not-the-secret"));
      return true;
    };
    await Promise.all([
      assert.rejects(put(store, "1-0-0", randomBytes(10)), unavailable),
      assert.rejects(put(store, "1-0-0", randomBytes(2 * MEBIBYTE)), unavailable),
      assert.rejects(readAll(store, "1-0-0", 10), unavailable),
      assert.rejects(store.listChunks("folder01"), unavailable),
      assert.rejects(store.deleteFolder("folder01"), unavailable),
      assert.rejects(store.checkWritable(), unavailable),
    ]);
    assert.ok(performance.now() - sinceMs < 15_000, what);
  }
});

test("Q10: when the bucket's quota is used up it says so, and nothing is half there", async (t) => {
  const client = await madeBucket(t);
  const store = createS3Store(client);
  const { admin } = await testS3();
  const { bucket } = client.address;
  await put(store, "1-0-0", randomBytes(MEBIBYTE));
  await admin(["quota", "set", "--quota-scope=bucket", `--bucket=${bucket}`, "--uid=pli", "--max-size=2M"]);
  await admin(["quota", "enable", "--quota-scope=bucket", `--bucket=${bucket}`, "--uid=pli"]);
  await assert.rejects(put(store, "1-0-1", randomBytes(3 * MEBIBYTE)), refusedWith("storage_full"));
  assert.deepEqual(await store.listChunks("folder01"), [{ name: "1-0-0", sizeBytes: MEBIBYTE }]);
});

test("Q4: a clock that is an hour off learns the bucket's time", async (t) => {
  const store = createS3Store(await madeBucket(t, { now: () => Date.now() + 3_600_000 }));
  const content = randomBytes(2 * MEBIBYTE);
  await put(store, "1-0-0", content);
  assert.deepEqual(await readAll(store, "1-0-0", content.length), content);
});

test("Q10: a bucket that would replace what is there is not written to", async (t) => {
  const obliging = createServer((request, response) => {
    request.resume().on("end", () => response.end());
  }).listen(0, "127.0.0.1");
  t.after(() => obliging.close());
  await once(obliging, "listening");
  const { port } = obliging.address() as AddressInfo;
  const store = createS3Store(await testBucket(t, { endpoint: `http://127.0.0.1:${port}` }));
  await assert.rejects(store.checkWritable(), refusedWith("unavailable"));
});

test("Z4: what many slow uploads take of memory has a bound", async (t) => {
  const store = createS3Store(await madeBucket(t));
  const content = randomBytes(8 * MEBIBYTE);
  let peakBytes = 0;
  const before = process.memoryUsage().arrayBuffers;
  const uploads = Array.from({ length: 24 }, async (_, index) => {
    const body = Readable.from(
      (async function* () {
        for (let at = 0; at < content.length; at += PIECE_BYTES) {
          yield Buffer.from(content.subarray(at, at + PIECE_BYTES));
          peakBytes = Math.max(peakBytes, process.memoryUsage().arrayBuffers - before);
        }
      })(),
      { objectMode: false },
    );
    await store.putChunk("folder02", `1-0-${index}`, body, 8 * MEBIBYTE, content.length);
  });
  await Promise.all(uploads);
  assert.ok(peakBytes < 24 * 3 * MEBIBYTE, `${Math.round(peakBytes / MEBIBYTE)} MiB`);
});

test("Q3: credentials of a file are read again when they changed, and a broken file leaves the good ones", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "pli-credentials-"));
  t.after(() => rm(folder, { recursive: true }));
  t.mock.timers.enable({ apis: ["Date"] });
  const clock = t.mock.method(performance, "now", () => 0);
  const path = join(folder, "credentials");
  const text = (id: string) =>
    `[default]\naws_access_key_id = other\naws_secret_access_key = other\n\n[pli]\naws_access_key_id=${id}\naws_secret_access_key = se=cret\n`;
  const credentials = createCredentials({ kind: "file", path, profile: "pli" });
  assert.throws(credentials, refusedWith("unavailable"));
  const turn = async (atMs: number, content: string) => {
    await writeFile(path, content);
    await utimes(path, atMs, atMs);
    clock.mock.mockImplementation(() => atMs * 1000);
    return credentials();
  };
  assert.deepEqual(await turn(10, text("first")), { accessKeyId: "first", secretAccessKey: "se=cret" });
  assert.equal((await turn(20, text("second"))).accessKeyId, "second");
  assert.equal((await turn(30, "[pli]\naws_acc")).accessKeyId, "second");
});
