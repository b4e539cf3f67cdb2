/** This server's version, as its package says. */
import { readFileSync } from "node:fs";

const file: unknown = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

export const VERSION =
  typeof file === "object" && file !== null && "version" in file && typeof file.version === "string"
    ? file.version
    : "0";
