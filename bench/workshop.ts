/**
 * What benchmarks of a running node share: a folder on the repository's own disk (a temporary folder may be memory, where durable means
 * nothing), clean-up, processor time and memory of other processes (from /proc, so on Linux), and a signed-in caller.
 */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type RunningServer, runAdmin, type Scope, startServer } from "../e2e/harness.ts";
import { ROOT } from "../tools/repository.ts";

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Runs `work` with a scope of its own, and undoes in reverse order whatever it asked to be undone, also when it fails. */
export async function withScope<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
  const cleanings: (() => Promise<void> | void)[] = [];
  try {
    return await work({ after: (clean) => void cleanings.push(clean) });
  } finally {
    for (const clean of cleanings.toReversed()) await clean();
  }
}

/** A new folder under bench/.tmp, removed at the end. */
export async function benchFolder(scope: Scope, name: string): Promise<string> {
  const parent = join(ROOT, "bench/.tmp");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, `${name}-`));
  scope.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** User and system time of a process and of all its threads so far, in seconds. */
export async function processorSeconds(processId: number): Promise<number> {
  const stat = await readFile(`/proc/${processId}/stat`, "utf8");
  // The name in parentheses may hold spaces: fields count from behind it. 14 and 15 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory of a process now, and the most it ever was, in bytes. */
export async function residentBytes(processId: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${processId}/status`, "utf8");
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? Number.NaN) * 1024;
  return { now: field("VmRSS"), peak: field("VmHWM") };
}

/** A node on the repository's disk with its owner's API token. */
export async function startNode(scope: Scope): Promise<{ server: RunningServer; token: string; folder: string }> {
  const folder = await benchFolder(scope, "node");
  const server = await startServer(scope, { dataFolder: join(folder, "data") });
  const token = await runAdmin(server, ["create-token", "--member", server.ownerAddress]);
  return { server, token, folder };
}

/** A JSON call by the token's member. @throws Error on anything but 2xx */
export async function call<T>(
  node: { server: RunningServer; token: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await fetch(`${node.server.origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${node.token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}
