/**
 * Builds the image by its Dockerfile where no registry can be reached: buildah runs every step, on a stand-in for the official image of Node
 * made from Debian's packages and the Node and npm of this machine. Only for tests; removes what it made.
 */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scope } from "../../../e2e/harness.ts";
import { ROOT } from "../../../tools/repository.ts";
import { findProgram, PROGRAMS, requireProgram } from "../../../tools/system-packages.ts";

export interface BuiltImage {
  /** Its root folder, mounted. Writing there changes the test's copy only. */
  readonly folder: string;
  /** As the image says it. */
  readonly config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Entrypoint: readonly string[];
    readonly Cmd: readonly string[];
    readonly Volumes: Readonly<Record<string, object>>;
    readonly StopSignal: string;
    readonly Healthcheck: { readonly Test: readonly string[] };
  };
}

const NODE_IMAGE = "localhost/node-stand-in";
const AUTHORITIES = "/etc/machine-authorities.crt";

/** Why the image cannot be built here, or null. */
export function whyNoImage(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "needs root on Linux";
  if (findProgram({ names: ["apt-get"], debianPackages: [] }) === null) return "needs Debian's packages";
  return null;
}

function run(program: string, args: readonly string[]): string {
  const done: SpawnSyncReturns<string> = spawnSync(program, args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0)
    throw new Error(`${program} ${args[0]}: ${done.stdout.slice(-3000)}${done.stderr.slice(-3000)}`);
  return done.stdout.trim();
}

/** @throws Error with the last lines of what a step printed, when it fails */
export async function buildImage(scope: Scope): Promise<BuiltImage> {
  const program = requireProgram(PROGRAMS.buildah);
  const folder = await mkdtemp(join(tmpdir(), "pli-image-"));
  const places = ["--root", join(folder, "store"), "--runroot", join(folder, "run")];
  const buildah = (...args: string[]) => run(program, [...places, ...args]);
  scope.after(async () => {
    // Mounts first: a folder that is mounted cannot be removed.
    for (const command of ["umount", "rm"]) spawnSync(program, [...places, command, "--all"]);
    spawnSync("umount", [join(folder, "store", "overlay")]);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  await makeNodeImage(buildah);
  const build = [
    "bud",
    "--pull-never",
    "--isolation",
    "chroot",
    "--format",
    "docker",
    "--build-arg",
    `NODE_IMAGE=${NODE_IMAGE}`,
  ];
  buildah(...build, "-f", "deploy/container/Dockerfile", "-t", "pli", ".");
  const container = buildah("from", "--pull-never", "pli");
  const { Docker } = JSON.parse(buildah("inspect", "--type", "image", "pli")) as {
    Docker: { config: BuiltImage["config"] };
  };
  return { folder: buildah("mount", container), config: Docker.config };
}

/** A small Debian with Node and npm in /usr/local, as the official image is. */
async function makeNodeImage(buildah: (...args: string[]) => string): Promise<void> {
  const container = buildah("from", "scratch");
  const folder = buildah("mount", container);
  run(requireProgram(PROGRAMS.debootstrap), ["--variant=minbase", "--include=libatomic1", "bookworm", folder]);
  const npm = JSON.parse(run("npm", ["ls", "--global", "--json", "--long", "--depth=0", "npm"])) as {
    dependencies: { npm: { path: string } };
  };
  await cp(process.execPath, join(folder, "usr/local/bin/node"));
  await cp(npm.dependencies.npm.path, join(folder, "usr/local/lib/node_modules/npm"), { recursive: true });
  await symlink("../lib/node_modules/npm/bin/npm-cli.js", join(folder, "usr/local/bin/npm"));
  buildah("config", "--env", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", container);
  const authorities = process.env.NODE_EXTRA_CA_CERTS ?? "/etc/ssl/certs/ca-certificates.crt";
  if (existsSync(authorities)) {
    // A machine behind an authority of its own reaches npm's registry only so.
    await cp(authorities, join(folder, AUTHORITIES), { dereference: true });
    buildah("config", "--env", `NODE_EXTRA_CA_CERTS=${AUTHORITIES}`, container);
  }
  buildah("commit", "--rm", container, NODE_IMAGE);
}
