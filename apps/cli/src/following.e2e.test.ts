/** What a sender does after sending, by the command line: links, changes, corrections, the conversation, the inbox. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTransport, setOrganisationPolicies } from "@pli/client";
import type { Envelope } from "@pli/core/wire";
import { runAdmin, runCli, temporaryFolder } from "../../../e2e/harness.ts";
import { newSender } from "./testing/people.ts";

const sender = await newSender();
const { home } = sender;

async function pli<T>(...args: readonly string[]): Promise<T> {
  const { status, stdout, stderr } = await runCli([...args, "--json"], { home });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as T;
}
const refused = async (code: number, ...args: readonly string[]) => {
  const { status, stderr } = await runCli(args, { home });
  assert.equal(status, code, stderr);
};

test("M21: links, openings, expiry and a wrong address are mended from the command line", async (t) => {
  const sent = await pli<{ envelopeId: string; grants: { link: string; to: string }[] }>(
    ...["send", "--to", "wrong@courriel.example,other@courriel.example", "--subject", "Dossier", "--text", "One"],
    ...["--delivery", "link", "--openings", "2"],
  );
  const { envelopeId: id } = sent;
  const linked = await pli<{ grants: { to: string; link: string }[] }>("link", id);
  assert.deepEqual(
    linked.grants.map(({ to, link }) => [to, link]),
    sent.grants.map(({ to, link }) => [to, link]),
  );
  await pli("change", id, "--to", "other@courriel.example", "--openings", "7");
  await pli("change", id, "--expires", "5h");
  const corrected = await pli<{ grants: { to: string; link: string }[] }>(
    ...["correct", id, "--to", "wrong@courriel.example", "--address", "Right <right@courriel.example>"],
  );
  const { grants } = await pli<Envelope>("status", id);
  const shown = grants.map(({ recipient, state, openingsLeft }) => [recipient.address, state, openingsLeft]);
  assert.deepEqual(shown, [
    ["wrong@courriel.example", "revoked", 0],
    ["other@courriel.example", "active", 7],
    ["right@courriel.example", "active", 2],
  ]);
  for (const { expiresAt, state } of grants) {
    if (state === "active") assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 5 * 3_600_000) < 120_000);
  }
  const out = await temporaryFolder(t);
  const opened = await runCli(["open", corrected.grants[0]?.link ?? "", "--out", out, "--json"], { home: out });
  assert.equal(opened.status, 0, opened.stderr);
  await refused(2, "change", id);
  await refused(2, "change", id, "--openings", "0");
  await refused(2, "change", id, "--expires", "31d");
  await refused(2, "correct", id, "--to", "other@courriel.example");
  await pli("revoke", id);
  for (const args of [["link"], ["change", "--openings", "2"], ["answer", "--text", "x"]]) {
    const [command = "", ...rest] = args;
    const { status } = await runCli([command, id, ...rest], { home });
    assert.notEqual(status, 0, command);
  }
});

test("M24, M25: replies are listed with what they say, found, marked, and answered in the conversation", async (t) => {
  const sent = await pli<{ envelopeId: string; grants: { link: string }[] }>(
    ...["send", "--to", "Anna <anna@courriel.example>", "--subject", "Plan", "--text", "Which?", "--openings", "3"],
    ...["--delivery", "link"],
  );
  const { envelopeId: id } = sent;
  const device = await temporaryFolder(t);
  const replied = await runCli(["reply", sent.grants[0]?.link ?? "", "--text", "The second.", "--json"], {
    home: device,
  });
  assert.equal(replied.status, 0, replied.stderr);
  interface Listed {
    envelopeId: string;
    subject: string;
    text: string;
    read: boolean;
    inReplyTo: string;
  }
  const [item] = await pli<Listed[]>("inbox", "--unread", "--search", "ANNA");
  assert.ok(item);
  assert.deepEqual([item.subject, item.text, item.read, item.inReplyTo], ["Re: Plan", "The second.", false, id]);
  assert.deepEqual(await pli<Listed[]>("inbox", "--search", "nobody"), []);
  await pli("inbox", item.envelopeId, "--mark", "read");
  assert.deepEqual(await pli<Listed[]>("inbox", "--unread"), []);
  await pli("inbox", item.envelopeId, "--mark", "unread");
  assert.equal((await pli<Listed[]>("inbox", "--unread")).length, 1);
  await refused(2, "inbox", item.envelopeId, "--mark", "perhaps");
  const answered = await pli<{ to: string[] }>("answer", id, "--text", "Agreed.");
  assert.deepEqual(answered.to, ["anna@courriel.example"]);
  const said = await pli<{ kind: string; text: string; subject: string }[]>("thread", id);
  assert.deepEqual(
    said.map(({ kind, text, subject }) => [kind, text, subject]),
    [
      ["reply", "The second.", "Re: Plan"],
      ["answer", "Agreed.", "Re: Plan"],
    ],
  );

  // M16: protected, programs are told that there is one, not what it says, and what to do
  const token = await runAdmin(sender.server, ["create-token", "--member", sender.server.ownerAddress]);
  const owner = createTransport({ origin: sender.server.origin, fetch, token });
  const policies = { confirmReplies: { value: true, locked: true } };
  await setOrganisationPolicies(owner, { version: 0, policies });
  const [withheld] = await pli<(Listed & { protected?: boolean })[]>("inbox");
  assert.deepEqual([withheld?.protected, withheld?.subject, withheld?.text], [true, undefined, undefined]);
  for (const args of [
    ["inbox", item.envelopeId, "--out", device],
    ["thread", id],
  ]) {
    const { status, stderr } = await runCli(args, { home });
    assert.equal(status, 3, stderr);
    assert.match(stderr, /Read them in the browser/);
  }
});
