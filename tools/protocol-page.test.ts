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

interface PublishedReceipt {
  readonly name: string;
  readonly password: string;
  readonly receipt: object;
  readonly file: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, "vectors", name), "utf8"));
const vector = read("envelope.json") as PublishedEnvelope;
const { cases: receipts } = read("receipts.json") as { readonly cases: readonly PublishedReceipt[] };

interface Stretched {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly memoryKiB: number;
  readonly passes: number;
}

/** The page's own step. Before openssl 3.2 there is no Argon2 on the command line: Node's own stands in for that one step. */
function passwordStep({ password, salt, memoryKiB, passes }: Stretched): string {
  const { stdout } = spawnSync("openssl", ["list", "-kdf-algorithms"], { encoding: "utf8" });
  if (stdout.includes("ARGON2ID")) return scriptOf(["password"]);
  const message = password.normalize("NFKC");
  const stretched = argon2Sync("argon2id", {
    ...{ message, nonce: salt, parallelism: 1, tagLength: 32, memory: memoryKiB, passes },
  });
  return `PW=${stretched.toString("hex")}`;
}

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "pli-by-hand-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function bash(folder: string, script: string, env: Readonly<Record<string, string>>) {
  const all = { PATH: process.env.PATH, LANG: "C.UTF-8", PYTHONUTF8: "1", ...env };
  return spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8", env: all });
}

/** Lays out what the steps of the network would have left, and runs the page's own commands. */
function openByHand(
  t: TestContext,
  envelope: PublishedEnvelope,
): { folder: string; status: number | null; printed: string } {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, "opening.json"), JSON.stringify({ wrappedKey: envelope.grant.wrappedKey }));
  for (const [part, content] of envelope.parts.entries()) {
    writeFileSync(join(folder, `part-${part}`), Buffer.from(content, "base64url"));
  }
  const { salt, memoryKiB, passes } = envelope.grant.passwordParams;
  const { password } = envelope;
  const step = passwordStep({ password, salt: Buffer.from(salt, "base64url"), memoryKiB, passes });
  const script = [scriptOf(["forms", "link", "parse"]), step, scriptOf(["derive", "tools", "open"])].join("\n");
  const cost = { SALT: salt, MEMORY: String(memoryKiB), PASSES: String(passes) };
  const run = bash(folder, script, { LINK: envelope.link, PASSWORD: password, ...cost });
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

function openReceiptByHand(t: TestContext, password: string, file: Buffer) {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, "receipt.pli"), file);
  const cost = { memoryKiB: file.readUInt32BE(30), passes: file.readUInt32BE(34) };
  const step = passwordStep({ password, salt: file.subarray(14, 30), ...cost });
  const script = [
    scriptOf(["forms", "tools", "receipt_head"]),
    'echo "$MEMORY $PASSES $SALT"',
    step,
    scriptOf(["receipt"]),
  ];
  return { ...bash(folder, script.join("\n"), { PASSWORD: password }), cost };
}

test("M16, Z17: the commands of the protocol page open the published receipts, and refuse one with a bit changed", (t) => {
  for (const { name, password, receipt, file } of receipts) {
    const bytes = Buffer.from(file, "base64url");
    const { status, stdout, stderr, cost } = openReceiptByHand(t, password, bytes);
    assert.equal(status, 0, `${name}: ${stderr}`);
    const [head, ...lines] = stdout.split("\n");
    assert.deepEqual(JSON.parse(lines.join("\n")), receipt, name);
    const salt = bytes.subarray(14, 30).toString("base64url");
    assert.equal(head, `${cost.memoryKiB} ${cost.passes} ${salt}`, "what the head says");
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    const changed = openReceiptByHand(t, password, bytes);
    assert.notEqual(changed.status, 0, name);
    assert.match(changed.stderr, /changed on the way/);
  }
});
