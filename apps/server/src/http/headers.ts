/**
 * Security headers (Q9), set on the raw response before anything else, so that no answer leaves without them: pages, API,
 * ciphertext, problems. Setting them there is also what keeps them cheap.
 */
import type { ServerResponse } from "node:http";

/** Of pages, and of everything that comes from the built folder. Published with each release (tools/release-list.ts). */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "media-src blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self' blob:",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types pli",
].join("; ");

/** The same for a server whose pages may reach one more origin: the bucket of the direct path. */
export function policyFor(bucketOrigin: string | null): string {
  if (bucketOrigin === null) return CONTENT_SECURITY_POLICY;
  return CONTENT_SECURITY_POLICY.replace("connect-src 'self'", `connect-src 'self' ${bucketOrigin}`);
}

/** Nothing of an API answer is ever rendered. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

const PERMISSIONS = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "hid",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "serial",
  "usb",
]
  .map((name) => `${name}=()`)
  .join(", ");

const BASE: readonly (readonly [string, string])[] = [
  ["Referrer-Policy", "no-referrer"],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["Permissions-Policy", PERMISSIONS],
  ["X-Robots-Tag", "noindex, nofollow"],
  ["Cache-Control", "no-store"],
];

const TRANSPORT = "max-age=63072000; includeSubDomains";

/** The headers of an API answer as names and values in one list, as `writeHead` takes them fastest. */
export function apiHeaderList(https: boolean): readonly string[] {
  const transport = https ? ["Strict-Transport-Security", TRANSPORT] : [];
  return [...BASE.flat(), "Content-Security-Policy", API_POLICY, ...transport];
}

/**
 * For files that are the same bytes for everybody: another site's page may read them, without cookies, so that a check page from elsewhere can
 * compare them with a release. Nothing that depends on who asks may have these. The resource policy stays: nobody may embed them.
 */
export const PUBLIC_FILE_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "Content-Security-Policy, Refresh",
} as const;

/** Sets every header that does not depend on the answer. `pagePolicy`: of what may become a page; null: nothing of it is rendered. */
export function setSecurityHeaders(
  response: ServerResponse,
  options: { pagePolicy: string | null; https: boolean },
): void {
  for (const [name, value] of BASE) response.setHeader(name, value);
  response.setHeader("Content-Security-Policy", options.pagePolicy ?? API_POLICY);
  if (options.https) response.setHeader("Strict-Transport-Security", TRANSPORT);
}
