/** Section 5 of the protocol page against a running server: curl, openssl and python3 open what the CLI sent. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { scriptOf } from "../tools/protocol-page.ts";
import { codeFor, loginCli, sendByCli, startServer, temporaryFolder } from "./harness.ts";

const RECIPIENT = "by-hand@example.org";

async function bash(script: string, folder: string, env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn("bash", ["-c", script], {
    cwd: folder,
    env: { PATH: process.env.PATH, LANG: "C.UTF-8", PYTHONUTF8: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (piece: string) => printed.push(piece));
  }
  const [status] = (await once(child, "close")) as [number | null];
  assert.equal(status, 0, printed.join(""));
  return printed.join("");
}

test("Z5 to Z7, Z17: public tools alone ask the code, open the grant and read what the CLI sent", async (t) => {
  const server = await startServer(t);
  const home = await loginCli(t, server);
  const folder = await temporaryFolder(t);
  // More than one segment, and not a multiple of anything.
  const content = "0123456789abcdef\n".repeat(20_001);
  await writeFile(join(folder, "numbers.txt"), content);
  const sent = await sendByCli(home, [
    ...["--to", RECIPIENT, "--subject", "By hand – été", "--text", "Read me with openssl."],
    ...["--attach", join(folder, "numbers.txt")],
  ]);
  const link = sent.grants[0]?.link ?? "";
  const start = ["forms", "link", "parse", "derive", "code"];
  await bash(scriptOf(start), folder, { LINK: link });
  const code = await codeFor(server, RECIPIENT);
  // The second run asks for no code: it goes on with the first one's cookie and types it.
  const asked = scriptOf(start).replace(/^post '\{\}' codes$/m, "");
  const printed = await bash(`${asked}\n${scriptOf(["fetch", "tools", "open"])}`, folder, { LINK: link, CODE: code });
  assert.match(printed, /By hand – été[\s\S]*Read me with openssl\./);
  assert.match(printed, /attachment-1: numbers\.txt/);
  assert.equal(await readFile(join(folder, "attachment-1"), "utf8"), content);
});
