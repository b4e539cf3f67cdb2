/** What every blob store must do, as a suite over an implementation: `fs` here, others when they come. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
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
