/**
 * The link of this page and the first look at it. The link's secret stays in the address bar, so that a reload works; it goes to the worker
 * and nowhere else. Looking is a GET: it changes nothing, whoever or whatever looks (M12).
 */
import type { ErrorCode } from "@pli/core/errors";
import type { GrantInfo } from "@pli/core/wire";

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

/** What the landing shows, or the code of why there is nothing to show. */
export async function look(grantId: string): Promise<GrantInfo | ErrorCode> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/grants/${grantId}`, { redirect: "error" });
  } catch {
    return "network";
  }
  const serverMs = Date.parse(response.headers.get("date") ?? "");
  if (serverMs) clockOffsetMs = serverMs - Date.now();
  // a proxy in between may answer with a page of its own
  const answer = await response.json().catch(() => ({}));
  return response.ok && answer.grantId === grantId ? answer : (answer.code ?? "unavailable");
}
