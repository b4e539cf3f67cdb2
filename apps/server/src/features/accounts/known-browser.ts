/**
 * Browsers in which a member has signed in before carry a cookie that says so to this server alone: 16 random bytes and their HMAC with the
 * member's address. It opens nothing. Such a browser has a door of its own when it asks for a link, so that strangers who ask for the same
 * address cannot shut its owner out. Nothing is stored.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Services } from "../../services.ts";

export const KNOWN_COOKIE = "__Host-pli-known";
const NONCE_BYTES = 16;
const VALUE = /^([\w-]{22})\.([\w-]{43})$/;

/** Value of the cookie for a browser that has just signed in. @param address as stored, in lower case */
export function knownBrowser(services: Pick<Services, "keys">, address: string): string {
  const nonce = randomBytes(NONCE_BYTES).toString("base64url");
  return `${nonce}.${mac(services, nonce, address).toString("base64url")}`;
}

/** Who of the known browsers of `address` this is; null when it is none. */
export function recogniseBrowser(
  services: Pick<Services, "keys">,
  cookie: string | null,
  address: string,
): string | null {
  const [, nonce, claimed] = VALUE.exec(cookie ?? "") ?? [];
  if (nonce === undefined || claimed === undefined) return null;
  const expected = mac(services, nonce, address);
  const given = Buffer.from(claimed, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : null;
}

function mac({ keys }: Pick<Services, "keys">, nonce: string, address: string): Buffer {
  return createHmac("sha256", keys.derive("known-browser")).update(`${nonce}\n${address}`).digest();
}
