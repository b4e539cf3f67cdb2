/**
 * The register of destruction beside the content in a blob store: for nodes without a disk of their own. A store cannot append: each write
 * is a chunk of its own, `destroyed-<month>/<ms>-<number>-<random>`, whose folder names no envelope.
 */
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { BlobStore } from "../blobs/index.ts";
import { createRegister, DAY_MS, type DestructionRegister, KEPT_MS } from "./register.ts";

/** A crash may lose so much of what was only noted for soon; more often would be many small chunks. */
const SOON_MS = 10_000;
const WRITE_BYTES_MAX = 64 * 1024 * 1024;
const PREFIX = "destroyed-";
/** Months looked at for what is too old: also when no node ran for a while. */
const OLD_MONTHS = 6;
const MS_DIGITS = 15;

/** Whether a folder of the store is the register's, not an envelope's. */
export function isRegisterFolder(folder: string): boolean {
  return folder.startsWith(PREFIX);
}

export function openStoreRegister(blobs: BlobStore, now: () => number): DestructionRegister {
  let written = 0;
  let cleanedIn = "";
  const removeOld = async (nowMs: number) => {
    if (cleanedIn === folderOf(nowMs)) return;
    cleanedIn = folderOf(nowMs);
    for (let months = 1; months <= OLD_MONTHS; months++) await blobs.deleteFolder(folderOf(nowMs - KEPT_MS, -months));
  };
  return createRegister(
    {
      append: async (text) => {
        const nowMs = now();
        written += 1;
        // Sorts as written, as far as one node goes.
        const place = `${timeOf(nowMs)}-${String(written).padStart(12, "0")}`;
        const name = `${place}-${randomBytes(8).toString("hex")}`;
        const source = Readable.from([Buffer.from(text)], { objectMode: false });
        await blobs.putChunk(folderOf(nowMs), name, source, WRITE_BYTES_MAX, Buffer.byteLength(text));
        // What is old may stay longer: nobody waits for it, nor for its failing.
        removeOld(nowMs).catch(() => undefined);
      },
      read: async function* (sinceMs) {
        // A day earlier and later: clocks of nodes differ.
        const fromMs = Math.max(0, sinceMs - DAY_MS, now() - KEPT_MS - DAY_MS);
        const last = folderOf(now() + DAY_MS);
        for (let month = 0; folderOf(fromMs, month) <= last; month++) {
          const folder = folderOf(fromMs, month);
          const names = (await blobs.listChunks(folder)).filter(({ name }) => name >= timeOf(fromMs));
          for (const { name, sizeBytes } of names.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
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

/** The folder of the UTC month of an instant, or of so many months later. */
function folderOf(atMs: number, later = 0): string {
  const at = new Date(atMs);
  const month = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later));
  return PREFIX + month.toISOString().slice(0, 7).replace("-", "");
}

/** Sorts as text as it does as a number. */
function timeOf(atMs: number): string {
  return String(atMs).padStart(MS_DIGITS, "0");
}
