/**
 * What ships with Pli may be used by everybody: licences of production dependencies, no host in the lock file or in .npmrc, and a line
 * in docs/dependencies.md for each direct one.
 */

/** Every alternative an expression such as `(MPL-2.0 OR Apache-2.0)` offers must not be here; one that is fine is enough. */
const ALLOWED = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "MPL-2.0",
  "BlueOak-1.0.0",
  "Unlicense",
  "CC0-1.0",
]);

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Whether an SPDX expression leaves us a licence on the list: any side of OR, every side of AND. */
export function isLicenceAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, "");
  return plain.split(/\s+OR\s+/).some((side) => side.split(/\s+AND\s+/).every((one) => ALLOWED.has(one.trim())));
}

/** One line per production package whose licence is missing or not allowed. */
export function checkLicences(lock: LockFile): string[] {
  return Object.entries(lock.packages).flatMap(([path, { license, dev, link }]) => {
    if (!path.includes("node_modules/") || dev === true || link === true) return [];
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    if (license === undefined) return [`${name} names no licence`];
    return isLicenceAllowed(license) ? [] : [`${name} is ${license}`];
  });
}

/** One line per host that the lock file or .npmrc names: the registry is everybody's own choice. */
export function checkHosts(lock: LockFile, npmrc: string): string[] {
  const locked = Object.entries(lock.packages).flatMap(([path, { resolved }]) =>
    resolved !== undefined && /^https?:/.test(resolved) ? [`package-lock.json: ${path} is resolved from a host`] : [],
  );
  return /:\/\/|registry\s*=|_auth/i.test(npmrc) ? [...locked, ".npmrc names a host"] : locked;
}

/** One line per direct production dependency that the page does not speak of. */
export function checkDependencyPage(lock: LockFile, page: string): string[] {
  const direct = Object.entries(lock.packages).flatMap(([path, { dependencies }]) =>
    /^(packages|apps)\/[^/]+$/.test(path) ? Object.keys(dependencies ?? {}) : [],
  );
  return [...new Set(direct)]
    .filter((name) => !name.startsWith("@pli/") && !page.includes(`\`${name}\``))
    .map((name) => `docs/dependencies.md says nothing of ${name}`);
}
