/** Every exit code by the real program: 2 usage, 3 refused, 4 wrong code or password, 5 network or server, 6 integrity. */
import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { freePort, runAdmin, runCli, temporaryFolder } from "../../../e2e/harness.ts";
import { startBadNetwork, throughNetwork } from "./testing/bad-network.ts";
import { newRecipient, newSender } from "./testing/people.ts";

const sender = await newSender();

test("C3: 2 for words that do not fit, and nothing is sent", async (t) => {
  const home = await temporaryFolder(t);
  await writeFile(join(home, "empty"), "\n");
  const good = ["send", "--to", "a@b.example", "--subject", "S", "--text", "T"];
  const cases: readonly (readonly string[])[] = [
    [],
    ["nonsense"],
    ["help", "nonsense"],
    ["send"],
    ["send", "--to", "nobody", "--subject", "S", "--text", "T"],
    ["send", "--to", "a@b.example", "--text", "T"],
    ["send", "--to", "a@b.example", "--subject", "S"],
    [...good, "--text-file", "x"],
    [...good, "--openings", "0"],
    [...good, "--openings", "100"],
    [...good, "--expires", "59m"],
    [...good, "--expires", "31d"],
    [...good, "--expires", "2020-01-01"],
    [...good, "--language", "la"],
    [...good, "--delivery", "pigeon"],
    [...good, "--notify", "often"],
    [...good, "--attach", join(home, "missing")],
    [...good, "--password-file", join(home, "missing")],
    [...good, "--password-file", join(home, "empty")],
    [...good, "--subject", "again"],
    [...good, "--unknown"],
    [...good, "--attach"],
    [...good, "stray"],
    ["open", "https://example.org/o/short#x", "--out", home],
    ["open", "--out", home],
    ["open", "https://example.org/"],
    ["status"],
    ["list", "--state", "lost"],
    ["login", "--server", "http://"],
  ];
  for (const args of cases) {
    const run = await sender.run(...args);
    assert.equal(run.status, 2, `${args.join(" ")}: ${run.stderr}`);
    assert.notEqual(run.stderr, "", args.join(" "));
    assert.equal(run.stdout, "", args.join(" "));
  }
  assert.equal((await runCli(["list"], { home })).status, 2, "not logged in");
  assert.deepEqual(await sender.json("list"), []);
});

test("C3, M17: 3 for what is refused: unknown, used up, revoked, a token that is none", async (t) => {
  const jane = await newRecipient(t, sender.server);
  const { envelopeId, grants } = await sender.send("--to", jane.address, "--subject", "S", "--text", "T");
  const link = grants[0]?.link ?? "";
  const unknown = link.replace(/\/o\/[\w-]{22}/, "/o/AAAAAAAAAAAAAAAAAAAAAA");
  assert.equal((await jane.run(["open", unknown, "--out", jane.folder])).status, 3);
  assert.equal((await jane.open(link)).status, 0);
  const elsewhere = await newRecipient(t, sender.server);
  const usedUp = await elsewhere.run(["open", link, "--out", elsewhere.folder, "--json"]);
  assert.deepEqual([usedUp.status, JSON.parse(usedUp.stdout).error.code], [3, "used_up"]);
  assert.equal((await sender.run("status", "01m83ctevem3m9fa9t7jw34ymb")).status, 3);
  assert.equal((await sender.run("status", "../../me")).status, 3);
  assert.equal((await sender.run("revoke", envelopeId, "--to", "stranger@x.example")).status, 3);
  const home = await temporaryFolder(t);
  await writeFile(join(home, "t"), "pli_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  const login = [
    "login",
    "--server",
    sender.server.origin,
    "--token-file",
    join(home, "t"),
    "--passphrase-file",
    join(home, "t"),
  ];
  assert.equal((await runCli(login, { home })).status, 3);
});

test("C3, M13: 4 for a wrong code, and nothing is opened", async (t) => {
  const jane = await newRecipient(t, sender.server);
  const { grants } = await sender.send("--to", jane.address, "--subject", "S", "--text", "T");
  const open = ["open", grants[0]?.link ?? "", "--out", jane.folder];
  const needed = await jane.run(open);
  assert.equal(needed.status, 4);
  assert.match(needed.stderr, /--code/);
  assert.equal((await jane.run([...open, "--code", "00000000"])).status, 4);
  assert.equal((await jane.run([...open, "--code-stdin"], "1111 1111\n")).status, 4);
  assert.equal((await jane.open(grants[0]?.link ?? "")).status, 0, "the right one still works");
});

test("C3, M3, Q8: 4 for a wrong or missing password, and locked after five", async (t) => {
  const jane = await newRecipient(t, sender.server);
  const right = join(jane.home, "right");
  const wrong = join(jane.home, "wrong");
  await writeFile(right, "Sésame, ouvre-toi\r\n");
  await writeFile(wrong, "Sesame");
  const send = ["--to", jane.address, "--subject", "S", "--text", "T", "--password-file", right, "--delivery", "link"];
  const { grants } = await sender.send(...send);
  const open = ["open", grants[0]?.link ?? "", "--out", jane.folder];
  assert.equal((await jane.run(open)).status, 4);
  const refused = await jane.run([...open, "--password-file", wrong, "--json"]);
  assert.equal(refused.status, 4);
  assert.deepEqual(JSON.parse(refused.stdout).error, { code: "wrong_password", details: { triesLeft: 4 } });
  const opened = await jane.run([...open, "--password-file", "-"], "Sésame, ouvre-toi");
  assert.equal(opened.status, 0, opened.stderr);

  const other = await sender.send(...send);
  const locked = ["open", other.grants[0]?.link ?? "", "--out", jane.folder, "--json"];
  for (let i = 0; i < 5; i++) assert.equal((await jane.run([...locked, "--password-file", wrong])).status, 4);
  const last = await jane.run([...locked, "--password-file", right]);
  assert.deepEqual([last.status, JSON.parse(last.stdout).error.code], [4, "locked"]);
});

test("C3: 5 when nobody answers", async (t) => {
  const home = await temporaryFolder(t);
  const link = `http://localhost:${await freePort()}/o/AAAAAAAAAAAAAAAAAAAAAA#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;
  assert.equal((await runCli(["open", link, "--out", home], { home })).status, 5);
});

test("C3, Z2: 6 when a byte was changed on the way, and nothing of it gets a name", async (t) => {
  const { server } = sender;
  const network = await startBadNetwork(t, server.origin, {
    change: (piece, at) => (at === 0 ? piece.with(piece.length - 1, (piece.at(-1) as number) ^ 1) : piece) as Buffer,
  });
  const jane = await newRecipient(t, server);
  const file = join(jane.home, "plan.bin");
  await writeFile(file, Buffer.alloc(2_000_000, 3));
  const { grants } = await sender.send(
    ...["--to", jane.address, "--subject", "S", "--text", "T"],
    "--attach",
    file,
    "--delivery",
    "link",
  );
  const link = grants[0]?.link ?? "";
  const run = await jane.run(["open", throughNetwork(link, network), "--out", jane.folder, "--json"]);
  assert.deepEqual([run.status, JSON.parse(run.stdout).error.code], [6, "integrity"], run.stderr);
  assert.deepEqual(await readdir(jane.folder), []);
});

test("Z11: 6 when the server shows another key than the one that is pinned", async (t) => {
  const { server, home } = sender;
  const { cp, readFile } = await import("node:fs/promises");
  const copy = await temporaryFolder(t);
  await cp(home, copy, { recursive: true });
  const account = JSON.parse(await readFile(join(copy, "account.json"), "utf8"));
  const kemPublic = `${account.kemPublic.slice(0, -10)}AAAAAAAAAA`;
  await writeFile(join(copy, "account.json"), JSON.stringify({ ...account, kemPublic }));
  const sent = await runCli(["send", "--to", "a@b.example", "--subject", "S", "--text", "T"], { home: copy });
  assert.equal(sent.status, 6, sent.stderr);
  await writeFile(join(copy, "t"), await runAdmin(server, ["create-token", "--member", server.ownerAddress]));
  const args = [
    "login",
    "--server",
    server.origin,
    "--token-file",
    join(copy, "t"),
    "--passphrase-file",
    join(copy, "t"),
  ];
  assert.equal((await runCli(args, { home: copy })).status, 6);
});

test("C3, Z9: 4 for a passphrase that does not open the keys, in words that do not speak of a sender", async (t) => {
  const { server } = sender;
  const home = await temporaryFolder(t);
  const token = join(home, "t");
  await writeFile(token, await runAdmin(server, ["create-token", "--member", server.ownerAddress]));
  const args = ["login", "--server", server.origin, "--token-file", token, "--passphrase-file", token];
  const wrong = await runCli(args, { home });
  assert.equal(wrong.status, 4);
  assert.match(wrong.stderr, /This passphrase does not open your keys/);
  assert.doesNotMatch(wrong.stderr, /sender/);
});
