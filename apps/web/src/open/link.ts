/**
 * The link of this page, the first look at it, and asking for the code: what must not wait for more to be loaded. The link's secret stays in
 * the address bar, so that a reload works; it goes to the worker and nowhere else. Looking is a GET: it changes nothing, whoever or whatever
 * looks (M12).
 */
import type { ErrorCode, ErrorDetails } from "@pli/core/errors";
import type { CodeSent, GrantInfo } from "@pli/core/wire";

export interface OwnLink {
  readonly grantId: string;
  readonly linkSecret: string;
}

/** The link of this page (protocol.md Z5); nothing when it was cut off. The worker checks it to the bit. */
export function ownLink(): OwnLink | undefined {
  const grantId = /^\/o\/([\w-]{22})\/?$/.exec(location.pathname)?.[1];
  const linkSecret = /^#([\w-]{43})$/.exec(location.hash)?.[1];
  return grantId && linkSecret ? { grantId, linkSecret } : undefined;
}

let clockOffsetMs = 0;

/** Now by the server's clock, to the second: a device that is hours off must not think that a message is over. */
export function serverNowMs(): number {
  return Date.now() + clockOffsetMs;
}

/** What was asked for did not come. */
export interface Failed {
  readonly code: ErrorCode;
  readonly details?: ErrorDetails;
}

async function ask<T>(path: string, known: keyof T, init?: RequestInit): Promise<T | Failed> {
  let response: Response;
  try {
    // the page's header has asked for the first look already: the same request, word for word, takes its answer
    response = await fetch(`/api/v1/grants/${path}`, { redirect: "error", ...init });
  } catch {
    return { code: "network" };
  }
  const serverMs = Date.parse(response.headers.get("date") ?? "");
  if (serverMs) clockOffsetMs = serverMs - Date.now();
  // a proxy in between may answer with a page of its own
  const answer = await response.json().catch(() => ({}));
  return response.ok && answer[known] ? answer : answer.code ? answer : { code: "unavailable" };
}

/** What the landing shows, or why there is nothing to show. */
export function look(grantId: string): Promise<GrantInfo | Failed> {
  return ask<GrantInfo>(grantId, "grantId");
}

/** Has a code sent to the mailbox: after a click. */
export function askCode(grantId: string): Promise<CodeSent | Failed> {
  return ask<CodeSent>(`${grantId}/codes`, "reference", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
}
