/** What leaves this computer: of everything sealed, not a byte in any form, over all commands (lessons: a product once shipped plaintext). */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fromBase64url } from "@pli/core/bytes";
import { codeFor, runAdmin, runCli, temporaryFolder } from "../../../e2e/harness.ts";
import { bytesNeedle, findNeedles, type Needle, textNeedle } from "../../../e2e/wire/needles.ts";
import { startRecordingProxy } from "../../../e2e/wire/recording-proxy.ts";
import { newRecipient, newSender } from "./testing/people.ts";

const sender = await newSender();

const WORDS = {
  subject: "Liquidation judiciaire Nº 77",
  text: "Le virement de 48 210,77 € part mardi.",
  "file name": "Avis d’échéance confidentiel.pdf",
  "file content": "Numéro de sécurité sociale 2 85 07 75 116 001 44",
  password: "Pamplemousse-9-Velours",
  passphrase: "ma phrase de passe très longue",
  reply: "Accord donné pour la cession des parts",
  "reply's file": "justificatif-domicile-marseille.txt",
} as const;

test("Z5, Z14, Z15, C2: nothing sealed and no key is in any request, but the link secret where a mail is ordered", async (t) => {
  const { server } = sender;
  const wire = await startRecordingProxy(t, server.port);
  const home = await temporaryFolder(t);
  const files = await temporaryFolder(t);
  const write = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(files, name), content);
    return join(files, name);
  };
  const member = "Clerk@example.org";
  await runAdmin(server, ["add-member", "--address", member, "--name", "Clerk"]);
  const token = await runAdmin(server, ["create-token", "--member", member]);
  const pli = async (args: readonly string[], as = home) => {
    const run = await runCli(args, { home: as });
    assert.equal(run.status, 0, `${args[0]}: ${run.stderr}`);
    return run.stdout;
  };
  const login = ["login", "--server", wire.origin, "--token-file", await write("token", token)];
  await pli([...login, "--passphrase-file", await write("passphrase", WORDS.passphrase)]);
  const attachments = ["--attach", await write(WORDS["file name"], WORDS["file content"].repeat(900))];
  const password = ["--password-file", await write("password", WORDS.password)];
  const message = ["--subject", WORDS.subject, "--text", WORDS.text, ...attachments, ...password, "--json"];
  const jane = await newRecipient(t, server);

  const byMail = JSON.parse(await pli(["send", "--to", jane.address, ...message]));
  const byLink = JSON.parse(await pli(["send", "--to", jane.address, ...message, "--delivery", "link"]));
  const mailed: string = byMail.grants[0].link;
  const passedOn: string = byLink.grants[0].link;
  const asked = await jane.run(["open", mailed, "--out", jane.folder, ...password]);
  assert.equal(asked.status, 4);
  const code = await codeFor(server, jane.address);
  await pli(["open", mailed, "--out", jane.folder, "--code", code, ...password], jane.home);
  await pli(["open", passedOn, "--out", jane.folder, ...password], jane.home);
  const answer = ["--attach", await write(WORDS["reply's file"], "x"), ...password];
  await pli(["reply", passedOn, "--text", WORDS.reply, ...answer], jane.home);
  const [item] = JSON.parse(await pli(["inbox", "--json"]));
  await pli(["inbox", item.envelopeId, "--out", files]);
  await pli(["list"]);
  await pli(["status", byMail.envelopeId, "--register"]);
  await pli(["resend", byMail.envelopeId]);

  const secretOf = (link: string) => fromBase64url(new URL(link).hash.slice(1), 32);
  const { seed } = JSON.parse(await readFile(join(home, "account.json"), "utf8"));
  const needles: Needle[] = [
    ...Object.entries(WORDS).map(([name, text]) => textNeedle(name, text)),
    bytesNeedle("seed", fromBase64url(seed)),
    bytesNeedle("link secret by link", secretOf(passedOn)),
  ];
  const requests = wire.requests();
  assert.ok(requests.length > 25, `${requests.length} requests`);
  assert.ok(requests.some(({ method }) => method === "PUT"));
  for (const { method, path, head, body } of requests) {
    const hits = findNeedles(Buffer.concat([Buffer.from(head), body]), needles);
    assert.deepEqual(hits, [], `${method} ${path}`);
  }
  const secret = [bytesNeedle("link secret by mail", secretOf(mailed))];
  const carrying = requests.filter(
    ({ head, body }) => findNeedles(Buffer.concat([Buffer.from(head), body]), secret).length > 0,
  );
  const allowed = [
    `/api/v1/envelopes/${byMail.envelopeId}/send`,
    `/api/v1/envelopes/${byMail.envelopeId}/grants/${byMail.grants[0].grantId}/resend`,
  ];
  assert.deepEqual(
    carrying.map(({ path }) => path),
    allowed,
  );
  for (const { head } of carrying) assert.equal(findNeedles(Buffer.from(head), secret).length, 0);
  assert.equal(findNeedles(randomBytes(10_000), needles).length, 0);
});
