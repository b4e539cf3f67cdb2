/** This program's version, as its package says. */
import { readFileSync } from "node:fs";

const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

export const VERSION = String((manifest as { version?: unknown }).version);
