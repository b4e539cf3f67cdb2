/** The whole way through the real program and a real server: log in, send, open, answer, follow, destroy. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Envelope } from "@pli/core/wire";
import { codeFor, linkFor, mailsTo, runAdmin, runCli, temporaryFolder } from "../../../e2e/harness.ts";
import { newRecipient, newSender } from "./testing/people.ts";

const sender = await newSender();

interface Opened {
  readonly envelopeId: string;
  readonly subject: string;
  readonly body: string;
  readonly files: readonly string[];
  readonly openingsLeft: number;
  readonly last: boolean;
}

test("C3, Z10, Z11: login makes the keyring once, unlocks it elsewhere, keeps its state to itself", async (t) => {
  const { server } = sender;
  const home = await temporaryFolder(t, "pli-home");
  const tokenFile = join(home, "t");
  await writeFile(tokenFile, `${await runAdmin(server, ["create-token", "--member", server.ownerAddress])}\n`);
  const passphraseFile = join(home, "p");
  const login = (input?: string) =>
    runCli(
      [
        "login",
        "--server",
        server.origin,
        "--token-file",
        tokenFile,
        "--passphrase-file",
        input === undefined ? passphraseFile : "-",
        "--json",
      ],
      {
        home: join(home, "state"),
        ...(input !== undefined && { input }),
      },
    );
  await writeFile(passphraseFile, "not it");
  assert.equal((await login()).status, 4);
  const done = await login("correct horse battery staple\n");
  assert.equal(done.status, 0, done.stderr);
  assert.deepEqual(
    { ...JSON.parse(done.stdout), memberId: "" },
    {
      server: server.origin,
      address: server.ownerAddress,
      memberId: "",
      keyring: "unlocked",
    },
  );
  assert.equal((await stat(join(home, "state"))).mode & 0o777, 0o700);
  for (const name of await readdir(join(home, "state"))) {
    assert.equal((await stat(join(home, "state", name))).mode & 0o777, 0o600, name);
  }
  const listed = await runCli(["list", "--json"], { home: join(home, "state") });
  assert.equal(listed.status, 0, listed.stderr);
  assert.equal((await runCli(["logout"], { home: join(home, "state") })).status, 0);
  assert.equal((await runCli(["list"], { home: join(home, "state") })).status, 2);
});

test("C3, M8, M13, M14: send by mail, open with the code, exact text and files", async (t) => {
  const { server } = sender;
  const jane = await newRecipient(t, server);
  const folder = await temporaryFolder(t);
  const big = randomBytes(17_000_000);
  await writeFile(join(folder, "plan é «1».pdf"), big);
  await mkdir(join(folder, "photos", "2026"), { recursive: true });
  await writeFile(join(folder, "photos", "2026", "a.jpg"), "jpeg");
  await writeFile(join(folder, "photos", "empty.txt"), "");
  const text = "Bonjour,\n\nvoici le plan <b>& la suite</b>.\n";
  await writeFile(join(folder, "text.txt"), text);
  const sent = await sender.send(
    ...["--to", `Jane Doe <${jane.address}>`, "--subject", "Votre dossier", "--text-file", join(folder, "text.txt")],
    ...["--attach", join(folder, "plan é «1».pdf"), "--attach", join(folder, "photos"), "--openings", "2"],
  );
  assert.equal(sent.grants.length, 1);
  assert.equal(sent.grants[0]?.to, jane.address);
  assert.equal(await linkFor(server, jane.address), sent.grants[0]?.link);

  const opened = await jane.open(sent.grants[0]?.link ?? "", "--json");
  assert.equal(opened.status, 0, opened.stderr);
  const result: Opened = JSON.parse(opened.stdout);
  assert.equal(result.envelopeId, sent.envelopeId);
  assert.equal(result.subject, "Votre dossier");
  assert.deepEqual([result.openingsLeft, result.last], [1, false]);
  assert.equal(await readFile(result.body, "utf8"), text);
  assert.deepEqual(
    result.files.map((path) => path.slice(jane.folder.length + 1)),
    ["plan é «1».pdf", "photos/2026/a.jpg", "photos/empty.txt"],
  );
  assert.deepEqual(await readFile(result.files[0] ?? ""), big);
  assert.equal((await readFile(result.files[2] ?? "")).length, 0);
  assert.deepEqual(
    (await readdir(jane.folder)).filter((name) => name.startsWith(".")),
    [],
  );

  const again: Opened = JSON.parse(
    (await jane.run(["open", sent.grants[0]?.link ?? "", "--out", jane.folder, "--json"])).stdout,
  );
  assert.equal(again.openingsLeft, 1, "the same hour is the same opening");
  assert.ok(again.files[0]?.endsWith("plan é «1» (2).pdf"), "nothing is overwritten");
});

test("M13: two mails in a row open with one code, read from standard input", async (t) => {
  const { server } = sender;
  const jane = await newRecipient(t, server);
  const links: string[] = [];
  for (const subject of ["One", "Two"]) {
    const { grants } = await sender.send("--to", jane.address, "--subject", subject, "--text", subject);
    links.push(grants[0]?.link ?? "");
  }
  const { startCli } = await import("../../../e2e/harness.ts");
  const waiting = startCli(["open", links[0] ?? "", "--out", jane.folder, "--code-stdin"], { home: jane.home });
  const ended = new Promise((resolve) => waiting.on("close", resolve));
  const [, reference] = await new Promise<RegExpExecArray>((resolve) => {
    let said = "";
    waiting.stderr.setEncoding("utf8").on("data", (piece: string) => {
      said += piece;
      const found = /reference ([A-Z0-9]{2} [A-Z0-9]{2})/.exec(said);
      if (found !== null) resolve(found);
    });
  });
  const code = await codeFor(server, jane.address);
  const [mail] = await mailsTo(server, jane.address);
  assert.ok(mail?.text.includes(reference ?? "-"), "mail and terminal show the same reference");
  waiting.stdin.end(`${code.slice(0, 4)} ${code.slice(4)}\n`);
  assert.equal(await ended, 0);
  const second = await jane.run(["open", links[1] ?? "", "--out", jane.folder]);
  assert.equal(second.status, 0, second.stderr);
  assert.match(second.stdout, /Subject: Two/);
});

test("M16, M25, Z13: an answer with a file reaches the sender's inbox", async (t) => {
  const jane = await newRecipient(t, sender.server);
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, "proof.bin"), randomBytes(300_000));
  const { envelopeId, grants } = await sender.send("--to", jane.address, "--subject", "Question", "--text", "Well?");
  const link = grants[0]?.link ?? "";
  assert.equal((await jane.open(link)).status, 0);
  const replied = await jane.run(
    ["reply", link, "--text", "-", "--attach", join(folder, "proof.bin"), "--json"],
    "Yes.\n",
  );
  assert.equal(replied.status, 0, replied.stderr);
  const reply: { envelopeId: string; inReplyTo: string } = JSON.parse(replied.stdout);
  assert.equal(reply.inReplyTo, envelopeId);
  const items = await sender.json<{ envelopeId: string; read: boolean; from: { address: string } }[]>("inbox");
  const item = items.find((one) => one.envelopeId === reply.envelopeId);
  assert.deepEqual([item?.read, item?.from.address], [false, jane.address]);
  const opened = await sender.json<Opened>("inbox", reply.envelopeId, "--out", join(folder, "in"));
  assert.equal(opened.subject, "Re: Question");
  assert.equal(await readFile(opened.body, "utf8"), "Yes.\n");
  assert.deepEqual(await readFile(opened.files[0] ?? ""), await readFile(join(folder, "proof.bin")));
  const after = await sender.json<{ envelopeId: string; read: boolean }[]>("inbox");
  assert.equal(after.find((one) => one.envelopeId === reply.envelopeId)?.read, true);
});

test("M20, M21, M22: list and status show subjects, states, openings, and no key", async (t) => {
  const jane = await newRecipient(t, sender.server);
  const reference = `REF-${jane.address}`;
  const { envelopeId, grants } = await sender.send(
    ...["--to", jane.address, "--bcc", "john@courriel.example", "--subject", "Follow me", "--text", "…"],
    ...["--reference", reference, "--openings", "3", "--expires", "24h", "--notify", "never", "--language", "fr"],
  );
  const listed = await sender.json<{ envelopeId: string; subject: string; state: string }[]>(
    "list",
    "--reference",
    reference,
  );
  assert.deepEqual(
    listed.map((item) => [item.envelopeId, item.subject]),
    [[envelopeId, "Follow me"]],
  );
  await jane.open(grants.find(({ to }) => to === jane.address)?.link ?? "");
  const shown = await sender.run("status", envelopeId, "--json", "--register");
  const status: Envelope & { subject: string; register: { event: string }[] } = JSON.parse(shown.stdout);
  assert.doesNotMatch(shown.stdout, /sealed(SenderKey|Key|Secret|Summary)/);
  assert.deepEqual([status.subject, status.state, status.notify], ["Follow me", "partly_opened", "never"]);
  const grant = status.grants.find(({ recipient }) => recipient.address === jane.address);
  assert.deepEqual([grant?.openingsLeft, grant?.openingsTotal, grant?.language], [2, 3, "fr"]);
  const lifeHours = (Date.parse(status.expiresAt ?? "") - Date.parse(status.sentAt ?? "")) / 3_600_000;
  assert.ok(Math.abs(lifeHours - 24) < 0.1);
  assert.ok(status.register.some(({ event }) => event === "opened"));
  const words = await sender.run("status", envelopeId);
  assert.match(words.stdout, /2 of 3 openings left/);
});

test("M21, Z12: resend mails the same link again; revoke ends one recipient, then all", async (t) => {
  const { server } = sender;
  const jane = await newRecipient(t, server);
  const john = await newRecipient(t, server);
  const { envelopeId, grants } = await sender.send(
    "--to",
    jane.address,
    "--cc",
    john.address,
    "--subject",
    "S",
    "--text",
    "T",
  );
  const seen = new Set<string>();
  await linkFor(server, jane.address, seen);
  const resent = await sender.json<{ resent: string[] }>("resend", envelopeId, "--to", jane.address.toUpperCase());
  assert.deepEqual(resent.resent, [jane.address]);
  assert.equal(await linkFor(server, jane.address, seen), grants[0]?.link);

  assert.equal((await sender.run("revoke", envelopeId, "--to", john.address)).status, 0);
  const refused = await john.run(["open", grants[1]?.link ?? "", "--out", john.folder, "--json"]);
  assert.deepEqual([refused.status, JSON.parse(refused.stdout).error.code], [3, "revoked"]);
  assert.equal((await jane.open(grants[0]?.link ?? "")).status, 0);
  assert.equal((await sender.run("revoke", envelopeId)).status, 0);
  assert.equal((await jane.run(["open", grants[0]?.link ?? "", "--out", jane.folder])).status, 3);
  assert.equal((await sender.run("resend", envelopeId)).status, 3);
});

test("M8: delivery by link mails nothing and needs no code", async (t) => {
  const jane = await newRecipient(t, sender.server);
  const run = await sender.run("send", "--to", jane.address, "--subject", "S", "--text", "T", "--delivery", "link");
  const link = /http\S+/.exec(run.stdout)?.[0] ?? "";
  const opened = await jane.run(["open", `<${link}>`, "--out", jane.folder]);
  assert.equal(opened.status, 0, opened.stderr);
  assert.deepEqual(await mailsTo(sender.server, jane.address), []);
});

test("Q6: the program speaks the locale's language", async (t) => {
  const home = await temporaryFolder(t);
  const french = await runCli(["send", "--help"], { home, env: { LANG: "fr_CH.UTF-8" } });
  assert.match(french.stdout, /envoyer un message scellé/);
  const german = await runCli(["--help"], { home, env: { LC_ALL: "de_DE.UTF-8" } });
  assert.match(german.stdout, /versiegelt auf Ihrem Computer/);
  const other = await runCli(["--help"], { home, env: { LC_ALL: "pt_PT.UTF-8" } });
  assert.match(other.stdout, /sealed on your computer/);
});
