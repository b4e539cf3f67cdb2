/**
 * Below the floor of free space no upload is taken: the database shares the disk with the content, and must go on. One look at the disk
 * a second; what comes in meanwhile is far below the floor.
 */
import { PliError } from "@pli/core/errors";
import type { Services } from "../../services.ts";

const LOOK_MS = 1000;
const FLOOR_BYTES = 1024 ** 3;
/** On a small disk a gibibyte may be all there is: then so much of it. Of the entries for files always. */
const FLOOR_SHARE = 0.02;

const looks = new WeakMap<Services["blobs"], { readonly atMs: number; readonly isFull: Promise<boolean> }>();

/** @throws PliError `storage_full` */
export async function requireFreeSpace(services: Services): Promise<void> {
  const atMs = performance.now();
  let look = looks.get(services.blobs);
  if (look === undefined || atMs - look.atMs >= LOOK_MS) {
    look = { atMs, isFull: isBelowFloor(services) };
    looks.set(services.blobs, look);
  }
  if (await look.isFull) throw new PliError("storage_full");
}

async function isBelowFloor({ blobs, config }: Services): Promise<boolean> {
  const space = await blobs.freeSpace();
  if (space === null) return false;
  const floorBytes = config.minFreeBytes ?? Math.min(FLOOR_BYTES, space.totalBytes * FLOOR_SHARE);
  if (space.freeBytes < floorBytes) return true;
  return config.minFreeBytes !== 0 && space.freeFiles < space.totalFiles * FLOOR_SHARE;
}
