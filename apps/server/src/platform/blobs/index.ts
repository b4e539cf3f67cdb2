export type { BlobStore, StoredChunk } from "./blob-store.ts";
export { createFsStore } from "./fs-store.ts";
