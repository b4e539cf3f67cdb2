import type { BlobStore } from "../blobs/index.ts";
import { openFileRegister } from "./file-register.ts";
import type { DestructionRegister } from "./register.ts";
import { openStoreRegister } from "./store-register.ts";

export { countKept, endNoted, type TakenBack, takeKept } from "./end-noted.ts";
export { openFileRegister } from "./file-register.ts";
export type { Destruction, DestructionRegister } from "./register.ts";
export { isRegisterFolder, openStoreRegister } from "./store-register.ts";

/** The register in a folder, or in the store when there is none. */
export function openRegister(folder: string | null, blobs: BlobStore, now: () => number): DestructionRegister {
  return folder === null ? openStoreRegister(blobs, now) : openFileRegister(folder, now);
}
