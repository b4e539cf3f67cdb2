/** Cookies of members (Q9): host-bound, out of reach of scripts, never sent by other sites (RFC 6265bis). */
export { SESSION_COOKIE } from "./caller.ts";

/** A cookie under the `__Host-` rules: Secure, Path=/, no Domain. Browsers take it on http://localhost too. */
export function hostCookie(name: string, value: string, maxAgeSeconds: number): string {
  return `${name}=${value}; Max-Age=${maxAgeSeconds}; Path=/; HttpOnly; Secure; SameSite=Strict`;
}

export function expireCookie(name: string): string {
  return hostCookie(name, "", 0);
}
