/** Section 5 of the protocol page, off line: its own commands open our published envelope, and refuse it when a byte is changed. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { argon2Sync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { scriptOf } from "./protocol-page.ts";
import { ROOT } from "./repository.ts";

interface PublishedEnvelope {
  readonly link: string;
  readonly password: string;
  readonly grant: {
    readonly wrappedKey: string;
    readonly passwordParams: { readonly salt: string; readonly memoryKiB: number; readonly passes: number };
  };
  readonly manifest: { readonly subject: string };
  readonly fileText: string;
  readonly parts: readonly string[];
}

const vector = JSON.parse(readFileSync(join(ROOT, "vectors/envelope.json"), "utf8")) as PublishedEnvelope;

/** Lays out what the steps of the network would have left, and runs the page's own commands. */
function openByHand(
  t: TestContext,
  envelope: PublishedEnvelope,
): { folder: string; status: number | null; printed: string } {
  const folder = mkdtempSync(join(tmpdir(), "pli-by-hand-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "opening.json"), JSON.stringify({ wrappedKey: envelope.grant.wrappedKey }));
  for (const [part, content] of envelope.parts.entries()) {
    writeFileSync(join(folder, `part-${part}`), Buffer.from(content, "base64url"));
  }
  const { salt, memoryKiB, passes } = envelope.grant.passwordParams;
  const hasArgon2 = spawnSync("openssl", ["list", "-kdf-algorithms"], { encoding: "utf8" }).stdout.includes("ARGON2ID");
  const stretched = argon2Sync("argon2id", {
    message: envelope.password,
    nonce: Buffer.from(salt, "base64url"),
    parallelism: 1,
    tagLength: 32,
    memory: memoryKiB,
    passes,
  });
  // Before openssl 3.2 there is no Argon2 on the command line: Node's own stands in for that one step.
  const password = hasArgon2 ? scriptOf(["password"]) : `PW=${stretched.toString("hex")}`;
  const script = [scriptOf(["link", "parse"]), password, scriptOf(["derive", "tools", "open"])].join("\n");
  const run = spawnSync("bash", ["-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      LANG: "C.UTF-8",
      PYTHONUTF8: "1",
      LINK: envelope.link,
      PASSWORD: envelope.password,
      SALT: salt,
      MEMORY: String(memoryKiB),
      PASSES: String(passes),
    },
  });
  return { folder, status: run.status, printed: `${run.stdout}${run.stderr}` };
}

test("Z17: the commands of the protocol page open the published envelope with public tools only", (t) => {
  const { folder, status, printed } = openByHand(t, vector);
  assert.equal(status, 0, printed);
  assert.ok(printed.includes(vector.manifest.subject), printed);
  assert.equal(readFileSync(join(folder, "attachment-1"), "utf8"), vector.fileText);
});

test("Z2, Z17: the commands of the protocol page refuse an envelope with one bit changed", (t) => {
  const part = Buffer.from(vector.parts[1] ?? "", "base64url");
  part[50] = (part[50] ?? 0) ^ 1;
  const { status, printed } = openByHand(t, { ...vector, parts: [vector.parts[0] ?? "", part.toString("base64url")] });
  assert.notEqual(status, 0);
  assert.match(printed, /changed on the way/);
});
