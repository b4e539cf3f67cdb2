/**
 * Where opened content goes on a disk: under a provisional name while it is being written, under its own name only when it is complete
 * and verified; never over a file that is there. A provisional file left by an interrupted run is gone on with.
 */
import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, link, lstat, mkdir, open, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Sha256Stream } from "@pli/core/sealing";
import { numberedName, safeRelativePath } from "../safe-name.ts";

const MODE = 0o600;
const READ_BYTES = 1024 * 1024;

/** A file in the making. */
export interface PartialFile {
  readonly path: string;
  /** Bytes kept of an earlier run. */
  readonly sizeBytes: number;
  /** Fed with those bytes. */
  readonly hashed: Sha256Stream;
  write(bytes: Uint8Array): Promise<void>;
  /** On the disk for good, still under its provisional name. */
  finish(): Promise<void>;
  /** Closes and keeps what there is, to go on later. */
  keep(): Promise<void>;
  /** Throws it away. */
  discard(): Promise<void>;
}

/** Name of the provisional file for one content: the same each time, and telling nothing. */
export function partialName(identity: string): string {
  return `.pli-${createHash("sha256").update(identity).digest("hex").slice(0, 24)}.part`;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten;
  }
}

/** A file of this user, under this name alone: another name of it, or another user, could be read and changed by whoever laid it there. */
function isOwn(file: Stats): boolean {
  return file.isFile() && file.nlink <= 1 && file.uid === (process.getuid?.() ?? file.uid);
}

/** Opens or makes `path`: what somebody else laid there in a shared folder is neither followed nor written to. */
async function openOwn(path: string): Promise<FileHandle> {
  const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
  const file = await open(path, flags, MODE).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ELOOP") throw error;
    return null;
  });
  if (file !== null && isOwn(await file.stat())) return file;
  await file?.close();
  await unlink(path);
  return open(path, flags | constants.O_EXCL, MODE);
}

/**
 * Opens the provisional file of `identity` in `folder`, made when missing.
 * @param mostBytes more than that cannot be ours: begun anew
 */
export async function openPartial(folder: string, identity: string, mostBytes: number): Promise<PartialFile> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, partialName(identity));
  const file = await openOwn(path);
  const hash = createHash("sha256");
  let sizeBytes = (await file.stat()).size;
  if (sizeBytes > mostBytes) {
    await file.truncate(0);
    sizeBytes = 0;
  }
  const buffer = new Uint8Array(READ_BYTES);
  for (let at = 0; at < sizeBytes; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  let at = sizeBytes;
  return {
    path,
    sizeBytes,
    hashed: { update: (data) => void hash.update(data), digest: () => new Uint8Array(hash.digest()) },
    async write(bytes) {
      await writeAll(file, bytes, at);
      at += bytes.length;
    },
    async finish() {
      await file.sync();
      await file.close();
    },
    keep: () => file.close(),
    async discard() {
      await file.close();
      await unlink(path);
    },
  };
}

async function syncFolder(folder: string): Promise<void> {
  // Not every system can; then the name may be lost with the power, never the file's own bytes.
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Whether `path` now is the file that was at `partial`; false when something else is there. */
async function claim(partial: string, path: string): Promise<boolean> {
  try {
    await link(partial, path);
    await unlink(partial);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code === "ENOENT") throw error;
  }
  // No hard links here: reserve the name, then put the file over our own empty one.
  try {
    await (await open(path, "wx", MODE)).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  await rename(partial, path);
  return true;
}

/** `name` in `folder`, made when it is not there; another name where a file or a link is in its place: a link may lead anywhere. */
async function enterFolder(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : `${name} (${number})`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if ((await lstat(path)).isDirectory()) return path;
  }
}

/** How far the numbers of a name have come in one run: a sender may give every file the same one. */
export type NamesTaken = Map<string, number>;

/**
 * Gives a finished file its own name below `folder`, or `name (2).ext`… when that is taken.
 * @param folder is there already @param name from a stranger: made safe here
 * @param taken the same for all files of one run
 * @returns the path it has now
 */
export async function giveName(
  partialPath: string,
  folder: string,
  name: string,
  taken: NamesTaken = new Map(),
): Promise<string> {
  const segments = safeRelativePath(name);
  const wanted = segments.at(-1) as string;
  let inside = folder;
  for (const segment of segments.slice(0, -1)) inside = await enterFolder(inside, segment);
  // Folded: where systems fold case, names that differ in nothing else are one.
  const key = join(inside, wanted).toLowerCase();
  for (let number = 1; ; number = Math.max(number + 1, taken.get(key) ?? 0)) {
    const path = join(inside, number === 1 ? wanted : numberedName(wanted, number));
    if (await claim(partialPath, path)) {
      taken.set(key, number + 1);
      await syncFolder(dirname(path));
      return path;
    }
  }
}
