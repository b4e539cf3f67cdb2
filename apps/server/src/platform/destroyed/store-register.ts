/**
 * The register of destruction beside the content in a blob store: for nodes without a disk of their own. A store cannot append: each write
 * is a chunk of its own, `destroyed-<day>/<ms>-<number>-<random>`, whose folder names no envelope.
 */
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { BlobStore } from "../blobs/index.ts";
import { createRegister, type DestructionRegister, dayOf } from "./register.ts";

const DAY_MS = 24 * 3_600_000;
/** A crash may lose so much of what was only noted for soon; more often would be many small chunks. */
const SOON_MS = 10_000;
const WRITE_BYTES_MAX = 64 * 1024 * 1024;
const PREFIX = "destroyed-";

/** Whether a folder of the store is the register's, not an envelope's. */
export function isRegisterFolder(folder: string): boolean {
  return folder.startsWith(PREFIX);
}

export function openStoreRegister(blobs: BlobStore, now: () => number): DestructionRegister {
  let written = 0;
  return createRegister(
    {
      append: async (text) => {
        const nowMs = now();
        written += 1;
        // Sorts as written, as far as one node goes.
        const place = `${String(nowMs).padStart(15, "0")}-${String(written).padStart(12, "0")}`;
        const name = `${place}-${randomBytes(8).toString("hex")}`;
        const source = Readable.from([Buffer.from(text)], { objectMode: false });
        await blobs.putChunk(PREFIX + dayOf(nowMs), name, source, WRITE_BYTES_MAX);
      },
      read: async function* (sinceMs) {
        const lastMs = now() + DAY_MS;
        for (let dayMs = Math.max(0, sinceMs - DAY_MS); dayOf(dayMs) <= dayOf(lastMs); dayMs += DAY_MS) {
          const folder = PREFIX + dayOf(dayMs);
          const chunks = (await blobs.listChunks(folder)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
          for (const { name, sizeBytes } of chunks) {
            const pieces: Buffer[] = [];
            for await (const piece of blobs.readChunk(folder, name, 0, sizeBytes)) pieces.push(Buffer.from(piece));
            yield Buffer.concat(pieces).toString("utf8");
          }
        }
      },
      close: async () => {},
    },
    { soonMs: SOON_MS },
  );
}
