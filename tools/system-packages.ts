/**
 * Programs our tests and benchmarks measure against or drive (Chromium, nginx, exim4, dovecot, buildah and others): found on the system, or installed
 * from the system's packages when we are root on a Debian, or else named with what to do. Never starts a service.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A program and where it comes from. */
export interface SystemProgram {
  readonly names: readonly string[];
  readonly debianPackages: readonly string[];
}

export const PROGRAMS = {
  chromium: {
    names: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    debianPackages: ["chromium", "fonts-dejavu-core", "fonts-liberation"],
  },
  firefox: { names: ["firefox-esr", "firefox"], debianPackages: ["firefox-esr"] },
  nginx: { names: ["nginx"], debianPackages: ["nginx-light"] },
  exim: { names: ["exim4", "exim"], debianPackages: ["exim4-daemon-light"] },
  postgres: { names: ["initdb"], debianPackages: ["postgresql"] },
  buildah: { names: ["buildah"], debianPackages: ["buildah", "crun"] },
  debootstrap: { names: ["debootstrap"], debianPackages: ["debootstrap"] },
  compose: { names: ["docker-compose"], debianPackages: ["docker-compose"] },
  caddy: { names: ["caddy"], debianPackages: ["caddy"] },
  openssl: { names: ["openssl"], debianPackages: ["openssl"] },
  strace: { names: ["strace"], debianPackages: ["strace"] },
  faketime: { names: ["faketime"], debianPackages: ["faketime"] },
  systemdAnalyze: { names: ["systemd-analyze"], debianPackages: ["systemd"] },
  dovecot: { names: ["dovecot"], debianPackages: ["dovecot-imapd", "dovecot-lmtpd"] },
  radosgw: { names: ["radosgw"], debianPackages: ["radosgw", "ceph-mon", "ceph-osd", "ceph-common"] },
  cephMon: { names: ["ceph-mon"], debianPackages: ["ceph-mon"] },
  cephOsd: { names: ["ceph-osd"], debianPackages: ["ceph-osd"] },
  ceph: { names: ["ceph"], debianPackages: ["ceph-common"] },
} as const satisfies Record<string, SystemProgram>;

/** Daemons live in sbin, which is not in everybody's PATH. */
const FOLDERS = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/sbin"];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of the first name that is there, or null. */
export function findProgram(program: SystemProgram): string | null {
  for (const name of program.names) {
    for (const folder of FOLDERS) {
      const path = join(folder, name);
      if (folder !== "" && isExecutable(path)) return path;
    }
  }
  return null;
}

let listsAreFresh = false;

function aptGet(args: readonly string[]): { status: number | null; output: string } {
  // RUNLEVEL=1 keeps the packages' scripts from starting daemons.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const run = spawnSync("apt-get", args, { env, encoding: "utf8" });
  return { status: run.status, output: `${run.stdout ?? ""}${run.stderr ?? ""}` };
}

/**
 * Path of the program, installing its packages when that is possible.
 * @throws Error in plain words, with the command to run, when it is missing and cannot be installed.
 */
export function requireProgram(program: SystemProgram): string {
  const found = findProgram(program);
  if (found !== null) return found;
  const cure = `apt-get install ${program.debianPackages.join(" ")}`;
  const mayInstall = process.getuid?.() === 0 && findProgram({ names: ["apt-get"], debianPackages: [] }) !== null;
  if (!mayInstall) throw new Error(`${program.names[0]} is missing. Install it, on Debian or Ubuntu by: sudo ${cure}`);
  process.stderr.write(`${program.names[0]} is missing, installing it: ${cure}\n`);
  if (!listsAreFresh) {
    aptGet(["update", "-q"]);
    listsAreFresh = true;
  }
  const installed = aptGet(["install", "-y", "-q", "--no-install-recommends", ...program.debianPackages]);
  const path = findProgram(program);
  if (path === null) throw new Error(`${cure} failed (${installed.status}):\n${installed.output.slice(-2000)}`);
  return path;
}
