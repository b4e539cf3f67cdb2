/**
 * The direct path: ciphertext between clients and the bucket, not a byte of it through the node, by the command line and in a real browser; and through
 * the node again where the bucket is not reached.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { addPeople, attach, reviewAndSend, signIn, welcome, writeText } from "./app-journey.ts";
import {
  codeFor,
  freePort,
  loginCli,
  openBrowser,
  type RunningServer,
  runAdmin,
  runCli,
  type Scope,
  sendByCli,
  startServer,
  temporaryFolder,
} from "./harness.ts";
import { letter, noFaults, proveMailbox, watchedPage } from "./open-journey.ts";

const DIRECT = { PLI_BLOBS_DIRECT: "1" };
const MEBIBYTE = 1024 * 1024;

/** A server on a bucket that lets its pages in, and what it says of the ciphertext that went through it. */
async function startDirect(scope: Scope, env: Readonly<Record<string, string>> = {}) {
  const metrics = `127.0.0.1:${await freePort()}`;
  const server = await startServer(scope, {
    profile: "cluster",
    env: { ...DIRECT, PLI_METRICS: metrics, PLI_LOG: "trace", ...env },
  });
  const throughNode = async () => {
    const text = await (await fetch(`http://${metrics}/metrics`)).text();
    const values = [...text.matchAll(/^pli_chunk_bytes_total\{[^}]*\} (\d+)/gm)].map(([, value]) => Number(value));
    return values.reduce((sum, value) => sum + value, 0);
  };
  return { server, throughNode };
}

const direct = await startDirect({ after });
await runAdmin({ ...direct.server, place: { ...direct.server.place, ...DIRECT } }, ["doctor", "--fix-bucket"]);
const bucket = new URL(direct.server.place.PLI_BLOBS ?? "").searchParams.get("endpoint") ?? "";
const browser = await openBrowser({ after });
// The owner makes keys in the browser.
const MEMBER = "command.line@example.org";
await runAdmin(direct.server, ["add-member", "--address", MEMBER, "--name", "Command Line"]);
const home = await loginCli({ after }, direct.server, MEMBER);

async function openByCli(
  server: RunningServer,
  link: string,
  options: { readonly to: string; readonly home: string; readonly out: string },
) {
  const reader = { home: options.home };
  const asking = runCli(["open", link, "--out", options.out, "--code-stdin", "--json"], {
    ...reader,
    input: "",
  });
  // The first try has the code sent; it ends without one.
  await asking;
  const code = await codeFor(server, options.to);
  return await runCli(["open", link, "--out", options.out, "--code", code, "--json"], reader);
}

test("Q4: the command line sends and opens past the node", async (t) => {
  const folder = await temporaryFolder(t);
  const content = randomBytes(20 * MEBIBYTE);
  const path = join(folder, "plans.bin");
  await writeFile(path, content);
  const to = "direct@courriel.example";
  const sent = await sendByCli(home, ["--to", to, "--subject", "Plans", "--text", "Here.", "--attach", path]);
  const out = join(folder, "out");
  const opened = await openByCli(direct.server, sent.grants[0]?.link ?? "", { to, home: join(folder, "reader"), out });
  assert.equal(opened.status, 0, opened.stderr);
  assert.deepEqual(await readFile(join(out, "plans.bin")), content);
  assert.equal(await direct.throughNode(), 0, "ciphertext went through the node");
  assert.ok(!direct.server.output().includes("X-Amz-"), "an address is in the log");
});

test("Q4: a browser sends and opens past the node", async (t) => {
  const author = await watchedPage(browser);
  await signIn(author.page, direct.server);
  await welcome(author.page);
  const put: string[] = [];
  author.page.context().on("request", (request) => {
    if (request.url().startsWith(bucket)) put.push(request.method());
  });
  await addPeople(author.page, "browser.direct@courriel.example");
  await writeText(author.page, "Plans", "Here they are.");
  await attach(author.page, "plans.bin", 9 * MEBIBYTE);
  await author.page.locator(".file .done-line").waitFor();
  await reviewAndSend(author.page);
  noFaults(author);
  // Playwright does not see every request of a worker; the counter of the node below sees what matters.
  assert.ok(put.includes("PUT"), put.join());
  assert.equal(await direct.throughNode(), 0, "ciphertext went through the node");

  // What the page has sent is held for half a minute, to be taken back.
  const path = join(await temporaryFolder(t), "plans.bin");
  const content = randomBytes(9 * MEBIBYTE);
  await writeFile(path, content);
  const to = "browser.reader@courriel.example";
  const sent = await sendByCli(home, ["--to", to, "--subject", "Plans", "--text", "Here.", "--attach", path]);
  const reader = await watchedPage(browser);
  await reader.page.goto(sent.grants[0]?.link ?? "");
  await proveMailbox(direct.server, reader.page, to);
  await letter(reader.page).waitFor();
  const download = reader.page.waitForEvent("download");
  await reader.page.getByRole("button", { name: /^Download plans/ }).click();
  assert.deepEqual(await readFile(await (await download).path()), content);
  noFaults(reader);
  assert.equal(await direct.throughNode(), 0, "ciphertext went through the node");
});

test("Q4: where the bucket is not reached, everything goes through the node", async (t) => {
  const away = await startDirect(t, { PLI_BLOBS_PUBLIC_ENDPOINT: "http://127.0.0.1:1" });
  const folder = await temporaryFolder(t);
  const content = randomBytes(9 * MEBIBYTE);
  const path = join(folder, "plans.bin");
  await writeFile(path, content);
  const to = "around@courriel.example";
  const sender = await loginCli(t, away.server);
  const sent = await sendByCli(sender, ["--to", to, "--subject", "Plans", "--text", "Here.", "--attach", path]);
  const out = join(folder, "out");
  const opened = await openByCli(away.server, sent.grants[0]?.link ?? "", { to, home: join(folder, "reader"), out });
  assert.equal(opened.status, 0, opened.stderr);
  assert.deepEqual(await readFile(join(out, "plans.bin")), content);
  assert.ok((await away.throughNode()) > 2 * content.length);
});
