/** A small file system of a test's own (tmpfs), and how to fill it: for what happens when a disk is full. Needs root on Linux. */
import { execFileSync } from "node:child_process";
import { chmod, mkdir, open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Scope } from "./scope.ts";

const BALLAST = "ballast";

/** Why a small file system cannot be had here, for a skipped test; false when it can. */
export const noSmallDisk: string | false = canMount() ? false : "mounting a small file system needs root";

function canMount(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && tryMount();
}

function tryMount(): boolean {
  try {
    // In a name space of its own, gone with the process: tells without a trace.
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A file system of `sizeBytes` at `folder`, which others may enter. */
export async function mountSmall(scope: Scope, folder: string, sizeBytes: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeBytes},mode=755`, "tmpfs", folder]);
  scope.after(() => {
    execFileSync("umount", ["--lazy", folder]);
  });
  await chmod(folder, 0o755);
}

/** Takes all the room there is but `spareBytes`. */
export async function fill(folder: string, spareBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const file = await open(join(folder, BALLAST), "w");
  await file.write(Buffer.alloc(Math.max(0, bavail * bsize - spareBytes)));
  await file.close();
}

/** Gives back what `fill` took. */
export async function makeRoom(folder: string): Promise<void> {
  await rm(join(folder, BALLAST), { force: true });
}
