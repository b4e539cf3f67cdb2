/** What every blob store must do, as a suite over an implementation: `fs` here, others when they come. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { describe, test } from "node:test";
import { PliError } from "@pli/core/errors";
import type { BlobStore } from "./blob-store.ts";

const MEBIBYTE = 1024 * 1024;

/** A source that yields `pieces` and ends, or breaks off. */
function source(pieces: readonly Uint8Array[], breaksOff = false): Readable {
  return Readable.from(
    (async function* () {
      // Copied: what a store was given is its own.
      for (const piece of pieces) yield Buffer.from(piece);
      if (breaksOff) throw new Error("connection lost");
    })(),
    { objectMode: false },
  );
}

async function readAll(store: BlobStore, folder: string, name: string, start: number, end: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  // Copied: a piece may be overwritten when the next one is asked for.
  for await (const piece of store.readChunk(folder, name, start, end)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

const refusedWith = (code: string) => (error: unknown) => error instanceof PliError && error.code === code;

export function blobStoreContract(name: string, create: () => Promise<BlobStore>): void {
  describe(`blob store: ${name}`, () => {
    test("Z4: what was put is read back, whole and in ranges across pieces", async () => {
      const store = await create();
      const content = randomBytes(3 * MEBIBYTE + 17);
      const pieces = [content.subarray(0, 5), content.subarray(5, 2_500_000), content.subarray(2_500_000)];
      const stored = await store.putChunk("folder01", "1-0-0", source(pieces), content.length);
      assert.equal(stored.sizeBytes, content.length);
      assert.deepEqual(await readAll(store, "folder01", "1-0-0", 0, content.length), content);
      const range = await readAll(store, "folder01", "1-0-0", MEBIBYTE - 3, 2 * MEBIBYTE + 3);
      assert.deepEqual(range, content.subarray(MEBIBYTE - 3, 2 * MEBIBYTE + 3));
    });

    test("Q10: the first bytes under a name stay, also when two come at once", async () => {
      const store = await create();
      const [first, second] = [randomBytes(1000), randomBytes(2000)];
      const put = (content: Uint8Array) => store.putChunk("folder02", "1-0-0", source([content]), 9999);
      assert.deepEqual(await put(first), { name: "1-0-0", sizeBytes: 1000, isNew: true });
      assert.deepEqual(await put(second), { name: "1-0-0", sizeBytes: 1000, isNew: false });
      assert.deepEqual(await readAll(store, "folder02", "1-0-0", 0, 1000), first);
      const rivals = Array.from({ length: 8 }, (_, index) => randomBytes(100 + index));
      const answers = await Promise.all(
        rivals.map((rival) => store.putChunk("folder02", "1-0-1", source([rival]), 9999)),
      );
      const [{ sizeBytes = 0 } = {}] = answers;
      assert.ok(answers.every((answer) => answer.sizeBytes === sizeBytes));
      assert.equal(answers.filter(({ isNew }) => isNew).length, 1);
      const winner = rivals.find((rival) => rival.length === sizeBytes);
      assert.deepEqual(await readAll(store, "folder02", "1-0-1", 0, sizeBytes), winner);
    });

    test("Q10: what is too large, empty or breaks off leaves nothing", async () => {
      const store = await create();
      const big = store.putChunk("folder03", "1-0-0", source([randomBytes(50), randomBytes(51)]), 100);
      await assert.rejects(big, refusedWith("payload_too_large"));
      await assert.rejects(store.putChunk("folder03", "1-0-0", source([]), 100), refusedWith("bad_input"));
      const cut = store.putChunk("folder03", "1-0-0", source([randomBytes(50)], true), 100);
      await assert.rejects(cut, refusedWith("cancelled"));
      const gone = source([randomBytes(50)]);
      gone.destroy();
      await assert.rejects(store.putChunk("folder03", "1-0-0", gone, 100), refusedWith("cancelled"));
      assert.deepEqual(await store.listChunks("folder03"), []);
      assert.equal(await store.sweep(Number.POSITIVE_INFINITY), 0);
    });

    test("Z4: a chunk of a declared length goes through, and with another length leaves nothing", async () => {
      const store = await create();
      const content = randomBytes(5 * MEBIBYTE + 3);
      const pieces = Array.from({ length: 83 }, (_, index) => content.subarray(index * 65_536, (index + 1) * 65_536));
      const put = (chunk: string, declaredBytes: number, breaksOff = false) =>
        store.putChunk("folder06", chunk, source(pieces, breaksOff), 8 * MEBIBYTE, declaredBytes);
      for (const wrong of [content.length - 1, content.length + 1, 100]) {
        await assert.rejects(put("1-0-0", wrong), refusedWith("bad_input"));
      }
      await assert.rejects(put("1-0-0", content.length, true), refusedWith("cancelled"));
      await assert.rejects(
        store.putChunk("folder06", "1-0-1", source([randomBytes(9)]), 9, 10),
        refusedWith("bad_input"),
      );
      assert.deepEqual(await store.listChunks("folder06"), []);
      const stored = await put("1-0-0", content.length);
      assert.deepEqual(stored, { name: "1-0-0", sizeBytes: content.length, isNew: true });
      assert.deepEqual(await readAll(store, "folder06", "1-0-0", 0, content.length), content);
      assert.deepEqual(await put("1-0-0", content.length), { ...stored, isNew: false });
      const exact = randomBytes(MEBIBYTE);
      await store.putChunk("folder06", "1-0-2", source([exact]), MEBIBYTE, MEBIBYTE);
      assert.deepEqual(await readAll(store, "folder06", "1-0-2", 0, MEBIBYTE), exact);
    });

    test("Q4: more chunks than fit on one page are all told, and all go", async () => {
      const store = await create();
      const names = Array.from({ length: 1030 }, (_, index) => `1-0-${index}`);
      const waiting = [...names];
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
            await store.putChunk("folder07", next, source([randomBytes(3)]), 3, 3);
          }
        }),
      );
      await store.putChunk("folder08", "1-0-0", source([randomBytes(3)]), 3, 3);
      const told = (await store.listChunks("folder07")).map(({ name: chunk }) => chunk);
      assert.deepEqual(told.toSorted(), names.toSorted());
      await store.deleteFolder("folder07");
      assert.deepEqual(await store.listChunks("folder07"), []);
      assert.deepEqual(await Array.fromAsync(store.folders()), ["folder08"]);
    });

    test("Q10: it says that it takes writes, and nothing of asking is left to be swept", async () => {
      const store = await create();
      await store.checkWritable();
      assert.deepEqual(await Array.fromAsync(store.folders()), []);
      assert.equal(await store.sweep(Number.POSITIVE_INFINITY), 0);
    });

    test("Z8: a folder goes with all it holds, and is told while it is there", async () => {
      const store = await create();
      for (const chunk of ["0-0-0", "1-0-0", "1-0-1"]) {
        await store.putChunk("folder04", chunk, source([randomBytes(10)]), 10);
      }
      const names = (await store.listChunks("folder04")).map(({ name: chunk }) => chunk);
      assert.deepEqual(names.toSorted(), ["0-0-0", "1-0-0", "1-0-1"]);
      await store.deleteChunk("folder04", "1-0-1");
      assert.equal((await store.listChunks("folder04")).length, 2);
      assert.ok((await Array.fromAsync(store.folders())).includes("folder04"));
      await store.deleteFolder("folder04");
      assert.deepEqual(await store.listChunks("folder04"), []);
      assert.ok(!(await Array.fromAsync(store.folders())).includes("folder04"));
      await store.deleteFolder("folder04");
      await assert.rejects(readAll(store, "folder04", "1-0-0", 0, 1), refusedWith("not_found"));
    });

    test("Z8: a folder that goes while a chunk comes takes it along, or keeps it whole", async () => {
      const store = await create();
      await store.putChunk("folder09", "1-0-0", source([randomBytes(10)]), 10);
      const content = randomBytes(MEBIBYTE);
      const half = content.length / 2;
      const coming = new PassThrough();
      const putting = store.putChunk("folder09", "1-0-1", coming, content.length, content.length).then(
        () => "kept",
        (error: unknown) => (error instanceof PliError ? error.code : error),
      );
      coming.write(content.subarray(0, half));
      while (coming.readableLength > 0) await new Promise((resolve) => setImmediate(resolve));
      await store.deleteFolder("folder09");
      coming.end(content.subarray(half));
      const told = await putting;
      const left = (await store.listChunks("folder09")).map(({ sizeBytes }) => sizeBytes);
      assert.deepEqual([told, left], left.length === 0 ? ["not_found", []] : ["kept", [content.length]]);
    });

    test("Q10: it knows how much is left, or says that it does not", async () => {
      const space = await (await create()).freeSpace();
      if (space === null) return;
      assert.ok(space.freeBytes > 0 && space.freeBytes <= space.totalBytes);
      assert.ok(space.freeFiles >= 0 && space.freeFiles <= space.totalFiles);
    });

    test("Q10: no name leads out of the store", async () => {
      const store = await create();
      for (const bad of ["..", "../up", "a/b", "", ".hidden", "UPPER", "a\0b"]) {
        const put = store.putChunk("folder05", bad, source([randomBytes(1)]), 10);
        await assert.rejects(put, refusedWith("not_found"));
        await assert.rejects(async () => store.listChunks(bad), refusedWith("not_found"));
      }
    });
  });
}
