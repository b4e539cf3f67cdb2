/** The folder store against the contract of blob stores. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { blobStoreContract } from "./blob-store.contract.ts";
import { createFsStore } from "./fs-store.ts";

const made: string[] = [];
after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

blobStoreContract("folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pli-blobs-"));
  made.push(folder);
  return createFsStore(folder);
});
