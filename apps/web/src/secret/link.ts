/** The link of this page and the first look at it: a GET, which uses no view, whoever or whatever looks. */
import type { ErrorCode } from "@pli/core/errors";
import type { SecretInfo } from "@pli/core/wire";

export interface OwnLink {
  readonly secretId: string;
  readonly linkSecret: string;
}

/** Nothing when it was cut off. The worker checks it to the bit. */
export function ownLink(): OwnLink | undefined {
  const secretId = /^\/s\/([\w-]{22})\/?$/.exec(location.pathname)?.[1];
  const linkSecret = /^#([\w-]{43})$/.exec(location.hash)?.[1];
  return secretId && linkSecret ? { secretId, linkSecret } : undefined;
}

export interface Looked {
  readonly info: SecretInfo;
  /** By the server's clock: a device that is hours off must not think that it is over. */
  readonly secondsLeft: number;
}

/** What stands before the button, or the code of why there is nothing to show. */
export async function look(secretId: string): Promise<Looked | ErrorCode> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/secrets/${secretId}`, { redirect: "error" });
  } catch {
    return "network";
  }
  // a proxy in between may answer with a page of its own
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.secretId !== secretId) return answer.code ?? "unavailable";
  const serverMs = Date.parse(response.headers.get("date") ?? "") || Date.now();
  return { info: answer, secondsLeft: Math.max(0, (Date.parse(answer.expiresAt ?? "") - serverMs) / 1000) };
}
