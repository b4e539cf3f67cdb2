/**
 * Memory while 4 GiB go through: `pli send` seals a file of that size, `pli open` opens it again, and the server in between takes and
 * gives it. Figures are the peak resident set over idle: for the CLI what `pli --help` takes, for the server what it has before.
 */
import { once } from "node:events";
import { open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeFor, loginCli, type RunningServer, type Sent, startCli } from "../e2e/harness.ts";
import { ceilingFigure, type Figure, rounded } from "./figure.ts";
import { benchFolder, residentBytes, startNode, withScope } from "./workshop.ts";

export const name = "memory";

const CONTENT_BYTES = 4 * 1024 ** 3;
const GOAL_MEGABYTES = 150;
const SAMPLE_MS = 25;
const RECIPIENT = "reader@example.org";

interface Measured {
  readonly stdout: string;
  readonly peakBytes: number;
  readonly seconds: number;
}

/** Runs `pli …` to its end and watches its peak: the kernel keeps it, so the last look before the end is nearly all. */
async function measureCli(args: readonly string[], home: string): Promise<Measured> {
  const startedMs = performance.now();
  const child = startCli(args, { home });
  child.stdin.end();
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (piece: string) => stdout.push(piece));
  child.stderr.setEncoding("utf8").on("data", (piece: string) => stderr.push(piece));
  let peakBytes = 0;
  const look = async () => {
    const resident = await residentBytes(child.pid ?? 0).catch(() => null);
    if (resident !== null && resident.peak > peakBytes) peakBytes = resident.peak;
  };
  const timer = setInterval(() => void look(), SAMPLE_MS);
  const [status] = (await once(child, "close")) as [number | null];
  clearInterval(timer);
  if (status !== 0) throw new Error(`pli ${args[0]} ended with ${status}: ${stderr.join("").slice(-600)}`);
  return { stdout: stdout.join(""), peakBytes, seconds: (performance.now() - startedMs) / 1000 };
}

async function idleServer(server: RunningServer): Promise<number> {
  for (let warm = 0; warm < 20; warm++) await (await fetch(`${server.origin}/readyz`)).arrayBuffer();
  return (await residentBytes(server.processId())).now;
}

export async function run(): Promise<readonly Figure[]> {
  return withScope(async (scope) => {
    const folder = await benchFolder(scope, "memory");
    const { server } = await startNode(scope);
    const home = await loginCli(scope, server);
    const reader = join(folder, "reader");
    const source = join(folder, "content.bin");
    const file = await open(source, "w");
    // A hole in a file reads as zeros: sealed they look like anything else, and the disk is spared.
    await file.truncate(CONTENT_BYTES);
    await file.close();

    const idleCliBytes = (await measureCli(["--help"], home)).peakBytes;
    const idleServerBytes = await idleServer(server);
    const sent = await measureCli(
      ["send", "--to", RECIPIENT, "--subject", "Four", "--text", "GiB", "--attach", source, "--json"],
      home,
    );
    const serverAfterSendBytes = (await residentBytes(server.processId())).peak;
    const link = (JSON.parse(sent.stdout) as Sent).grants[0]?.link ?? "";
    await rm(source);

    // The code is asked for first, so that the measured run needs nobody at the keyboard.
    const grantId = /\/o\/([\w-]+)#/.exec(link)?.[1];
    await fetch(`${server.origin}/api/v1/grants/${grantId}/codes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    const code = await codeFor(server, RECIPIENT);
    const out = join(folder, "out");
    const opened = await measureCli(["open", link, "--out", out, "--code", code, "--json"], reader);
    const { size } = await stat(join(out, "content.bin"));
    if (size !== CONTENT_BYTES) throw new Error(`opened ${size} bytes instead of ${CONTENT_BYTES}`);
    const serverPeakBytes = (await residentBytes(server.processId())).peak;

    const over = (figure: string, peakBytes: number, idleBytes: number, aside: string) =>
      ceilingFigure({
        bench: name,
        figure,
        unit: "MB over idle",
        value: (peakBytes - idleBytes) / 1e6,
        against: `idle ${rounded(idleBytes / 1e6)} MB${aside}`,
        goal: GOAL_MEGABYTES,
      });
    const speed = (seconds: number) => `; ${rounded(CONTENT_BYTES / 1e6 / seconds)} MB/s`;
    return [
      over("CLI sealing 4 GiB", sent.peakBytes, idleCliBytes, speed(sent.seconds)),
      over("server meanwhile", serverAfterSendBytes, idleServerBytes, ""),
      over("CLI opening 4 GiB", opened.peakBytes, idleCliBytes, speed(opened.seconds)),
      over("server, both ways", serverPeakBytes, idleServerBytes, ""),
    ];
  });
}
