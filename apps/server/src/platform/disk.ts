/** What whoever writes files of their own must know of a disk: when a name is durable, and what a missing file looks like. */
import { open } from "node:fs/promises";

/** Makes the names in a folder durable: what was made, renamed or removed there holds after a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Whether the error says that there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
