/**
 * The server's own secret: 32 random bytes in a file outside the database, made at the very first start, readable by its owner alone, the
 * same on every node. Keys for one purpose each are derived from it. A copy of the database alone opens none of what they seal.
 */

import { hkdfSync, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { isMissing } from "./disk.ts";

export interface ServerKeys {
  /** 32 bytes for one purpose, the same at every start: HKDF-SHA256(secret, info = `pli/1/server/<purpose>`). */
  derive(purpose: string): Uint8Array;
}

/** Its name in the data folder, where no other place is named. */
export const SERVER_KEY_FILE = "server.key";
const SECRET_BYTES = 32;
/** As `openssl rand` writes 32 bytes in base64 or in hexadecimal digits: files of secrets often hold text alone. */
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;
const HEX = /^[0-9a-fA-F]{64}$/;

export function keysOf(secret: Uint8Array): ServerKeys {
  return {
    derive: (purpose) => new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(), `pli/1/server/${purpose}`, 32)),
  };
}

/** The secret of a key file: 32 bytes, or a line of text that says them. Null when there is no file. @throws Error when it is damaged */
export function readServerKey(path: string): Uint8Array | null {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  if (content.length === SECRET_BYTES) return content;
  const text = content.toString("latin1").trim();
  if (HEX.test(text)) return Buffer.from(text, "hex");
  if (BASE64.test(text)) return Buffer.from(text, "base64");
  throw new Error(`${path} is damaged: restore it from your back-up`);
}

/**
 * Written whole under another name first, and linked: two processes that start together end with the same file, and one that is cut leaves none.
 * @param content of the file; a new secret when there is none to be brought
 */
export function createServerKey(path: string, content: Uint8Array = randomBytes(SECRET_BYTES)): Uint8Array {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.${randomBytes(6).toString("hex")}.tmp`;
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeSync(file, content);
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
  const secret = readServerKey(path);
  if (secret === null) throw new Error(`${path} cannot be read`);
  return secret;
}
