/** Walks a folder that a running server writes to and erases from at the same time. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Paths of every file below `folder`; of what comes or goes meanwhile perhaps. The recursive `readdir` of Node gives up altogether when
 * one folder goes while it walks, and whoever takes that for "nothing there" calls a whole store lost.
 * @throws what is not the absence of a folder
 */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}
