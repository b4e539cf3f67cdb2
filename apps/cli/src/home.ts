/**
 * What the program keeps between runs, in PLI_HOME: the account (server, token, keyring seed) and, for each server whose links were
 * opened, this device's cookie. These are this computer's secrets: folder 0700, files 0600, replaced whole.
 */
import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { StoredCookie } from "@pli/client/node";
import { fromBase64url } from "@pli/core/bytes";
import { asSeed, type Seed } from "@pli/core/sealing";

/** The platform's folder for configuration, or PLI_HOME. */
export function homeFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.PLI_HOME) return env.PLI_HOME;
  if (platform === "win32" && env.APPDATA) return join(env.APPDATA, "pli");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "pli");
  return join(env.XDG_CONFIG_HOME || join(homedir(), ".config"), "pli");
}

export interface KeptAccount {
  readonly v: 1;
  readonly server: string;
  readonly token: string;
  readonly memberId: string;
  readonly address: string;
  readonly name: string;
  /** base64url, pinned: a server that shows another is not believed (Z11). */
  readonly kemPublic: string;
  readonly signPublic: string;
  /** base64url of the keyring's seed. */
  readonly seed: string;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const temporary = `${path}.${process.pid}.new`;
  const file = await open(temporary, "w", 0o600);
  await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
  await file.sync();
  await file.close();
  await rename(temporary, path);
}

/** @returns null when nobody logged in */
export async function readAccount(home: string): Promise<KeptAccount | null> {
  const kept = (await readJson(join(home, "account.json"))) as Partial<KeptAccount> | null;
  const complete = kept?.v === 1 && kept.server !== undefined && kept.token !== undefined && kept.seed !== undefined;
  return complete ? (kept as KeptAccount) : null;
}

export function writeAccount(home: string, account: KeptAccount): Promise<void> {
  return writeJson(home, "account.json", account);
}

export async function forgetAccount(home: string): Promise<void> {
  await rm(join(home, "account.json"), { force: true });
}

/** @throws PliError `bad_input` when the file was tampered with */
export function seedOf(account: KeptAccount): Seed {
  return asSeed(fromBase64url(account.seed, 32));
}

function deviceFile(origin: string): string {
  return `device-${createHash("sha256").update(origin).digest("hex").slice(0, 16)}.json`;
}

/** Cookies that `origin` set on this device. */
export async function readDevice(home: string, origin: string): Promise<readonly StoredCookie[]> {
  const kept = (await readJson(join(home, deviceFile(origin)))) as { origin?: unknown; cookies?: unknown } | null;
  return kept?.origin === origin && Array.isArray(kept.cookies) ? (kept.cookies as StoredCookie[]) : [];
}

export function writeDevice(home: string, origin: string, cookies: readonly StoredCookie[]): Promise<void> {
  return writeJson(home, deviceFile(origin), { v: 1, origin, cookies });
}
