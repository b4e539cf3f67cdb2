/**
 * Blobs in a folder. A chunk is written under a temporary name, synced, linked to its final name (a link never replaces),
 * and the folder is synced: a name that exists is complete, whatever instant the power went.
 */

import { randomUUID } from "node:crypto";
import { type FileHandle, link, open, opendir, readdir, rm, rmdir, stat, statfs, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PliError } from "@pli/core/errors";
import type { BlobStore, StoredChunk } from "./blob-store.ts";
import { createFolders, type Folders } from "./fs-folders.ts";
import { MANY_TRANSFERS, writeStream } from "./fs-write.ts";

const NAME = /^[0-9a-z][0-9a-z-]{0,99}$/;
const TEMPORARY = ".tmp";
/** Reads and their buffer. Smaller ones cost throughput, larger ones memory per download. */
const READ_BYTES = 1024 * 1024;
/** Read buffers kept for the next readers, all stores together. */
const SPARE_BUFFERS = 16;
const spareBuffers: Buffer[] = [];
/** Of who begins when very many read already, perhaps for ever: all of them together must fit into memory. */
const SMALL_READ_BYTES = 64 * 1024;
let readers = 0;

export function createFsStore(root: string): BlobStore {
  const folders = createFolders();
  // The last two characters of an id are random: they spread the folders evenly.
  const folderPath = (folder: string) => {
    if (!NAME.test(folder)) throw new PliError("not_found");
    return join(root, folder.slice(-2), folder);
  };
  const chunkPath = (folder: string, name: string) => {
    if (!NAME.test(name)) throw new PliError("not_found");
    return join(folderPath(folder), name);
  };

  return {
    putChunk: async (folder, name, source, maxBytes, declaredBytes) => {
      const path = chunkPath(folder, name);
      const temporary = `${path}.${randomUUID()}${TEMPORARY}`;
      try {
        const handle = await createFile(folders, temporary);
        const sizeBytes = await writeStream(handle, source, maxBytes);
        if (declaredBytes !== undefined && declaredBytes !== sizeBytes) {
          throw new PliError("bad_input", { details: { field: "body" } });
        }
        return { name, ...(await publish(folders, temporary, path, sizeBytes)) };
      } catch (error) {
        await rm(temporary, { force: true });
        throw codeOf(error) === "ENOENT" ? new PliError("not_found", { cause: error }) : translate(error);
      }
    },
    listChunks: async (folder) => {
      const path = folderPath(folder);
      const names = (await entriesOf(path)).filter((name) => NAME.test(name));
      const chunks: StoredChunk[] = [];
      // Some at a time: a large envelope has thousands.
      for (let from = 0; from < names.length; from += 64) {
        const some = names.slice(from, from + 64);
        const sizes = await Promise.all(some.map((name) => sizeOf(join(path, name))));
        some.forEach((name, index) => {
          const sizeBytes = sizes[index];
          if (typeof sizeBytes === "number") chunks.push({ name, sizeBytes });
        });
      }
      return chunks;
    },
    readChunk: (folder, name, start, end) => readRange(chunkPath(folder, name), start, end),
    deleteChunk: async (folder, name) => {
      await rm(chunkPath(folder, name), { force: true });
    },
    deleteFolder: async (folder) => {
      const path = folderPath(folder);
      folders.forget(path);
      await rm(path, { recursive: true, force: true });
      await rmdir(dirname(path)).catch(() => undefined);
    },
    folders: async function* () {
      for (const shard of await entriesOf(root)) {
        for (const folder of await entriesOf(join(root, shard))) if (NAME.test(folder)) yield folder;
      }
    },
    sweep: (beforeMs) => sweepTemporaries(root, beforeMs),
    freeSpace: async () => {
      await folders.make(root);
      const { bsize, bavail, blocks, ffree, files } = await statfs(root);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize, freeFiles: ffree, totalFiles: files };
    },
    checkWritable: async () => {
      const path = join(root, `${randomUUID()}${TEMPORARY}`);
      try {
        await folders.make(root);
        const file = await open(path, "wx", 0o600);
        try {
          await file.writeFile("writable?");
        } finally {
          await file.close();
        }
      } catch (error) {
        throw translate(error);
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

/** Gives the finished file its name. Resolves to the size of what has that name now: the first one wins. */
async function publish(
  folders: Folders,
  temporary: string,
  path: string,
  sizeBytes: number,
): Promise<{ readonly sizeBytes: number; readonly isNew: boolean }> {
  let size = sizeBytes;
  let isNew = true;
  try {
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    size = (await sizeOf(path)) ?? sizeBytes;
    isNew = false;
  }
  await Promise.all([unlink(temporary), folders.sync(dirname(path))]);
  return { sizeBytes: size, isNew };
}

/** A new file for the bytes to come. The folder may have gone since it was made: then it is made again. */
async function createFile(folders: Folders, path: string): Promise<FileHandle> {
  const folder = dirname(path);
  await folders.make(folder);
  try {
    return await open(path, "wx", 0o600);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    folders.forget(folder);
    await folders.make(folder);
    return await open(path, "wx", 0o600);
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return null;
    throw error;
  }
}

async function entriesOf(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return [];
    throw error;
  }
}

/**
 * Reads ahead by one piece, so that the disk works while the last piece is on its way to the socket. Two buffers per reader, kept for
 * the next one: a fresh mebibyte for each piece costs more than reading it.
 */
async function* readRange(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    throw codeOf(error) === "ENOENT" ? new PliError("not_found", { cause: error }) : error;
  }
  const read = async (buffer: Buffer, position: number): Promise<Uint8Array> => {
    const wanted = Math.min(buffer.length, end - position);
    const { bytesRead } = await handle.read(buffer, 0, wanted, position);
    if (bytesRead === 0) throw new PliError("unavailable");
    return buffer.subarray(0, bytesRead);
  };
  const isSmall = readers >= MANY_TRANSFERS;
  const take = isSmall ? () => Buffer.allocUnsafeSlow(SMALL_READ_BYTES) : takeBuffer;
  let [current, next] = [take(), take()];
  readers++;
  let pending: Promise<Uint8Array> | null = start < end ? read(current, start) : null;
  try {
    for (let position = start; pending !== null; ) {
      const piece = await pending;
      position += piece.length;
      pending = position < end ? read(next, position) : null;
      [current, next] = [next, current];
      yield piece;
    }
    // Given back only when all was taken: a reader that broke off may still hold a piece.
    if (!isSmall) spareBuffers.push(current, next);
    spareBuffers.length = Math.min(spareBuffers.length, SPARE_BUFFERS);
  } finally {
    readers--;
    await pending?.catch(() => undefined);
    await handle.close();
  }
}

function takeBuffer(): Buffer {
  return spareBuffers.pop() ?? Buffer.allocUnsafeSlow(READ_BYTES);
}

async function sweepTemporaries(root: string, beforeMs: number): Promise<number> {
  let removed = 0;
  for (const shard of await entriesOf(root)) {
    for (const folder of await entriesOf(join(root, shard))) {
      const path = join(root, shard, folder);
      const found = await opendir(path).catch(() => null);
      if (found === null) continue;
      for await (const entry of found) {
        if (!entry.name.endsWith(TEMPORARY)) continue;
        const file = join(path, entry.name);
        const at = await stat(file).catch(() => null);
        if (at === null || at.mtimeMs >= beforeMs) continue;
        await rm(file, { force: true });
        removed++;
      }
    }
  }
  return removed;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

function translate(error: unknown): unknown {
  const code = codeOf(error);
  if (code === "ENOSPC" || code === "EDQUOT") return new PliError("storage_full", { cause: error });
  if (code === "EROFS" || code === "EIO" || code === "EMFILE") return new PliError("unavailable", { cause: error });
  return error;
}
