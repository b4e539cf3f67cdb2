/**
 * A real PostgreSQL for tests and benchmarks: a cluster of its own in a temporary folder, on a free port of loopback, run by an
 * unprivileged user, gone at the end. Durable (fsync on) unless a caller says otherwise. Never touches a PostgreSQL of the system.
 *
 *   import: const postgres = await startPostgres(); const url = await postgres.createDatabase(); … await postgres.stop()
 */
import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { PROGRAMS, requireProgram } from "../system-packages.ts";
import { freePort } from "./free-ports.ts";
import { answers, createDatabase, dropDatabase, rowsOf, runAll } from "./postgres-databases.ts";

/** As Debian's package has it, there or not: any user but root will do. */
const POSTGRES_USER = "postgres";
const NOBODY = 65_534;
const READY_MS = 60_000;
const execute = promisify(execFile);

export interface PostgresOptions {
  /** Settings in the form of postgresql.conf, after ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Files of the data folder, such as certificates: name to content. */
  readonly files?: Readonly<Record<string, string>>;
  /** A fixed port of 127.0.0.1; otherwise a free one. */
  readonly port?: number;
  /** Where its folder is made; otherwise where temporary folders are. */
  readonly parent?: string;
}

export interface PostgresServer {
  /** Of the superuser, on the database `postgres`. It carries a password that is random and this server's only. */
  readonly adminUrl: string;
  readonly port: number;
  readonly folder: string;
  /** A new, empty database that belongs to a role of its own without other rights. @returns its URL */
  createDatabase(): Promise<string>;
  dropDatabase(url: string): Promise<void>;
  /** As an administrator does (fast shutdown), or as a power cut does. */
  halt(how: "fast" | "immediate"): Promise<void>;
  /** Whether it takes connections now. */
  answers(): Promise<boolean>;
  /** Starts it again with the same data on the same port. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface StandbyServer extends PostgresServer {
  /** Makes it the primary. Whoever was it must be gone, and stay so. */
  promote(): Promise<void>;
}

/** @throws Error in plain words when PostgreSQL is missing and cannot be installed */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const password = randomBytes(18).toString("base64url");
  return await startIn(options, password, async ({ data, user, place, run }) => {
    const passwordFile = place("password", password);
    const local = ["-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "--no-sync"];
    await run("initdb", ["-D", data, "-U", POSTGRES_USER, ...local]);
    for (const [name, content] of Object.entries(options.files ?? {})) {
      writeFileSync(join(data, name), content, { mode: 0o600 });
      if (user !== null) chownSync(join(data, name), user.uid, user.gid);
    }
  });
}

/**
 * A standby that streams from `primary` (a copy of it at first), and answers readers. From now on the primary's commits wait until the standby
 * has them on its disk: what was acknowledged is on both.
 * @param port where it reaches the primary, when a line lies between
 */
export async function startStandby(primary: PostgresServer, port = primary.port): Promise<StandbyServer> {
  const url = new URL(primary.adminUrl);
  const standby = await startIn({}, url.password, async ({ data, run }) => {
    const at = (way: number) => `host=127.0.0.1 port=${way} user=${POSTGRES_USER} password=${url.password}`;
    // With the settings to follow it, and what was written meanwhile.
    await run("pg_basebackup", ["-D", data, "-d", at(primary.port), "-R", "-X", "stream", "-c", "fast"]);
    // The last word counts.
    appendFileSync(join(data, "postgresql.auto.conf"), `primary_conninfo = '${at(port)}'\n`);
  });
  try {
    await runAll(primary.adminUrl, ["alter system set synchronous_standby_names = '*'", "select pg_reload_conf()"]);
    const isInStep = "select 1 from pg_stat_replication where sync_state = 'sync' and state = 'streaming'";
    await until(async () => (await rowsOf(primary.adminUrl, isInStep)).length === 1, "the standby is not in step");
  } catch (error) {
    await standby.stop();
    throw error;
  }
  return {
    ...standby,
    promote: async () => {
      await runAll(standby.adminUrl, ["select pg_promote(true, 30)"]);
      const writes = "select 1 where not pg_is_in_recovery()";
      await until(async () => (await rowsOf(standby.adminUrl, writes)).length === 1, "the standby is no primary");
    },
  };
}

interface Making {
  readonly data: string;
  readonly user: { readonly uid: number; readonly gid: number } | null;
  /** Writes a file beside the data. @returns its path */
  place(name: string, content: string): string;
  /** Runs a program of PostgreSQL to its end. @throws Error with its words */
  run(program: string, args: readonly string[]): Promise<void>;
}

async function startIn(
  options: PostgresOptions,
  password: string,
  make: (making: Making) => Promise<void>,
): Promise<PostgresServer> {
  const programs = programFolder();
  const user = unprivilegedUser();
  const folder = mkdtempSync(join(options.parent ?? tmpdir(), "pli-postgres-"));
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  if (user !== null) for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const environment = { PATH: process.env.PATH ?? "", LC_ALL: "C.UTF-8", TZ: "UTC" };
  const own = { cwd: folder, env: environment, ...user };
  try {
    await make({
      data,
      user,
      place: (name, content) => {
        const path = join(folder, name);
        writeFileSync(path, content, { mode: 0o600 });
        if (user !== null) chownSync(path, user.uid, user.gid);
        return path;
      },
      run: async (program, args) => {
        // Not waited for in one go: the line to another server may be in this very process.
        await execute(join(programs, program), args, own).catch((error: Error & { stderr?: string }) => {
          throw new Error(`${program} failed: ${error.message}\n${error.stderr?.slice(-2000)}`);
        });
      },
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const port = options.port ?? (await freePort());
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    max_connections: "300",
    shared_buffers: "64MB",
    fsync: "on",
    logging_collector: "off",
    log_min_messages: "fatal",
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const adminUrl = `postgres://${POSTGRES_USER}:${password}@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | null = null;
  let printed = "";

  const resume = async () => {
    const child = spawn(join(programs, "postgres"), ["-D", data, "-p", String(port), ...flags], {
      ...own,
      stdio: ["ignore", "ignore", "pipe"],
    });
    server = child;
    // It must not keep alive who has nothing else to do.
    child.unref();
    (child.stderr as Socket | null)?.unref();
    child.stderr?.setEncoding("utf8").on("data", (piece: string) => {
      printed = (printed + piece).slice(-4000);
    });
    const deadlineMs = performance.now() + READY_MS;
    while (!(await answers(adminUrl))) {
      if (child.exitCode !== null || performance.now() > deadlineMs) {
        child.kill("SIGKILL");
        throw new Error(`PostgreSQL does not start:\n${printed}`);
      }
      await pause(25);
    }
  };
  const halt = async (how: "fast" | "immediate") => {
    const child = server;
    server = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((finish) => child.once("exit", () => finish()));
    // Somebody waits for it now.
    child.ref();
    child.kill(how === "fast" ? "SIGINT" : "SIGQUIT");
    await gone;
  };
  // Whoever ends without a word must not leave a server behind.
  const atExit = () => {
    server?.kill("SIGQUIT");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", atExit);
  const stop = async () => {
    await halt("immediate");
    process.off("exit", atExit);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await resume();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    adminUrl,
    port,
    folder,
    createDatabase: () => createDatabase(adminUrl),
    dropDatabase: (url) => dropDatabase(adminUrl, url),
    halt,
    answers: () => answers(adminUrl),
    resume,
    stop,
  };
}

async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  const deadlineMs = performance.now() + READY_MS;
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(otherwise);
    await pause(25);
  }
}

/** Where initdb and postgres are: Debian keeps them out of PATH. */
function programFolder(): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const folder = join(debian, version, "bin");
    if (existsSync(join(folder, "initdb"))) return folder;
  }
  const initdb = requireProgram(PROGRAMS.postgres);
  return versions.length === 0 && !initdb.startsWith(debian) ? join(initdb, "..") : programFolder();
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const ids = ["-u", "-g"].map((flag) => Number(spawnSync("id", [flag, POSTGRES_USER], { encoding: "utf8" }).stdout));
  const [uid, gid] = ids;
  return uid !== undefined && gid !== undefined && uid > 0 && gid > 0 ? { uid, gid } : { uid: NOBODY, gid: NOBODY };
}
