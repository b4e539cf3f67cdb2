export type { BlobStore, FreeSpace, StoredChunk } from "./blob-store.ts";
export { createFsStore } from "./fs-store.ts";
