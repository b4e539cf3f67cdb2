/**
 * The register of destruction in a folder: one file a day and machine, appended to and flushed. Processes of one machine may append to
 * one file, each write is whole lines; machines may not, where the folder is shared over a network. Best on another disk than the database, so that one loss does not take both.
 */
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { isMissing, syncFolder } from "../disk.ts";
import { createRegister, DAY_MS, type DestructionRegister, dayOf, KEPT_MS, type LineLog } from "./register.ts";

const FILE = /^(\d{8})-[0-9a-f]{8}\.log$/;
/** A power cut may lose so much of what was only noted for soon. */
const SOON_MS = 1000;
const READ_BYTES = 64 * 1024;

export function openFileRegister(folder: string, now: () => number): DestructionRegister {
  return createRegister(createDailyLog(folder, now), { soonMs: SOON_MS });
}

function createDailyLog(folder: string, now: () => number): LineLog {
  let current: { readonly day: string; readonly file: FileHandle } | null = null;
  const fileOf = async (day: string): Promise<FileHandle> => {
    if (current?.day === day) return current.file;
    await current?.file.close();
    current = null;
    const file = await openDay(folder, day);
    current = { day, file };
    await removeOld(folder, dayOf(now() - KEPT_MS));
    return file;
  };
  return {
    append: async (text) => {
      const file = await fileOf(dayOf(now()));
      try {
        await file.appendFile(text);
        await file.datasync();
      } catch (error) {
        // Part of it may be there, on a full disk. Opened again, its end is looked at: the next line must not continue a torn one.
        current = null;
        await file.close().catch(() => undefined);
        throw error;
      }
    },
    read: async function* (sinceMs) {
      // A day earlier: clocks of nodes differ, and midnight is somewhere.
      const from = dayOf(Math.max(0, sinceMs - DAY_MS));
      for (const name of (await filesOf(folder)).filter((one) => (FILE.exec(one)?.[1] ?? "") >= from)) {
        yield* wholeLines(join(folder, name));
      }
    },
    close: async () => {
      await current?.file.close();
      current = null;
    },
  };
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => FILE.test(name)).toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The day's file, its name durable, its end the end of a line. */
async function openDay(folder: string, day: string): Promise<FileHandle> {
  const isNew = (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined;
  const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
  const file = await open(join(folder, `${day}-${machine}.log`), "a+", 0o600);
  try {
    const { size } = await file.stat();
    if (size > 0) {
      // A power cut or a full disk may have torn the last line: what comes now must not continue it.
      const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
      if (buffer.toString() !== "\n") await file.appendFile("\n");
    }
    await syncFolder(folder);
    if (isNew) await syncFolder(dirname(folder));
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function removeOld(folder: string, before: string): Promise<void> {
  for (const name of await filesOf(folder)) {
    if ((FILE.exec(name)?.[1] ?? "") < before) await rm(join(folder, name), { force: true });
  }
}

/** The file in pieces that end with a line's end; what was torn at its very end comes last. */
async function* wholeLines(path: string): AsyncGenerator<string> {
  const file = await open(path, "r");
  try {
    let rest = "";
    for await (const piece of file.createReadStream({
      encoding: "utf8",
      highWaterMark: READ_BYTES,
      autoClose: false,
    })) {
      const text = rest + String(piece);
      const end = text.lastIndexOf("\n") + 1;
      rest = text.slice(end);
      if (end > 0) yield text.slice(0, end);
    }
    if (rest !== "") yield rest;
  } finally {
    await file.close();
  }
}
