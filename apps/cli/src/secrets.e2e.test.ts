/** One-time secrets by the real program: made, shown so many times, listed, destroyed (S1, C3). */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCli, temporaryFolder } from "../../../e2e/harness.ts";
import { newSender } from "./testing/people.ts";

const sender = await newSender();
const TEXT = "Zèbre 42\n\tdeuxième ligne";

async function make(text: string, ...args: readonly string[]) {
  const run = await runCli(["secret", ...args, "--json"], { home: sender.home, input: text });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout) as { link: string; secretId: string; views: number; expiresAt: string };
}

test("S1, C3: the text comes back as often as was said, then never again", async (t) => {
  const home = await temporaryFolder(t);
  const reveal = (link: string) => runCli(["reveal", link], { home });
  const { link } = await make(`${TEXT}\n`, "--views", "2");
  assert.match(link, /\/s\/[\w-]{22}#[\w-]{43}$/);
  for (const left of [/1 view left/, /last view/]) {
    const run = await reveal(link);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stdout, `${TEXT}\n`);
    assert.match(run.stderr, left);
  }
  const late = await reveal(link);
  assert.equal(late.status, 3);
  assert.equal(late.stdout, "");
  assert.match(late.stderr, /^This secret was already shown\. /);
  assert.doesNotMatch(late.stderr, /message/i);
});

test("S1, C3: a password from a file; a wrong one is exit code 4 and uses no view", async (t) => {
  const home = await temporaryFolder(t);
  await writeFile(join(home, "right"), "correct horse\n");
  await writeFile(join(home, "wrong"), "incorrect horse\n");
  const { link } = await make("x", "--password-file", join(home, "right"), "--expires", "5m");
  const reveal = (...args: string[]) => runCli(["reveal", link, ...args], { home });
  assert.equal((await reveal()).status, 4);
  assert.equal((await reveal("--password-file", join(home, "wrong"))).status, 4);
  const run = await reveal("--password-file", join(home, "right"), "--json");
  assert.equal(run.status, 0, run.stderr);
  const { text, viewsLeft } = JSON.parse(run.stdout);
  assert.deepEqual([text, viewsLeft], ["x", 0]);
});

test("S1, C3: destroyed by its link or its id, and listed as it ended", async (t) => {
  const home = await temporaryFolder(t);
  const [one, two] = [await make("one", "--reference", "VPN"), await make("two")];
  await sender.json("destroy", one.link);
  await sender.json("destroy", two.secretId);
  const gone = await runCli(["reveal", one.link], { home });
  assert.deepEqual([gone.status, /^The sender destroyed this secret\. /.test(gone.stderr)], [3, true], gone.stderr);
  const items = await sender.json<{ secretId: string; state: string; reference?: string }[]>("secrets");
  const found = items.find(({ secretId }) => secretId === one.secretId);
  assert.deepEqual([found?.state, found?.reference], ["destroyed", "VPN"]);
  assert.equal((await sender.run("destroy", "A".repeat(22))).status, 3);
});

test("S1, C3: 2 for words that do not fit, and nothing is made", async () => {
  const before = await sender.json("secrets");
  for (const args of [
    ["--views", "0"],
    ["--views", "101"],
    ["--expires", "4m"],
    ["--expires", "31d"],
    ["--password-file", "-"],
  ]) {
    assert.equal((await runCli(["secret", ...args], { home: sender.home, input: "x" })).status, 2, args.join(" "));
  }
  assert.equal((await runCli(["secret"], { home: sender.home, input: "" })).status, 2, "no text");
  assert.equal((await runCli(["secret"], { home: sender.home, input: "x".repeat(40_000) })).status, 2, "too long");
  assert.equal((await sender.run("reveal", "https://pli.example/o/AAAA#x")).status, 2);
  assert.deepEqual(await sender.json("secrets"), before);
});
