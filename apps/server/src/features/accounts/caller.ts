/**
 * Who is calling: the session cookie of a browser, or the bearer token of a program (RFC 6750). One key look-up for those who
 * carry a secret, none for the others. Never tells why a secret is not accepted.
 */
import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { PliError } from "@pli/core/errors";
import type { Caller } from "../../http/caller.ts";
import type { Signal } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { deleteSession, sessionOfSecret, touchSession } from "./sessions.queries.ts";

export const SESSION_COOKIE = "__Host-pli-session";
export const SESSION_IDLE_MS = 30 * 24 * 3_600_000;
/** "Last seen" is written at most so often: a session in use costs no write per request. */
const TOUCH_EVERY_MS = 3_600_000;
const TOKEN_PREFIX = "pli_";
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const ANONYMOUS: Caller = { kind: "anonymous" };

/** Raised when a session ended: whoever serves it for longer than a request looks again who it is. */
export function sessionSignal(sessionId: string): Signal {
  return `session ${sessionId}`;
}

/** Who sent these headers. A bearer token goes before a cookie; one that is not ours is anonymous, never a fallback. */
export async function identify(services: Services, headers: IncomingHttpHeaders): Promise<Caller> {
  const bearer = headers.authorization === undefined ? null : bearerSecret(headers.authorization);
  const secret = headers.authorization === undefined ? cookieValue(headers.cookie, SESSION_COOKIE) : bearer;
  if (secret === null || !SECRET.test(secret)) return ANONYMOUS;
  const by = headers.authorization === undefined ? "cookie" : "token";
  const [session] = await sessionOfSecret(services.db.read, { secretSha256: sha256Text(secret) });
  if (session === undefined || (session.kind === "token") !== (by === "token")) return ANONYMOUS;
  const nowMs = services.clock.now();
  if (session.expires_at_ms !== null && session.expires_at_ms <= nowMs) return ANONYMOUS;
  if (nowMs - session.last_seen_at_ms >= TOUCH_EVERY_MS) renew(services, session.session_id, session.kind, nowMs);
  return {
    kind: "member",
    memberId: session.member_id,
    organisationId: session.organisation_id,
    role: session.role,
    sessionId: session.session_id,
    by: by === "token" ? "token" : "browser",
    confirmedAtMs: session.confirmed_at_ms,
    mailboxAtMs: session.mailbox_at_ms,
  };
}

/** Ends a session of the caller. @throws `not_found` when it is not theirs */
export async function revokeSession(services: Services, memberId: string, sessionId: string): Promise<void> {
  const found = await services.db.write((tx) => deleteSession(tx, memberId, sessionId));
  if (!found) throw new PliError("not_found");
  services.db.raise(sessionSignal(sessionId));
}

/** SHA-256 of a secret's text, base64url: what the database keeps instead of it. */
export function sha256Text(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Value of cookie `name` in a Cookie header (RFC 6265 4.2), the first one; null when it is not there. */
export function cookieValue(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

function bearerSecret(authorization: string): string | null {
  const match = /^Bearer +(\S+)$/i.exec(authorization);
  const token = match?.[1];
  return token?.startsWith(TOKEN_PREFIX) ? token.slice(TOKEN_PREFIX.length) : null;
}

/** The request does not wait: being renewed an hour later harms nobody. */
function renew(services: Services, sessionId: string, kind: "browser" | "token", nowMs: number): void {
  const expiresAtMs = kind === "token" ? null : nowMs + SESSION_IDLE_MS;
  services.db
    .write((tx) => touchSession(tx, sessionId, nowMs, expiresAtMs))
    .catch((error: unknown) => services.logger.warn({ err: error }, "session not renewed"));
}
