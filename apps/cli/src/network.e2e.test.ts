/** Bad networks and interruptions: uploads go on, downloads resume, memory stays flat, a terminal asks without echo. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { open, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { codeFor, runCli, startCli, temporaryFolder } from "../../../e2e/harness.ts";
import { ROOT } from "../../../tools/repository.ts";
import { startBadNetwork, throughNetwork } from "./testing/bad-network.ts";
import { newRecipient, newSender } from "./testing/people.ts";

const sender = await newSender();
const MIB = 1024 * 1024;

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The sender's state, with the server reached another way. */
async function homeThrough(t: { after(end: () => unknown): void }, origin: string): Promise<string> {
  const home = await temporaryFolder(t);
  const account = JSON.parse(await readFile(join(sender.home, "account.json"), "utf8"));
  await writeFile(join(home, "account.json"), JSON.stringify({ ...account, server: origin }), { mode: 0o600 });
  return home;
}

test("M14: an interrupted download is gone on with by the next run", async (t) => {
  const jane = await newRecipient(t, sender.server);
  const bytes = randomBytes(40 * MIB);
  await writeFile(join(jane.home, "big.bin"), bytes);
  const { grants } = await sender.send(
    ...[
      "--to",
      jane.address,
      "--subject",
      "S",
      "--text",
      "T",
      "--attach",
      join(jane.home, "big.bin"),
      "--delivery",
      "link",
    ],
  );
  let reached: (() => void) | undefined;
  const half = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let isHeld = true;
  let release: (() => void) | undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const network = await startBadNetwork(t, sender.server.origin, {
    onContent: async (contentBytes) => {
      if (!isHeld || contentBytes < 20 * MIB) return;
      reached?.();
      await held;
    },
  });
  const link = throughNetwork(grants[0]?.link ?? "", network);
  const first = startCli(["open", link, "--out", jane.folder], { home: jane.home });
  const ended = new Promise((resolve) => first.on("close", resolve));
  await half;
  first.kill("SIGINT");
  assert.equal(await ended, 130);
  const left = await readdir(jane.folder);
  assert.ok(left.length === 1 && left[0]?.startsWith("."), `only a provisional file: ${left}`);
  isHeld = false;
  release?.();

  const before = network.contentBytes();
  const second = await jane.run(["open", link, "--out", jane.folder, "--json"]);
  assert.equal(second.status, 0, second.stderr);
  assert.match(second.stderr, /Going on after/);
  assert.ok(network.contentBytes() - before < 30 * MIB, "it was fetched from the beginning");
  const { files } = JSON.parse(second.stdout) as { files: readonly string[] };
  assert.equal(digest(await readFile(files[0] ?? "")), digest(bytes));
  assert.deepEqual((await readdir(jane.folder)).sort(), ["big.bin", "message.txt"]);
});

test("M1, M14: a network that drops requests and cuts answers loses nothing", async (t) => {
  let requests = 0;
  const network = await startBadNetwork(t, sender.server.origin, {
    drops: ({ method, url = "" }) => method === "PUT" && url.includes("/chunks/") && requests++ % 3 === 0,
    cutAfterBytes: () => 3 * MIB,
  });
  const home = await homeThrough(t, network.origin);
  const jane = await newRecipient(t, sender.server);
  const bytes = randomBytes(9 * MIB);
  await writeFile(join(jane.home, "big.bin"), bytes);
  const args = ["send", "--to", jane.address, "--subject", "S", "--text", "T", "--attach", join(jane.home, "big.bin")];
  const sent = await runCli([...args, "--delivery", "link", "--json"], { home });
  assert.equal(sent.status, 0, sent.stderr);
  assert.ok(requests > 3);
  const { grants } = JSON.parse(sent.stdout) as { grants: readonly { readonly link: string }[] };
  const opened = await jane.run(["open", grants[0]?.link ?? "", "--out", jane.folder, "--json"]);
  assert.equal(opened.status, 0, opened.stderr);
  assert.equal(digest(await readFile(JSON.parse(opened.stdout).files[0])), digest(bytes));
});

test("M1: a send that is stopped leaves no draft behind", async (t) => {
  const file = join(await temporaryFolder(t), "big.bin");
  await writeFile(file, randomBytes(30 * MIB));
  let reached: (() => void) | undefined;
  const started = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const network = await startBadNetwork(t, sender.server.origin, {
    drops: ({ method }) => {
      if (method === "PUT") reached?.();
      return method === "PUT";
    },
  });
  const home = await homeThrough(t, network.origin);
  const args = ["send", "--to", "a@b.example", "--subject", "S", "--text", "T", "--attach", file];
  const sending = startCli(args, { home });
  const ended = new Promise((resolve) => sending.on("close", resolve));
  await started;
  sending.kill("SIGINT");
  assert.equal(await ended, 130);
  assert.deepEqual(await sender.json("list", "--state", "draft"), []);
});

/** Runs `pli …`; the most memory it had, in bytes, and what it printed. */
async function measured(home: string, ...args: readonly string[]): Promise<{ peakBytes: number; stdout: string }> {
  const probe = `process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS))`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(probe)}` };
  const run = await runCli(args, { home, env });
  assert.equal(run.status, 0, run.stderr);
  return { peakBytes: Number(/peak (\d+)/.exec(run.stderr)?.[1]) * 1024, stdout: run.stdout };
}

test("Z4, C2: sending and opening 200 MB stays under 150 MB over idle", async (t) => {
  const jane = await newRecipient(t, sender.server);
  const file = join(jane.home, "big.bin");
  const handle = await open(file, "w");
  await handle.truncate(200_000_000);
  await handle.close();
  const idle = await measured(sender.home, "list", "--json");
  const message = ["--to", jane.address, "--subject", "Big", "--text", "T", "--attach", file, "--delivery", "link"];
  const sending = await measured(sender.home, "send", ...message, "--json");
  const link: string = JSON.parse(sending.stdout).grants[0].link;
  const opening = await measured(jane.home, "open", link, "--out", jane.folder);
  const overMb = ({ peakBytes }: { peakBytes: number }) => Math.round((peakBytes - idle.peakBytes) / 1e6);
  t.diagnostic(`idle ${Math.round(idle.peakBytes / 1e6)} MB, sending +${overMb(sending)}, opening +${overMb(opening)}`);
  assert.ok(overMb(sending) < 150, `sending took ${overMb(sending)} MB over idle`);
  assert.ok(overMb(opening) < 150, `opening took ${overMb(opening)} MB over idle`);
});

/** Runs `pli …` on a terminal of its own (script of util-linux), typing each answer when its question shows. */
async function onTerminal(
  home: string,
  args: readonly string[],
  dialogue: readonly (readonly [RegExp, () => Promise<string>])[],
) {
  const command = [process.execPath, join(ROOT, "apps/cli/bin/pli.js"), ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qefc", command, "/dev/null"], {
    env: { PATH: process.env.PATH ?? "", LANG: "en_GB.UTF-8", TERM: "xterm", PLI_HOME: home },
  });
  let screen = "";
  let from = 0;
  const left = [...dialogue];
  child.stdout.setEncoding("utf8").on("data", async (piece: string) => {
    screen += piece;
    const [question, answer] = left[0] ?? [];
    if (question === undefined || answer === undefined || !question.test(screen.slice(from))) return;
    from = screen.length;
    left.shift();
    child.stdin.write(`${await answer()}\r`);
  });
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, screen };
}

function hasScript(): boolean {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
}

test("C3, M13: on a terminal, code and password are asked for; the password is not shown", {
  skip: !hasScript(),
}, async (t) => {
  const jane = await newRecipient(t, sender.server);
  await writeFile(join(jane.home, "big.bin"), randomBytes(9 * MIB));
  const password = "Zebra-Quartz-42";
  const passwordFile = join(jane.home, "password");
  await writeFile(passwordFile, password);
  const { grants } = await sender.send(
    ...["--to", jane.address, "--subject", "S", "--text", "T", "--password-file", passwordFile],
    ...["--attach", join(jane.home, "big.bin")],
  );
  const { status, screen } = await onTerminal(
    jane.home,
    ["open", grants[0]?.link ?? "", "--out", jane.folder],
    [
      [/Code from the mail: /, async () => "12345678"],
      [/not right[\s\S]*Code from the mail: /, () => codeFor(sender.server, jane.address)],
      [/Password of the message: /, async () => "wrong"],
      [/Password of the message: /, async () => password],
    ],
  );
  assert.equal(status, 0, screen);
  assert.match(screen, /4 tries|4 .*left/i);
  assert.match(screen, /█.* 100 %/);
  assert.match(screen, /Wrote .*big\.bin/);
  assert.ok(!screen.includes(password) && !screen.includes("wrong\r"), "a password was shown");
});
