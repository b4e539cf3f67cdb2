/**
 * The server's own secret: 32 random bytes in a file beside the database, made at the first start, readable by its owner
 * alone. Keys for one purpose each are derived from it. A copy of the database alone opens none of what they seal.
 */

import { hkdfSync, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

export interface ServerKeys {
  /** 32 bytes for one purpose, the same at every start: HKDF-SHA256(secret, info = `pli/1/server/<purpose>`). */
  derive(purpose: string): Uint8Array;
}

/** Its name in the data folder. */
export const SERVER_KEY_FILE = "server.key";
const SECRET_BYTES = 32;

/** Reads the key file of `dataFolder`, or makes it. @throws Error when it is there but not 32 bytes */
export function openServerKeys(dataFolder: string): ServerKeys {
  const path = join(dataFolder, SERVER_KEY_FILE);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const secret = readSecret(path) ?? createSecret(path);
  return {
    derive: (purpose) => new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(), `pli/1/server/${purpose}`, 32)),
  };
}

function readSecret(path: string): Uint8Array | null {
  try {
    const secret = readFileSync(path);
    if (secret.length !== SECRET_BYTES) throw new Error(`${path} is damaged: restore it from your back-up`);
    return secret;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Written whole under another name first, and linked: two processes that start together end with the same file. */
function createSecret(path: string): Uint8Array {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeSync(file, randomBytes(SECRET_BYTES));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  const secret = readSecret(path);
  if (secret === null) throw new Error(`${path} cannot be read`);
  return secret;
}
