/**
 * The browser of a recipient: 32 random bytes in a cookie, of which the server keeps the SHA-256 only. Made by the first POST at a
 * grant's door, never by a GET.
 */
import { createHash, randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Context } from "hono";
import type { ApiEnv } from "./api.ts";

const NAME = "__Host-pli-device";
const VALUE = /(?:^|;\s*)__Host-pli-device=([A-Za-z0-9_-]{43})(?:;|$)/;
const LIFE_SECONDS = 30 * 24 * 3600;

function hash(value: string): string {
  return createHash("sha256").update(value).digest("base64url");
}

/** SHA-256 of the device cookie, base64url; null when there is none. */
export function deviceOf(headers: IncomingHttpHeaders): string | null {
  const value = VALUE.exec(headers.cookie ?? "")?.[1];
  return value === undefined ? null : hash(value);
}

/** The same, and a browser that has none is given one. */
export function ensureDevice(c: Context<ApiEnv>): string {
  const known = deviceOf(c.env.incoming.headers);
  if (known !== null) return known;
  const value = randomBytes(32).toString("base64url");
  c.header("Set-Cookie", `${NAME}=${value}; Path=/; Max-Age=${LIFE_SECONDS}; Secure; HttpOnly; SameSite=Strict`, {
    append: true,
  });
  return hash(value);
}
