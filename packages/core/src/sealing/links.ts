/**
 * Links (spec: protocol.md Z5): `ORIGIN/o/<grant id>#<link secret>`, and `/s/` for one-time secrets (exchanges.md S1). The secret is in the
 * fragment, which browsers never send.
 */
import { fromBase64url } from "../bytes.ts";
import { PliError } from "../errors.ts";
import { asLinkSecret, type LinkSecret } from "./keys.ts";

export interface GrantLink {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  readonly grantId: string;
  readonly linkSecret: LinkSecret;
}

/** What a link leads to, as its path says: a message to open, or a secret to reveal. */
export type LinkDoor = "o" | "s";

/** @param origin `https://host` (`http` only for one's own machine) */
export function formatLink(origin: string, grantId: string, linkSecret: string, door: LinkDoor = "o"): string {
  return `${new URL(origin).origin}/${door}/${grantId}#${linkSecret}`;
}

/**
 * Reads a link as people paste it: spaces or angle brackets around it, broken over lines by a mail program.
 * @throws PliError `bad_link` when it is not a Pli link to this door, or was cut off
 */
export function parseLink(text: string, door: LinkDoor = "o"): GrantLink {
  const compact = text.replace(/\s+/g, "").replace(/^<+|>+$/g, "");
  try {
    const url = new URL(compact);
    const [, found, grantId] = /^\/([os])\/([\w-]{22})\/?$/.exec(url.pathname) ?? [];
    const plain = (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "";
    if (!plain || found !== door || grantId === undefined) throw new PliError("bad_link");
    fromBase64url(grantId, 16);
    return { origin: url.origin, grantId, linkSecret: asLinkSecret(url.hash.slice(1)) };
  } catch {
    throw new PliError("bad_link");
  }
}
