/** The operator's commands, run as an operator runs them. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startRelay } from "./features/notifications/testing/relay.ts";
import { createServer, readConfig } from "./server.ts";
import { addTotp } from "./testing/factor-acts.ts";
import { createPerson } from "./testing/http.ts";

const ROOT = new URL("../../..", import.meta.url).pathname;
const ADMIN = new URL("admin.ts", import.meta.url).pathname;
const TOKEN = /^pli_[\w-]{43}\n$/;

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(program: string, args: readonly string[], environment: Record<string, string>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PLI_")));
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...inherited, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (piece: string) => (out += piece));
    child.stderr.setEncoding("utf8").on("data", (piece: string) => (err += piece));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "pli-admin-"));
  await chmod(path, 0o700);
  t.after(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}

const admin = (data: string, args: readonly string[], environment: Record<string, string> = {}) =>
  run(process.execPath, [ADMIN, ...args], { PLI_DATA: data, ...environment });

test("C1: npm run admin prints a token alone on stdout, before the first start; it works on the server started later", async (t) => {
  const data = await folder(t);
  const made = await run("npm", ["run", "admin", "--", "create-token", "--member", "owner@example.org"], {
    PLI_DATA: data,
  });
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, TOKEN);
  const server = await createServer(readConfig({ PLI_PORT: "0", PLI_DATA: data, PLI_LOG: "silent" }));
  t.after(() => server.close());
  const origin = await server.listen();
  const program = createPerson(origin, { token: made.out.trim() });
  assert.equal((await program.call("GET", "/api/v1/me")).status, 200);

  const running = await admin(data, ["create-token", "--member", "OWNER@example.org", "--name", "While it runs"]);
  assert.match(running.out, TOKEN);
  const second = createPerson(origin, { token: running.out.trim() });
  const sessions = (await second.call("GET", "/api/v1/me/sessions")).json<
    { name: string; sessionId: string; current: boolean }[]
  >();
  assert.deepEqual(sessions.map(({ name }) => name).toSorted(), ["API", "While it runs"]);
  const first = sessions.find(({ current }) => !current);
  assert.equal((await second.call("DELETE", `/api/v1/me/sessions/${first?.sessionId}`)).status, 204);
  assert.equal((await program.call("GET", "/api/v1/me")).code, "not_signed_in");
});

test("C1: what the operator gets wrong is said on stderr, with exit code 2 and nothing on stdout", async (t) => {
  const data = await folder(t);
  for (const args of [
    ["create-token", "--member", "nobody@example.org"],
    ["create-token"],
    ["create-token", "--membre", "x"],
    ["no-such-command"],
    ["add-member", "--address", "not an address", "--name", "X"],
    ["add-member", "--address", "a@b.example", "--name", "X", "--role", "king"],
    ["add-member", "--address", "owner@example.org", "--name", "Twice"],
    ["sign-in-link", "--member", "nobody@example.org"],
    ["remove-factors", "--member", "nobody@example.org"],
    ["announce"],
    ["announce", "--kind", "gossip", "--text-file", "x"],
    ["announce", "--kind", "news", "--text-file", join(data, "none")],
    ["back-up"],
    ["back-up", "--to", join(data, "back-ups"), "--keep", "none"],
    ["restore"],
    ["move"],
  ]) {
    const { code, out, err } = await admin(data, args);
    assert.equal(code, 2, args.join(" "));
    assert.equal(out, "");
    assert.ok(err.length > 10 && !err.includes("    at "), err);
  }
});

test("Q2: a mistyped folder is no installation to back up, verify or move, and what the system refuses is said with its cure", async (t) => {
  const data = await folder(t);
  const [none, file, settings] = [join(data, "none"), join(data, "file"), join(data, "new.env")];
  await writeFile(file, "");
  await writeFile(settings, `PLI_DATA=${join(data, "new")}\n`);
  for (const args of [["back-up", "--to", join(data, "kept")], ["verify"], ["move", "--to", settings]]) {
    const { code, out, err } = await admin(none, args);
    assert.deepEqual([code, out], [1, ""], args.join(" "));
    assert.match(err, /There is no installation: .*none.*PLI_DATA/);
  }
  assert.deepEqual((await readdir(data)).sort(), ["file", "new.env"], "nothing was made");
  const restored = await admin(join(data, "other"), ["restore", "--from", file]);
  assert.deepEqual([restored.code, restored.out], [1, ""]);
  assert.match(restored.err, /A file is where a folder should be\. Name a folder/);
  const nowhere = { PLI_DATABASE_URL: "postgres://pli:secret-word@127.0.0.1:1/pli" };
  const unreached = await admin(data, ["list-members"], nowhere);
  assert.deepEqual([unreached.code, unreached.out], [1, ""]);
  assert.match(unreached.err, /^The database, .* does not answer\. .*npm run admin -- doctor\n$/);
  const help = await admin(none, ["--help"]);
  assert.deepEqual([help.code, help.err], [0, ""]);
  assert.match(help.out, /^Usage: /);
});

test("C1: members are added and listed, and sign in with the operator's link", async (t) => {
  const data = await folder(t);
  const added = await admin(data, [
    "add-member",
    "--address",
    "Paul@Example.org",
    "--name",
    "Paul Étienne",
    "--language",
    "fr",
  ]);
  assert.equal(added.code, 0, added.err);
  const list = await admin(data, ["list-members", "--json"]);
  const members = list.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { address: string; role: string });
  assert.deepEqual(
    members.map(({ address, role }) => [address, role]),
    [
      ["owner@example.org", "owner"],
      ["paul@example.org", "member"],
    ],
  );
  const server = await createServer(readConfig({ PLI_PORT: "0", PLI_DATA: data, PLI_LOG: "silent" }));
  t.after(() => server.close());
  const origin = await server.listen();
  const link = await admin(data, ["sign-in-link", "--member", "paul@example.org"], { PLI_URL: origin });
  assert.ok(link.out.startsWith(`${origin}/app/sign-in#`));
  const browser = createPerson(origin);
  const json = { token: link.out.trim().split("#")[1] };
  assert.equal((await browser.call("POST", "/api/v1/sign-in/sessions", { json })).status, 201);
  assert.equal((await browser.call("POST", "/api/v1/sign-in/sessions", { json })).code, "sign_in_link_invalid");

  // A2: phone and codes lost
  await addTotp(browser, { now: Date.now });
  const enter = async () => {
    const next = await admin(data, ["sign-in-link", "--member", "paul@example.org"], { PLI_URL: origin });
    const token = next.out.trim().split("#")[1];
    return (await createPerson(origin).call("POST", "/api/v1/sign-in/sessions", { json: { token } })).status;
  };
  assert.equal(await enter(), 202, "the operator's link asks for the second step, too");
  assert.equal((await admin(data, ["remove-factors", "--member", "paul@example.org"])).code, 0);
  assert.equal(await enter(), 201);
});

interface Finding {
  readonly check: string;
  readonly state: "ok" | "warning" | "fault";
  readonly found: string;
  readonly cure?: string;
}

async function doctor(
  data: string,
  environment: Record<string, string> = {},
): Promise<{ code: number | null; findings: Finding[]; out: string }> {
  const { code, out } = await admin(data, ["doctor", "--json"], environment);
  return {
    code,
    out,
    findings: out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Finding),
  };
}
const faults = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state === "fault").map(({ check }) => check);

test("Q2: the doctor finds a healthy server healthy, with a relay over STARTTLS too", async (t) => {
  const data = await folder(t);
  const alone = await doctor(data);
  assert.equal(alone.code, 0, alone.out);
  assert.ok(alone.findings.every(({ state }) => state !== "fault"));
  const relay = await startRelay(t);
  const secured = await doctor(data, {
    PLI_SMTP_URL: `${relay.url}?starttls=required`,
    PLI_MAIL_FROM: "pli@example.org",
  });
  assert.equal(secured.code, 0, secured.out);
  assert.match(secured.findings.find(({ check }) => check === "mail")?.found ?? "", /answers, STARTTLS/);
});

test("Q2: the doctor names each fault with its cure, and never a secret", async (t) => {
  const data = await folder(t);
  const relay = await startRelay(t);
  await relay.close();
  const password = "correct-horse";
  const gone = await doctor(data, {
    PLI_SMTP_URL: relay.url.replace("//", `//user:${password}@`),
    PLI_URL: "http://pli.example.org",
  });
  assert.equal(gone.code, 1);
  assert.deepEqual(faults(gone.findings), ["address", "mail"]);
  assert.ok(!gone.out.includes(password));
  for (const { state, cure } of gone.findings) assert.equal(cure === undefined, state === "ok");

  assert.deepEqual(faults((await doctor(data, { PLI_PORT: "x", PLI_OWNER: "y" })).findings), [
    "configuration",
    "configuration",
  ]);
  await writeFile(join(data, "server.key"), "short");
  assert.deepEqual(faults((await doctor(data)).findings), ["key"]);
  const file = join(data, "a-file");
  await writeFile(file, "");
  const nowhere = await doctor(join(file, "below"));
  assert.ok(faults(nowhere.findings).includes("folder") && faults(nowhere.findings).includes("database"));
});
