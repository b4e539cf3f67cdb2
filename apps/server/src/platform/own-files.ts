/** Files that ship with the server's own sources: read at start, never from the data folder. */
import { readFileSync } from "node:fs";

/** Text of a file beside the sources: `readOwnFile(new URL("./page.css", import.meta.url))`. */
export function readOwnFile(url: URL): string {
  return readFileSync(url, "utf8");
}

/** This server's version, as its package says. */
export const VERSION = versionOf(JSON.parse(readOwnFile(new URL("../../package.json", import.meta.url))));

function versionOf(file: unknown): string {
  const found = typeof file === "object" && file !== null && "version" in file ? file.version : undefined;
  return typeof found === "string" ? found : "0";
}
