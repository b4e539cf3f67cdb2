/** Whole runs of the program inside the test: its help, and what a server that lies can make it write. */
import assert from "node:assert/strict";
import { stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { type TestContext, test } from "node:test";
import { toBase64url } from "@pli/core/bytes";
import { formatLink } from "@pli/core/sealing";
import { temporaryFolder } from "../../../e2e/harness.ts";
import { run } from "./run.ts";

async function runHere(t: TestContext, words: readonly string[], home?: string) {
  const written = { stdout: "", stderr: "" };
  const into = (name: "stdout" | "stderr") =>
    new Writable({
      write(piece, _encoding, done) {
        written[name] += String(piece);
        done();
      },
    });
  const status = await run(words, {
    env: { PLI_HOME: home ?? (await temporaryFolder(t, "pli-home")), LANG: "en" },
    platform: "linux",
    // no terminal: nothing of these is asked for but to be written to
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    stdout: into("stdout"),
    stderr: into("stderr") as NodeJS.WriteStream,
    signal: new AbortController().signal,
  });
  return { status, ...written };
}

test("C3: every command and completion explain themselves and end with 0", async (t) => {
  for (const words of [
    ["--help"],
    ["help"],
    ["help", "--help"],
    ["send", "--help"],
    ["help", "send"],
    ["completion", "--help"],
    ["completion", "-h"],
    ["help", "completion"],
    ["completion", "fish"],
  ]) {
    const { status, stdout, stderr } = await runHere(t, words);
    assert.deepEqual([status, stderr], [0, ""], words.join(" "));
    assert.match(stdout, /pli/);
  }
  assert.match((await runHere(t, ["completion", "--help"])).stdout, /pli completion bash\n.*zsh\n.*fish\n/);
  assert.equal((await runHere(t, ["completion", "cmd"])).status, 2);
});

const ESCAPES = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\r";

/** A server whose every word carries escapes. @returns a link to it */
async function lyingServer(t: TestContext): Promise<string> {
  const server = createServer((request, response) => {
    const grant = {
      grantId: toBase64url(new Uint8Array(16)),
      state: "active",
      sender: { name: ESCAPES, address: ESCAPES },
      organisation: ESCAPES,
      maskedAddress: `j${ESCAPES}\nDone.@x`,
      language: "en",
      factors: { mailboxCode: true, smsCode: false, password: false },
      device: { mailboxProven: false, smsProven: false },
    };
    const isRefused = request.url?.endsWith("/proofs") === true;
    response.statusCode = isRefused ? 400 : 200;
    response.setHeader("content-type", "application/json");
    const refusal = { code: "bad_input", details: { field: `${ESCAPES}\nDone.` } };
    const sent = { reference: ESCAPES, sentAt: "", expiresAt: "", retryAfterSeconds: 30 };
    response.end(JSON.stringify(isRefused ? refusal : request.url?.endsWith("/codes") ? sent : grant));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return formatLink(`http://127.0.0.1:${port}`, toBase64url(new Uint8Array(16)), toBase64url(new Uint8Array(32)));
}

test("C3: a server that lies cannot steer the terminal, by its answers nor by its errors", async (t) => {
  const link = await lyingServer(t);
  const out = await temporaryFolder(t);
  const asked = await runHere(t, ["open", link, "--out", out]);
  assert.equal(asked.status, 4);
  assert.match(asked.stderr, /A code was sent to j.+@x/);
  const refused = await runHere(t, ["open", link, "--out", out, "--code", "12345678", "--json"]);
  assert.equal(refused.status, 2);
  assert.deepEqual(JSON.parse(refused.stdout).error.details, { field: `${ESCAPES}\nDone.` }, "JSON keeps the value");
  assert.doesNotMatch(refused.stderr, /^Done\./m, "nor speak in the program's name");
  for (const text of [asked.stdout, asked.stderr, refused.stdout, refused.stderr]) {
    assert.doesNotMatch(text, /[^\P{Cc}\n\t]|\u202e/u);
  }
});

test("C3: a fault that nobody foresaw, and a name that is refused, reach the terminal without what steers it", async (t) => {
  const folder = await temporaryFolder(t);
  // A file where the folder of settings should be.
  const home = join(folder, "\u001b[2Jhome\u009b\u202e");
  await writeFile(home, "");
  const fault = await runHere(t, ["list"], home);
  assert.equal(fault.status, 5);
  assert.match(fault.stderr, /ENOTDIR/);
  const password = join(folder, "password");
  await writeFile(password, "Zebra-42");
  const kept = ["--receipt", home, "--receipt-password-file", password];
  const link = await lyingServer(t);
  const refused = await runHere(t, ["reply", link, "--text", "Yes", ...kept]);
  assert.equal(refused.status, 2, refused.stderr);
  assert.match(refused.stderr, /cannot be written: EEXIST/, "known before anything is asked or sent");
  const free = join(folder, "receipt.pli");
  const failed = await runHere(t, ["reply", link, "--text", "Yes", ...kept.with(1, free)]);
  assert.equal(failed.status, 4);
  await assert.rejects(stat(free), "nothing was sent: no receipt stays");
  for (const { stdout, stderr } of [fault, refused, failed])
    assert.doesNotMatch(stdout + stderr, /[^\P{Cc}\n\t]|\u202e/u);
});
