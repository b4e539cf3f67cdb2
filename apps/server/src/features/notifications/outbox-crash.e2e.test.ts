/** The outbox over the death of its process: what was ordered goes out, once, when the server is back. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createPerson } from "../../testing/http.ts";
import { robotCheck } from "../accounts/testing/robot.ts";
import { startRelay } from "./testing/relay.ts";

const MAIN = new URL("../../main.ts", import.meta.url).pathname;
const READY = /Pli is ready at (\S+)/;

async function start(
  t: TestContext,
  dataFolder: string,
  smtpUrl: string,
): Promise<{ origin: string; child: ChildProcess; output(): string }> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, PLI_PORT: "0", PLI_DATA: dataFolder, PLI_SMTP_URL: smtpUrl, PLI_LOG: "info" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.after(() => child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (piece: string) => (output += piece));
  await t.waitFor(() => assert.match(output, READY), { timeout: 30_000, interval: 20 });
  return { origin: READY.exec(output)?.[1] ?? "", child, output: () => output };
}

/** Takes connections and never says a word: a mail that is being sent stays so. */
async function startSilence(t: TestContext): Promise<{ port: number; connections(): number; close(): Promise<void> }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  t.after(close);
  return { port: (server.address() as AddressInfo).port, connections: () => sockets.length, close };
}

test("Q11: killed between order and sending, the mail goes out once after the restart, and its link works", async (t) => {
  const dataFolder = await mkdtemp(join(tmpdir(), "pli-crash-"));
  t.after(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  const silence = await startSilence(t);
  const smtpUrl = `smtp://127.0.0.1:${silence.port}`;
  const first = await start(t, dataFolder, smtpUrl);
  const browser = createPerson(first.origin);
  const json = { address: "owner@example.org", language: "en", robotCheck: await robotCheck(browser) };
  assert.equal((await browser.call("POST", "/api/v1/sign-in/links", { json })).status, 202);
  await t.waitFor(() => assert.ok(silence.connections() > 0), { timeout: 30_000, interval: 20 });
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  await silence.close();

  const relay = await startRelay(t, [], silence.port);
  const second = await start(t, dataFolder, smtpUrl);
  // The dead process still holds the lease of the mail: it is taken up when that is over.
  await t.waitFor(() => assert.equal(relay.received.length, 1), { timeout: 60_000, interval: 100 });
  const token = /\/app\/sign-in#([\w-]{43})/.exec(relay.received[0]?.mail.text ?? "")?.[1] ?? "";
  const back = createPerson(second.origin, { cookies: browser.cookies });
  assert.equal((await back.call("POST", "/api/v1/sign-in/sessions", { json: { token } })).status, 201);
  assert.equal(relay.received.length, 1);
  for (const output of [first.output(), second.output()]) {
    assert.ok(!output.includes(token), "the token of the mail is in the log");
    assert.ok(!output.includes('owner@example.org"'), "an address is in the log");
  }
  second.child.kill("SIGTERM");
  const [code] = await once(second.child, "exit");
  assert.equal(code, 0);
});
