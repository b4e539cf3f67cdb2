/** The folder store against the contract of blob stores. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { blobStoreContract } from "./blob-store.contract.ts";
import { createFsStore } from "./fs-store.ts";

const made: string[] = [];
after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

async function create() {
  const folder = await mkdtemp(join(tmpdir(), "pli-blobs-"));
  made.push(folder);
  return createFsStore(folder);
}

blobStoreContract("folder", create);

test("Q10: very many readers who stand still hold little memory each, and who comes on top of them reads the same bytes", async () => {
  const store = await create();
  const content = randomBytes(1_500_000);
  await store.putChunk("folder01", "1-0-0", Readable.from([Buffer.from(content)]), content.length);
  const read = () => store.readChunk("folder01", "1-0-0", 0, content.length)[Symbol.asyncIterator]();
  const standing = Array.from({ length: 300 }, read);
  let heldBytes = 0;
  for (const reader of standing) heldBytes += (await reader.next()).value?.length ?? 0;
  assert.ok(heldBytes < 160 * 1024 * 1024, `${heldBytes}`);
  const pieces: Buffer[] = [];
  for await (const piece of store.readChunk("folder01", "1-0-0", 0, content.length)) pieces.push(Buffer.from(piece));
  assert.deepEqual(Buffer.concat(pieces), content);
  assert.ok(pieces.length > 10, "it took as much as the first ones");
  for (const reader of standing) await reader.return?.();
  const [first] = [await read().next()];
  assert.ok((first.value?.length ?? 0) > 1_000_000, "when they are gone all is as before");
});
