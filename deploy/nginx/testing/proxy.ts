/**
 * Runs nginx with our own example, for tests: the file as it is, but for names, ports, certificates and nodes, which an operator changes too.
 * On loopback, with every folder it could write to in a temporary one.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort, type Scope, temporaryFolder } from "../../../e2e/harness.ts";
import { ROOT } from "../../../tools/repository.ts";
import { waitForPort } from "../../../tools/services/wait-for-port.ts";
import { PROGRAMS, requireProgram } from "../../../tools/system-packages.ts";

export interface RunningProxy {
  /** Such as `https://127.0.0.1:41234`: a name would be looked for at ::1 as well, where nobody listens. */
  readonly origin: string;
  readonly port: number;
  /** Of the listener that only leads to the other one. */
  readonly plainPort: number;
  /** Its authority, PEM. */
  readonly certificate: string;
  /** Files that a body or an answer was ever put into; watched from the start. */
  spilled(): Promise<readonly string[]>;
}

const FOLDERS = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/** Key and certificate for localhost, signed by itself. @returns the certificate, PEM */
export async function makeCertificate(folder: string): Promise<string> {
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const key = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    join(folder, "privkey.pem"),
  ];
  const made = spawnSync(requireProgram(PROGRAMS.openssl), [
    ...["req", "-x509", "-days", "2", ...key, ...subject],
    ...["-out", join(folder, "fullchain.pem")],
  ]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  return await readFile(join(folder, "fullchain.pem"), "utf8");
}

/** Every change must meet something: else the example says it in another way, and the test would test another file. */
export function changed(text: string, changes: readonly (readonly [RegExp, string])[]): string {
  return changes.reduce((before, [pattern, replacement]) => {
    if (!pattern.test(before)) throw new Error(`the example has nothing like ${pattern}`);
    return before.replaceAll(new RegExp(pattern, "g"), () => replacement);
  }, text);
}

/** @param edit one more change to the example, to show what it is there for */
export async function startProxy(
  scope: Scope,
  nodePorts: readonly [number, number],
  edit: readonly (readonly [RegExp, string])[] = [],
): Promise<RunningProxy> {
  const program = requireProgram(PROGRAMS.nginx);
  const folder = await temporaryFolder(scope, "pli-nginx");
  const certificate = await makeCertificate(folder);
  const [port, plainPort] = [await freePort(), await freePort()];
  const example = changed(await readFile(join(ROOT, "deploy/nginx/pli.conf"), "utf8"), [
    [/listen \[::\].*\n/, "\n"],
    [/listen 80;/, `listen 127.0.0.1:${plainPort};`],
    [/listen 443 ssl/, `listen 127.0.0.1:${port} ssl`],
    [/pli\.example\.org/, "localhost"],
    [/\/etc\/ssl\/pli/, folder],
    [/127\.0\.0\.1:8081/, `127.0.0.1:${nodePorts[0]}`],
    [/127\.0\.0\.1:8082/, `127.0.0.1:${nodePorts[1]}`],
    ...edit,
  ]);
  await Promise.all(FOLDERS.map((name) => mkdir(join(folder, name))));
  const file = join(folder, "nginx.conf");
  await writeFile(
    file,
    `daemon off;
master_process off;
pid ${folder}/pid;
events { worker_connections 512; }
http {
${FOLDERS.map((name) => `  ${name}_temp_path ${folder}/${name} 1;`).join("\n")}
${example}
}
`,
  );
  const log = join(folder, "error.log");
  const child = spawn(program, ["-c", file, "-p", folder, "-e", log], { stdio: "ignore" });
  const ended = new Promise<void>((gone) => child.once("exit", () => gone()));
  scope.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  await waitForPort(port, { isAlive: () => child.exitCode === null, complaints: () => readFile(log, "utf8") });
  return {
    origin: `https://127.0.0.1:${port}`,
    port,
    plainPort,
    certificate,
    // nginx makes a folder of one figure for each file (the level of the paths above), and leaves it when the file is gone.
    spilled: async () => (await Promise.all(FOLDERS.map((name) => readdir(join(folder, name))))).flat(),
  };
}
