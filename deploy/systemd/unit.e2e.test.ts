/** The systemd unit (Q7): systemd itself reads it, and rates how much of the machine it leaves open; its filter lets through what a server does. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { freePort, temporaryFolder } from "../../e2e/harness.ts";
import { ROOT } from "../../tools/repository.ts";
import { PROGRAMS, requireProgram } from "../../tools/system-packages.ts";

const UNIT = join(ROOT, "deploy/systemd/pli.service");
/** Of 10, as `systemd-analyze security` counts; below 2 it says OK. What is left is the network and the compiler in V8. */
const EXPOSURE_MAX = 1.6;
const READY_MS = 30_000;

function analyze(...args: string[]): string {
  const done = spawnSync(requireProgram(PROGRAMS.systemdAnalyze), args, { encoding: "utf8" });
  assert.equal(done.status, 0, `${done.stdout}${done.stderr}`);
  return `${done.stdout}${done.stderr}`;
}

test("Q7: systemd understands every line of the unit", async (t) => {
  const root = await temporaryFolder(t, "pli-unit");
  const put = async (path: string, text: string, mode: number) => {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), text);
    await chmod(join(root, path), mode);
  };
  const text = await readFile(UNIT, "utf8");
  await put("/etc/systemd/system/pli.service", text, 0o644);
  await put("/opt/pli/node_modules/.bin/node", "#!/bin/sh\n", 0o755);
  for (const target of ["network-online", "multi-user", "sysinit", "basic", "shutdown"]) {
    await put(`/etc/systemd/system/${target}.target`, "[Unit]\nDefaultDependencies=no\n", 0o644);
  }
  for (const unit of ["system.slice", "-.slice"]) await put(`/etc/systemd/system/${unit}`, "[Slice]\n", 0o644);
  assert.equal(analyze("verify", `--root=${root}`, "--man=no", "pli.service").trim(), "");
});

test("Q7: the unit leaves little of the machine open", (t) => {
  const said = analyze("security", "--offline=yes", "--no-pager", `--threshold=${EXPOSURE_MAX * 10}`, UNIT);
  t.diagnostic(/Overall exposure level.*: [\d.]+/.exec(said)?.[0] ?? "no level");
});

/** Names in a filter's group, those in groups within it too. */
function callsOf(group: string): ReadonlySet<string> {
  const lines = analyze("syscall-filter", "--no-pager", group).split("\n").slice(1);
  const words = lines.map((line) => line.trim()).filter((line) => /^@?[a-z0-9_-]+$/.test(line));
  return new Set(words.flatMap((word) => (word.startsWith("@") ? [...callsOf(word)] : [word])));
}

test("Q7: what the unit forbids the server does without: it starts, answers and stops under the filter", async (t) => {
  const strace = requireProgram(PROGRAMS.strace);
  const folder = await temporaryFolder(t, "pli-filter");
  const trace = join(folder, "calls");
  const filters = [...(await readFile(UNIT, "utf8")).matchAll(/^SystemCallFilter=(~?)(.+)$/gm)];
  const allowed = new Set<string>();
  for (const [, without, groups = ""] of filters) {
    for (const call of groups.split(" ").flatMap((group) => [...callsOf(group)])) {
      if (without === "~") allowed.delete(call);
      else allowed.add(call);
    }
  }
  assert.ok(allowed.size > 200, "the filter was not understood");
  const port = await freePort();
  const server = spawn(
    strace,
    [
      "-f",
      "-c",
      "-S",
      "name",
      "-U",
      "name,calls,errors",
      "-o",
      trace,
      process.execPath,
      join(ROOT, "apps/server/src/main.ts"),
    ],
    {
      env: { PATH: process.env.PATH, PLI_PORT: String(port), PLI_DATA: join(folder, "data") },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = new Promise<number | null>((resolve) => server.once("exit", resolve));
  t.after(() => server.kill("SIGKILL"));
  let said = "";
  server.stdout.on("data", (piece: Buffer) => {
    said += piece.toString();
  });
  await t.waitFor(() => assert.match(said, /Pli is ready/), { timeout: READY_MS, interval: 20 });
  for (const path of ["/readyz", "/app/"]) assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 200);
  const { status } = await fetch(`http://127.0.0.1:${port}/api/v1/sign-in/links`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ address: "owner@example.org" }),
  });
  assert.ok(status < 500, `${status}`);
  // The tracer hands it on.
  const [child] = spawnSync("pgrep", ["-P", String(server.pid)], { encoding: "utf8" })
    .stdout.trim()
    .split("\n");
  process.kill(Number(child), "SIGTERM");
  assert.equal(await ended, 0);
  const used = (await readFile(trace, "utf8"))
    .split("\n")
    .map((line) => /^([a-z0-9_]+)\s+\d+/.exec(line.trim())?.[1])
    .filter((name) => name !== undefined && name !== "total");
  t.diagnostic(`${used.length} system calls of ${allowed.size} allowed`);
  // SQLite gives its files to the owner of the database, but only where it runs as root; the service does not.
  if (process.getuid?.() === 0) allowed.add("fchown");
  assert.ok(used.length > 20, "the trace was not understood");
  assert.deepEqual(
    used.filter((name) => name !== undefined && !allowed.has(name)),
    [],
  );
});
