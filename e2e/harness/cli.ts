/** The real `pli` command as its own process, with a state folder of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../tools/repository.ts";
import { type Scope, temporaryFolder } from "./scope.ts";
import type { RunningServer } from "./server.ts";

export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliOptions {
  /** `PLI_HOME`: a recipient without an account has one too, for the device cookie. */
  readonly home: string;
  /** Written to standard input, which is then closed. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `pli …` and leaves the streams to the caller. */
export function startCli(args: readonly string[], options: CliOptions): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [join(ROOT, "apps/cli/bin/pli.js"), ...args], {
    env: { PATH: process.env.PATH ?? "", LANG: "en_GB.UTF-8", PLI_HOME: options.home, ...options.env },
  });
}

/** Runs `pli …` to its end. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliRun> {
  const child = startCli(args, options);
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (piece: string) => stdout.push(piece));
  child.stderr.setEncoding("utf8").on("data", (piece: string) => stderr.push(piece));
  // A command that ends without reading its input must not end the test.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  const status = await new Promise<number | null>((finish) => child.on("close", finish));
  return { status, stdout: stdout.join(""), stderr: stderr.join("") };
}

/** Runs a command of `npm run admin` on the server's data, and gives what it prints. */
export async function runAdmin(
  server: Pick<RunningServer, "dataFolder" | "origin"> & Partial<Pick<RunningServer, "place">>,
  args: readonly string[],
): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, "apps/server/src/admin.ts"), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", PLI_DATA: server.dataFolder, PLI_URL: server.origin, ...server.place },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (piece: string) => stdout.push(piece));
  child.stderr.setEncoding("utf8").on("data", (piece: string) => stderr.push(piece));
  const status = await new Promise<number | null>((finish) => child.on("close", finish));
  if (status !== 0) throw new Error(`admin ${args[0]} ended with ${status}: ${stderr.join("")}`);
  return stdout.join("").trim();
}

/** A signed-in CLI of the server's owner (or of `member`) with a new keyring. Gives its `PLI_HOME`. */
export async function loginCli(
  scope: Scope,
  server: Pick<RunningServer, "dataFolder" | "origin" | "ownerAddress"> & Partial<Pick<RunningServer, "place">>,
  member = server.ownerAddress,
): Promise<string> {
  const home = await temporaryFolder(scope, "pli-home");
  const tokenFile = join(home, "token.txt");
  const passphraseFile = join(home, "passphrase.txt");
  await writeFile(tokenFile, await runAdmin(server, ["create-token", "--member", member]), { mode: 0o600 });
  await writeFile(passphraseFile, "correct horse battery staple", { mode: 0o600 });
  const run = await runCli(
    ["login", "--server", server.origin, "--token-file", tokenFile, "--passphrase-file", passphraseFile],
    { home },
  );
  if (run.status !== 0) throw new Error(`pli login ended with ${run.status}: ${run.stderr}`);
  return home;
}

export interface Sent {
  readonly envelopeId: string;
  readonly grants: readonly { readonly to: string; readonly grantId: string; readonly link: string }[];
}

/** `pli send … --json` by the member of `home`. */
export async function sendByCli(home: string, args: readonly string[]): Promise<Sent> {
  const run = await runCli(["send", ...args, "--json"], { home });
  if (run.status !== 0) throw new Error(`pli send ended with ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout) as Sent;
}
