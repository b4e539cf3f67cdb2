/** A real Pli server as its own process: started as `npm start` does, killable, restartable on the same port and data. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../tools/repository.ts";
import { freePort } from "../../tools/services/free-ports.ts";
import { testBucketSettings } from "../../tools/services/s3.ts";
import { testDatabase } from "../../tools/services/shared-postgres.ts";
import { type Scope, temporaryFolder } from "./scope.ts";

const START_TIMEOUT_MS = 120_000;
const SETTLE_TIMEOUT_MS = 30_000;

export type Profile = "sqlite" | "cluster";
export const PROFILES: readonly Profile[] = ["sqlite", "cluster"];

export interface ServerOptions {
  /** Added to the environment, such as `PLI_SMTP_URL`. */
  readonly env?: Readonly<Record<string, string>>;
  /** An existing data folder; otherwise a new one that is removed at the end. */
  readonly dataFolder?: string;
  /** A fixed port; otherwise a free one. */
  readonly port?: number;
  /** What it stands on: a file of SQLite, or PostgreSQL and a bucket as several nodes share them. */
  readonly profile?: Profile;
  /** Flags for Node itself, such as `--expose-gc`. */
  readonly nodeFlags?: readonly string[];
}

export interface RunningServer {
  /** Such as `http://localhost:41234`. Browsers take secure cookies on localhost. */
  readonly origin: string;
  readonly port: number;
  readonly dataFolder: string;
  /** Settings beyond the data folder that lead other processes to the same installation. */
  readonly place: Readonly<Record<string, string>>;
  /** The owner's address and the sign-in link printed at start. */
  readonly ownerAddress: string;
  ownerLink(): string;
  processId(): number;
  /** Everything the server has printed since the first start, both streams: its logs. */
  output(): string;
  /** Asks it to stop and waits until it is gone. */
  stop(): Promise<void>;
  /** SIGKILL: what a power cut does to a process. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Waits a while until `check` says yes. @throws Error when it does not, or the server has ended */
  settled(check: () => boolean): Promise<void>;
}

/** Starts a server and waits until it says that it is ready. */
export async function startServer(scope: Scope, options: ServerOptions = {}): Promise<RunningServer> {
  const dataFolder = options.dataFolder ?? (await temporaryFolder(scope, "pli-data"));
  // Dropped when the server has ended: what is made last goes first, whoever cleans.
  const cleaning: (() => Promise<void> | void)[] = [];
  scope.after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  const place: Record<string, string> =
    options.profile === "cluster"
      ? {
          PLI_DATABASE_URL: await testDatabase({ after: (clean) => void cleaning.push(clean) }),
          ...(await testBucketSettings()),
        }
      : {};
  const port = options.port ?? (await freePort());
  const origin = `http://localhost:${port}`;
  const ownerAddress = options.env?.PLI_OWNER ?? "owner@example.org";
  const printed: string[] = [];
  let child: ChildProcess | undefined;

  const gone = (process_: ChildProcess) =>
    process_.exitCode !== null || process_.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((finish) => process_.once("exit", () => finish()));

  const end = async (signal: NodeJS.Signals) => {
    if (child === undefined) return;
    const ending = child;
    child = undefined;
    ending.kill(signal);
    await gone(ending);
  };

  const start = async () => {
    const starting = spawn(process.execPath, [...(options.nodeFlags ?? []), join(ROOT, "apps/server/src/main.ts")], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH ?? "",
        PLI_PORT: String(port),
        PLI_HOST: "127.0.0.1",
        PLI_URL: origin,
        PLI_DATA: dataFolder,
        ...place,
        // Pages built elsewhere, while others work on these.
        ...(process.env.PLI_WEB === undefined ? {} : { PLI_WEB: process.env.PLI_WEB }),
        ...options.env,
      },
    });
    child = starting;
    const from = printed.length;
    await new Promise<void>((ready, fail) => {
      const timer = setTimeout(
        () => fail(new Error(`the server is not ready:\n${printed.join("")}`)),
        START_TIMEOUT_MS,
      );
      const listen = (piece: string) => {
        printed.push(piece);
        if (printed.slice(from).join("").includes("Pli is ready at ")) {
          clearTimeout(timer);
          ready();
        }
      };
      starting.stdout?.setEncoding("utf8").on("data", listen);
      starting.stderr?.setEncoding("utf8").on("data", listen);
      starting.once("exit", (code, signal) => {
        clearTimeout(timer);
        fail(new Error(`the server ended (${code ?? signal}):\n${printed.slice(from).join("")}`));
      });
    });
  };

  cleaning.push(() => end("SIGKILL"));
  await start();
  return {
    origin,
    port,
    dataFolder,
    place,
    ownerAddress,
    ownerLink: () => {
      const link = /https?:\/\/\S+\/app\/sign-in#[\w-]+/.exec(printed.join(""))?.[0];
      if (link === undefined) throw new Error(`no sign-in link was printed:\n${printed.join("")}`);
      return link;
    },
    processId: () => child?.pid ?? 0,
    output: () => printed.join(""),
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    start,
    settled: async (check) => {
      const deadlineMs = performance.now() + SETTLE_TIMEOUT_MS;
      while (!check()) {
        if (performance.now() > deadlineMs) throw new Error(`the server does not settle:\n${printed.join("")}`);
        await new Promise((resume) => setTimeout(resume, 20));
      }
    },
  };
}
