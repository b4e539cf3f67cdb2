/**
 * A real S3 server for tests: Ceph's radosgw with a monitor and a store in memory, from the system's packages, with its signature checks on. One per
 * process, started at the first call (about a second), on loopback, in a temporary folder, as an unprivileged user where we are root. Ends with
 * the process that started it, however that ends.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createS3Client } from "../../apps/server/src/platform/blobs/index.ts";
import { PROGRAMS, requireProgram } from "../system-packages.ts";
import { freePorts } from "./free-ports.ts";

export interface TestS3 {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For the environment of a server whose blobs lie in `bucket`. */
  environment(bucket: string): Readonly<Record<string, string>>;
  /** Runs `radosgw-admin`, for what only the operator of a store can do: quotas, more users. */
  admin(args: readonly string[]): Promise<string>;
}

/** Where our stores are told to be, when several processes are to share one. */
const SHARED = "PLI_TEST_S3";
/** The number of the process stands behind it. */
const FOLDER = "pli-s3-";
const START_TIMEOUT_MS = 60_000;
const run = promisify(execFile);

let running: Promise<TestS3> | null = null;

/** The S3 server of this process, or the one that the environment names. */
export function testS3(): Promise<TestS3> {
  running ??= start();
  return running;
}

/** Settings of a server whose blobs lie in a new, empty bucket. The bucket goes with the server that has it. */
export async function testBucketSettings(): Promise<Readonly<Record<string, string>>> {
  const { endpoint, accessKeyId, secretAccessKey, environment } = await testS3();
  const bucket = `pli-${randomBytes(8).toString("hex")}`;
  const address = { bucket, endpoint, region: "default", prefix: "", pathStyle: true };
  const client = createS3Client({ address, credentials: () => ({ accessKeyId, secretAccessKey }) });
  try {
    await client.ask({ method: "PUT", key: "" });
  } finally {
    client.close();
  }
  return environment(bucket);
}

/** Why there cannot be one here, in words for a skipped test; null when there can. */
export function s3Missing(): string | null {
  try {
    for (const program of [PROGRAMS.radosgw, PROGRAMS.cephMon, PROGRAMS.cephOsd, PROGRAMS.ceph])
      requireProgram(program);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const settings = (folder: string, ports: { readonly v1: number; readonly v2: number }, clusterId: string): string => `
[global]
fsid = ${clusterId}
mon host = [v2:127.0.0.1:${ports.v2},v1:127.0.0.1:${ports.v1}]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
run dir = ${folder}
mon data = ${folder}/mon
osd data = ${folder}/osd
auth cluster required = none
auth service required = none
auth client required = none
# Without keys between them there is nothing to encrypt with: none of these may ask for it.
ms mon cluster mode = crc
ms mon service mode = crc
ms mon client mode = crc
ms cluster mode = crc
ms service mode = crc
ms client mode = crc
admin socket =
log file =
mon cluster log file = /dev/null
mon data avail warn = 1
mon data avail crit = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 17179869184
mon allow pool size one = true
# Each pool is a round of the monitor: a second by default.
paxos propose interval = 0.05
paxos min wait = 0.01
mon tick interval = 1
rgw enable usage log = false
rgw thread pool size = 64
rgw gc obj min wait = 1
rgw override bucket index max shards = 1
rgw bucket quota ttl = 0
rgw user quota bucket sync interval = 1
debug rocksdb = 0
debug mon = 0
debug osd = 0
debug rgw = 0
`;

async function start(): Promise<TestS3> {
  const shared = process.env[SHARED];
  if (shared !== undefined && shared !== "") return access(JSON.parse(shared) as Access);
  const missing = s3Missing();
  if (missing !== null) throw new Error(missing);
  removeStale();
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  mkdirSync(join(folder, "osd"));
  const [v1 = 0, v2 = 0, port = 0] = await freePorts(3);
  const clusterId = randomUUID();
  const conf = join(folder, "ceph.conf");
  writeFileSync(conf, settings(folder, { v1, v2 }, clusterId));
  const owner = process.getuid?.() === 0 ? idsOf("nobody") : null;
  if (owner !== null) for (const path of [folder, join(folder, "osd"), conf]) chownSync(path, owner.uid, owner.gid);
  const ids = owner === null ? {} : owner;
  const tool = (name: string, args: readonly string[]) =>
    run(requireProgram({ names: [name], debianPackages: [] }), ["-c", conf, ...args], {
      cwd: folder,
      timeout: START_TIMEOUT_MS,
      ...ids,
    });

  const daemons: ChildProcess[] = [];
  const stop = () => {
    for (const daemon of daemons) daemon.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", stop);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const words: string[] = [];
  const daemon = (name: string, args: readonly string[]) => {
    const path = requireProgram({ names: [name], debianPackages: [] });
    const as = owner === null ? [] : [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"];
    // Ends with us even when we are killed, and hears nothing of a Ctrl-C that is meant for us.
    const child = spawn("setpriv", ["--pdeathsig=KILL", ...as, path, "-c", conf, "-f", ...args], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      words.push(text);
      if (words.length > 200) words.splice(0, 100);
    });
    daemons.push(child);
    // The process that started it may end while it runs.
    child.unref();
    (child.stderr as unknown as { unref(): void }).unref();
    return child;
  };

  try {
    const monitors = join(folder, "monmap");
    const addresses = `[v2:127.0.0.1:${v2},v1:127.0.0.1:${v1}]`;
    await run(requireProgram({ names: ["monmaptool"], debianPackages: [] }), [
      "--create",
      "--fsid",
      clusterId,
      "--addv",
      "a",
      addresses,
      monitors,
    ]);
    if (owner !== null) chownSync(monitors, owner.uid, owner.gid);
    await tool("ceph-mon", ["--mkfs", "-i", "a", "--monmap", monitors]);
    daemon("ceph-mon", ["-i", "a"]);
    const storeId = randomUUID();
    await tool("ceph", ["--connect-timeout", "20", "osd", "new", storeId, "0"]);
    await tool("ceph-osd", ["-i", "0", "--mkfs", "--osd-uuid", storeId]);
    daemon("ceph-osd", ["-i", "0"]);
    const gateway = daemon("radosgw", ["-n", "client.rgw", "--rgw-frontends", `beast endpoint=127.0.0.1:${port}`]);
    const endpoint = `http://127.0.0.1:${port}`;
    await answering(endpoint, gateway);
    const made: Access = {
      endpoint,
      accessKeyId: randomBytes(10).toString("hex").toUpperCase(),
      secretAccessKey: randomBytes(20).toString("hex"),
      conf,
    };
    const user = ["--uid=pli", "--display-name=Pli"];
    const keys = [`--access-key=${made.accessKeyId}`, `--secret-key=${made.secretAccessKey}`];
    await tool("radosgw-admin", ["user", "create", ...user, ...keys, "--max-buckets=100000"]);
    return access(made);
  } catch (error) {
    stop();
    throw new Error(`radosgw did not start:\n${words.join("").slice(-2000)}`, { cause: error });
  }
}

interface Access {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly conf: string;
}

function access({ endpoint, accessKeyId, secretAccessKey, conf }: Access): TestS3 {
  return {
    endpoint,
    accessKeyId,
    secretAccessKey,
    environment: (bucket) => ({
      PLI_BLOBS: `s3://${bucket}?endpoint=${endpoint}&region=default`,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    }),
    admin: async (args) => {
      const path = requireProgram({ names: ["radosgw-admin"], debianPackages: [] });
      return (await run(path, ["-c", conf, ...args], { timeout: START_TIMEOUT_MS })).stdout;
    },
  };
}

/** Waits until the gateway answers. @throws Error when it ended or does not come */
async function answering(endpoint: string, gateway: ChildProcess): Promise<void> {
  const untilMs = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < untilMs && gateway.exitCode === null) {
    const answered = await fetch(endpoint).then(
      (answer) => answer.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("no answer");
}

/** Folders of processes that were killed: they could not take theirs with them. */
function removeStale(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^pli-s3-(\d+)-/.exec(name)?.[1];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch (error) {
      const isGone = error instanceof Error && "code" in error && error.code === "ESRCH";
      if (isGone) rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}
