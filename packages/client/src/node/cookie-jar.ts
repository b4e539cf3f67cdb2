/**
 * A cookie jar for one origin (RFC 6265, the little that Pli's own servers use): keeps the device cookie that lets a proven mailbox and
 * a running opening hold between runs. The values are secrets of this machine.
 */
import type { CookieJar } from "../transport.ts";

export interface StoredCookie {
  readonly name: string;
  readonly value: string;
  /** Absent: until thrown away. */
  readonly expiresAtMs?: number;
}

export interface PersistentCookieJar extends CookieJar {
  cookies(): readonly StoredCookie[];
}

function parseSetCookie(header: string, nowMs: number): StoredCookie | null {
  const [pair = "", ...attributes] = header.split(";").map((piece) => piece.trim());
  const equals = pair.indexOf("=");
  if (equals < 1) return null;
  const cookie = { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
  let expiresAtMs: number | undefined;
  for (const attribute of attributes) {
    const [name = "", value = ""] = attribute.split("=", 2);
    if (name.toLowerCase() === "max-age" && /^-?\d+$/.test(value)) {
      return { ...cookie, expiresAtMs: nowMs + Number(value) * 1000 };
    }
    if (name.toLowerCase() === "expires") expiresAtMs = Date.parse(value);
  }
  return expiresAtMs === undefined || Number.isNaN(expiresAtMs) ? cookie : { ...cookie, expiresAtMs };
}

/** @param onChange called with all cookies after a server set or removed one: to be kept on disk */
export function createCookieJar(
  initial: readonly StoredCookie[] = [],
  onChange: (cookies: readonly StoredCookie[]) => void = () => undefined,
  now: () => number = Date.now,
): PersistentCookieJar {
  const kept = new Map(initial.map((cookie) => [cookie.name, cookie]));
  const live = () => [...kept.values()].filter(({ expiresAtMs }) => expiresAtMs === undefined || expiresAtMs > now());
  return {
    cookies: live,
    header() {
      const pairs = live().map(({ name, value }) => `${name}=${value}`);
      return pairs.length === 0 ? undefined : pairs.join("; ");
    },
    take(setCookie) {
      if (setCookie.length === 0) return;
      for (const header of setCookie) {
        const cookie = parseSetCookie(header, now());
        if (cookie !== null) kept.set(cookie.name, cookie);
      }
      onChange(live());
    },
  };
}
