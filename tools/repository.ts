/** Where the repository is and what is in it, for our own tools. Reads only, and never outside the tree. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The repository's folder, absolute. */
export const ROOT = resolve(import.meta.dirname, "..");

/**
 * Files of the working tree that are, or would be, in the repository: tracked ones and new ones that are not ignored.
 * Paths are relative to {@link ROOT}, with forward slashes, sorted. Deleted files are left out.
 */
export function repositoryFiles(root: string = ROOT): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const names = new Set(listed.split("\0").filter((name) => name !== ""));
  return [...names].filter((name) => existsSync(resolve(root, name))).sort();
}
