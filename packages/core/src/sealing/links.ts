/** Links (spec: protocol.md Z5): `ORIGIN/o/<grant id>#<link secret>`. The secret is in the fragment, which browsers never send. */
import { fromBase64url } from "../bytes.ts";
import { PliError } from "../errors.ts";
import { asLinkSecret, type LinkSecret } from "./keys.ts";

export interface GrantLink {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  readonly grantId: string;
  readonly linkSecret: LinkSecret;
}

/** @param origin `https://host` (`http` only for one's own machine) */
export function formatLink(origin: string, grantId: string, linkSecret: string): string {
  return `${new URL(origin).origin}/o/${grantId}#${linkSecret}`;
}

/**
 * Reads a link as people paste it: spaces or angle brackets around it, broken over lines by a mail program.
 * @throws PliError `bad_link` when it is not a Pli link, or was cut off
 */
export function parseLink(text: string): GrantLink {
  const compact = text.replace(/\s+/g, "").replace(/^<+|>+$/g, "");
  try {
    const url = new URL(compact);
    const grantId = /^\/o\/([\w-]{22})\/?$/.exec(url.pathname)?.[1];
    const plain = (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "";
    if (!plain || grantId === undefined) throw new PliError("bad_link");
    fromBase64url(grantId, 16);
    return { origin: url.origin, grantId, linkSecret: asLinkSecret(url.hash.slice(1)) };
  } catch {
    throw new PliError("bad_link");
  }
}
