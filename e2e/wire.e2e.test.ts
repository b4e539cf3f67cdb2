/**
 * The server is blind (Z14, Z15): people send, open, answer, sign in and make their keys, by the command line and in a real browser, through a
 * tap on the wire. Then all that the server received, logged and stored is searched for all that it must not know. The one exception is
 * the link's secret with delivery by mail: in the order to send, and in the mail; and where a sender seals the attachments alone (M2), the
 * message's text and the files' names, in the same two places.
 */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import {
  addSlot,
  checkKeyring,
  createTransport,
  getEnvelope,
  getKeyring,
  inbox,
  listEnvelopes,
  openInboxItem,
  openSelf,
  openSentKey,
  type Transport,
} from "@pli/client";
import { fromBase64url } from "@pli/core/bytes";
import { nodeCrypto } from "@pli/core/crypto-node";
import { createRecoverySlot, type KeyringKeys, openPassphraseSlot, parseLink, type Seed } from "@pli/core/sealing";
import { startReceiver } from "../apps/server/src/testing/otlp-receiver.ts";
import { addPeople, attach, PASSPHRASE, signIn, writeText } from "./app-journey.ts";
import {
  codeFor,
  freePort,
  linkFor,
  loginCli,
  openBrowser,
  runAdmin,
  runCli,
  sendByCli,
  startServer,
  temporaryFolder,
} from "./harness.ts";
import { askCode, codeField, letter } from "./open-journey.ts";
import { searchDatabase, searchFiles, searchIn, searchRequests } from "./wire/hay.ts";
import { bytesNeedle, type Needle, textNeedle } from "./wire/needles.ts";
import { startRecordingProxy } from "./wire/recording-proxy.ts";

const scope = { after };
const CLERK = "clerk@example.org";
const SUBJECT = "Décision n° 4217 “confidentielle”";
const TEXT = "Votre dossier d’aide sociale n° 88-1204 est complet.";
const FILE_NAME = "Relevé d’imposition 2025.csv";
const FILE_TEXT = "montant;8 411,27 €;quotient familial;1 204";
const PASSWORD = "Tournesol 48 été caché";
const WRITTEN = {
  subject: "Written in the browser 7731",
  text: "Nobody but Jeanne reads this sentence 9182",
  file: "plan-of-the-vault.bin",
};
const ANSWER = {
  text: "My answer with the number 5520-A",
  file: "proof-of-address.txt",
  content: "12 rue des Lilas, 59000 Lille, flat 4417",
};
const TO_ALL = {
  text: "À vous deux : la clé est chez Odile, porte 19-B",
  file: "état des lieux 19-B.txt",
  content: "compteur d’eau 004417, deux clés rendues, une fissure",
};
const CLEAR = {
  subject: "Permis de construire n° 88-0412",
  text: "Vous trouverez ci-joint les plans tamponnés du 14",
  file: "Plans tamponnés 88-0412.csv",
};
/** Another reader of the message that is answered to all; and the passwords under which the receipts of replies are kept. */
const READER = "paule@courriel.example";
const RECEIPT_PASSWORD = "Lanterne 63 hiver ouvert";
const SECRET_TEXT = "Coffre du 3e étage : 71-04-88 puis étoile";
const CLI_ANSWER = { subject: "Réponse n° 6604", text: "Je confirme le rendez-vous du 12, code 77-A" };

const port = await freePort();
const tap = await startRecordingProxy(scope, port);
// Everything that can be logged is.
const collector = await startReceiver(scope);
const metricsPort = await freePort();
const watched = { PLI_METRICS: `127.0.0.1:${metricsPort}`, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
const direct = await startServer(scope, { port, env: { PLI_URL: tap.origin, PLI_LOG: "trace", ...watched } });
/** The server as people know it: behind the tap. */
const server = { ...direct, origin: tap.origin };
const folder = await temporaryFolder(scope, "pli-wire");
const write = async (name: string, content: string) => {
  await writeFile(join(folder, name), content, { mode: 0o600 });
  return join(folder, name);
};
await runAdmin(server, ["add-member", "--address", CLERK, "--name", "Clément Clerc"]);
const home = await loginCli(scope, server, CLERK);
const passwordFile = await write("password.txt", PASSWORD);
const attachment = await write(FILE_NAME, `${FILE_TEXT}\n${"x;y\n".repeat(90_000)}`);
const sealedArgs = ["--subject", SUBJECT, "--text", TEXT, "--attach", attachment, "--password-file", passwordFile];
const browser = await openBrowser(scope);

/** A member's own view, to learn from outside what the server must not know. */
async function secretsOf(
  name: string,
  address: string,
  passphrase: string,
): Promise<{ needles: Needle[]; t: Transport; keys: KeyringKeys; seed: Seed }> {
  const token = await runAdmin(server, ["create-token", "--member", address]);
  const t = createTransport({ origin: tap.origin, fetch, token });
  const keyring = await getKeyring(t);
  const slot = keyring?.slots.find(({ kind }) => kind === "passphrase");
  assert.ok(keyring !== null && slot !== undefined, `${name} has no passphrase`);
  const seed = await openPassphraseSlot(nodeCrypto, { slot, passphrase });
  const keys = await checkKeyring(nodeCrypto, seed, keyring);
  const needles = [
    textNeedle(`${name}: passphrase`, passphrase),
    bytesNeedle(`${name}: seed`, seed),
    bytesNeedle(`${name}: decapsulation key`, keys.kemPrivate),
    bytesNeedle(`${name}: signing seed`, keys.signSeed),
  ];
  for (const { envelopeId, state } of (await listEnvelopes(t)).items) {
    if (state === "draft") continue;
    const envelope = await getEnvelope(t, envelopeId);
    const { senderKey } = await openSelf(nodeCrypto, keys, envelope);
    needles.push(bytesNeedle(`${name}: sender key of ${envelopeId}`, senderKey));
    const key = await openSentKey(nodeCrypto, keys, envelope);
    needles.push(bytesNeedle(`${name}: content key of ${envelopeId}`, key));
  }
  for (const item of (await inbox(t)).items) {
    const { contentKey } = await openInboxItem(t, nodeCrypto, keys, item);
    needles.push(bytesNeedle(`${name}: content key of the reply ${item.envelopeId}`, contentKey));
  }
  return { needles, t, keys, seed };
}

const linkNeedle = (name: string, link: string) => bytesNeedle(name, fromBase64url(parseLink(link).linkSecret));

test("Z14, Z15: nothing that the server must not know is on the wire, in its logs or in its folder", async (t) => {
  const mailed: Needle[] = [];
  const blind: Needle[] = [];

  await t.test("by the command line: sent by mail, sent by link, opened, answered, sent again", async () => {
    const first = await sendByCli(home, ["--to", "jeanne@courriel.example", "--openings", "5", ...sealedArgs]);
    // Without a password: nobody can answer to all what others open by one (M16).
    const shared = await sendByCli(home, [
      "--to",
      "irma@courriel.example",
      "--cc",
      READER,
      "--subject",
      SUBJECT,
      "--text",
      TEXT,
    ]);
    for (const { to, link } of shared.grants) mailed.push(linkNeedle(`link by mail of ${to}`, link ?? ""));
    mailed.push(linkNeedle("link by mail", first.grants[0]?.link ?? ""));
    assert.equal((await runCli(["resend", first.envelopeId], { home })).status, 0);
    // Held for minutes: its secret is on the disk all that time.
    const held = await sendByCli(home, ["--to", "marc@courriel.example", "--hold", "300", ...sealedArgs]);
    mailed.push(linkNeedle("link by mail, held", held.grants[0]?.link ?? ""));
    // M2: sealed are the attachments alone. What the mail says waits as the link's secret does.
    const inClear = ["--subject", CLEAR.subject, "--text", CLEAR.text, "--attach", await write(CLEAR.file, FILE_TEXT)];
    const mailing = ["--to", "luce@courriel.example", "--protect", "attachments", "--password-file", passwordFile];
    await sendByCli(home, [...mailing, ...inClear, "--hold", "300"]);
    await sendByCli(home, [...mailing, ...inClear]);
    for (const [name, text] of Object.entries(CLEAR)) mailed.push(textNeedle(`${name} in clear`, text));
    const sent = await sendByCli(home, [
      "--to",
      "zoe@courriel.example",
      "--delivery",
      "link",
      "--openings",
      "5",
      ...sealedArgs,
    ]);
    const link = sent.grants[0]?.link ?? "";
    blind.push(linkNeedle("link handed over", link));
    const reader = { home: join(folder, "reader") };
    const out = join(folder, "out");
    const opened = await runCli(["open", link, "--out", out, "--password-file", passwordFile], reader);
    assert.equal(opened.status, 0, opened.stderr);
    const { subject, text } = CLI_ANSWER;
    const receipt = join(folder, "receipt.pli");
    const args = [
      "reply",
      link,
      "--subject",
      subject,
      "--text",
      text,
      "--attach",
      attachment,
      "--password-file",
      passwordFile,
      "--receipt",
      receipt,
      "--receipt-password-file",
      await write("receipt-password.txt", RECEIPT_PASSWORD),
    ];
    const replied = await runCli(args, reader);
    assert.equal(replied.status, 0, replied.stderr);
    blind.push(bytesNeedle("receipt by the command line", (await readFile(receipt)).subarray(14, 90)));
    const wrong = await write("wrong.txt", "not the password 1");
    assert.equal(
      (await runCli(["open", link, "--out", out, "--password-file", wrong], { home: join(folder, "other") })).status,
      4,
    );
  });

  await t.test("S1: a one-time secret, made by the command line, shown there and in the browser", async () => {
    const args = ["secret", "--views", "3", "--password-file", passwordFile, "--json"];
    const made = await runCli(args, { home, input: SECRET_TEXT });
    assert.equal(made.status, 0, made.stderr);
    const { link } = JSON.parse(made.stdout) as { link: string };
    blind.push(bytesNeedle("link of a secret", fromBase64url(parseLink(link, "s").linkSecret)));
    blind.push(textNeedle("text of a secret", SECRET_TEXT));
    const shown = await runCli(["reveal", link, "--password-file", passwordFile], { home: join(folder, "reader") });
    assert.equal(shown.stdout, `${SECRET_TEXT}\n`, shown.stderr);
    const page = await browser.newPage({ locale: "en-GB" });
    await page.goto(link);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Show the secret" }).click();
    const text = page.getByRole("textbox", { name: "Text of the secret" });
    assert.equal(await text.inputValue(), SECRET_TEXT);
    await page.close();
  });

  await t.test("in the browser: opened with code and password, answered with a file", async () => {
    const page = await browser.newPage();
    const link = await linkFor(server, "jeanne@courriel.example");
    await page.goto(link);
    await askCode(page);
    await codeField(page).fill(await codeFor(server, "jeanne@courriel.example"));
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Read the message" }).click();
    await letter(page).waitFor();
    await page.getByRole("button", { name: /^Reply to/ }).click();
    await page.getByRole("textbox", { name: "Your text" }).click();
    await page.keyboard.type(ANSWER.text);
    const buffer = Buffer.from(ANSWER.content);
    await page.locator("input[type=file]").setInputFiles({ name: ANSWER.file, mimeType: "text/plain", buffer });
    await page.getByText("sealed and ready").first().waitFor();
    await page.getByRole("button", { name: "Send sealed" }).click();
    await page.getByRole("heading", { name: "Your reply is on its way" }).waitFor();
    await page.context().close();
  });

  await t.test("M16: in the browser: answered to all with a file; the receipt kept, and read on its page", async () => {
    const irma = "irma@courriel.example";
    const before = new Set<string>();
    await linkFor(server, READER, before);
    const page = await browser.newPage({ locale: "en-GB" });
    await page.goto(await linkFor(server, irma));
    await askCode(page);
    await codeField(page).fill(await codeFor(server, irma));
    await letter(page).waitFor();
    await page.getByRole("button", { name: /^Reply to/ }).click();
    await page.getByRole("radio", { name: /^Reply to all/ }).check();
    await page.getByRole("textbox", { name: "Your text" }).fill(TO_ALL.text);
    const buffer = Buffer.from(TO_ALL.content);
    await page.locator("input[type=file]").setInputFiles({ name: TO_ALL.file, mimeType: "text/plain", buffer });
    await page.getByText("sealed and ready").first().waitFor();
    await page.getByRole("button", { name: "Send sealed" }).click();
    await page.getByRole("button", { name: "Keep a receipt" }).click();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>("dialog .input")?.value);
    const dialog = page.getByRole("dialog");
    const password = await dialog.getByLabel("Password of the receipt").inputValue();
    const saved = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download the receipt" }).click();
    const kept = join(folder, "kept.pli");
    await (await saved).saveAs(kept);
    await page.goto(`${server.origin}/receipt`);
    await page.getByLabel("Receipt file").setInputFiles(kept);
    await page.getByLabel("Password of the receipt").fill(password);
    await page.getByRole("button", { name: "Open the receipt" }).click();
    await page.getByText(TO_ALL.text).waitFor();
    await page.context().close();
    mailed.push(linkNeedle("link by mail to a reader of the reply", await linkFor(server, READER, before)));
    blind.push(textNeedle("password of a receipt, proposed", password));
    blind.push(bytesNeedle("receipt", (await readFile(kept)).subarray(14, 90)));
    blind.push(bytesNeedle("digest of the file answered to all", createHash("sha256").update(TO_ALL.content).digest()));
  });

  let words = "";
  await t.test("in the browser: signed in, keys made, a message written and sent", async () => {
    const page = await browser.newPage();
    await signIn(page, server);
    await page.getByLabel("Your name").fill("Camille Orvanne");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await page.getByLabel("The same once more").fill(PASSPHRASE);
    await page.getByRole("button", { name: "Make my keys" }).click();
    await page.locator(".kit__words li").nth(14).waitFor();
    words = (await page.locator(".kit__words li").allTextContents())
      .map((word) => word.replace(/^\d+/, "").trim())
      .join(" ");
    await page.getByLabel("The kit is in a safe place").check();
    await page.getByRole("button", { name: "Finish" }).click();
    await page.getByRole("link", { name: "Write the first message" }).click();
    await page.locator('.write[aria-busy="false"]').waitFor();
    await addPeople(page, "luc@courriel.example");
    await writeText(page, WRITTEN.subject, WRITTEN.text);
    await attach(page, WRITTEN.file, 300_000);
    await page.getByRole("button", { name: "Review and send" }).click();
    const ordered = page.waitForResponse((answer) => answer.url().endsWith("/send"));
    await page.getByRole("button", { name: "Send sealed" }).click();
    assert.equal((await ordered).ok(), true);
    await page.context().close();
  });

  const needles: Needle[] = [
    ...[
      ["subject", SUBJECT],
      ["text", TEXT],
      ["file name", FILE_NAME],
      ["file", FILE_TEXT],
      ["password", PASSWORD],
      ["wrong password", "not the password 1"],
      ["subject written", WRITTEN.subject],
      ["text written", WRITTEN.text],
      ["file name written", WRITTEN.file],
      ["text answered", ANSWER.text],
      ["file name answered", ANSWER.file],
      ["file answered", ANSWER.content],
      ["text answered to all", TO_ALL.text],
      ["file name answered to all", TO_ALL.file],
      ["file answered to all", TO_ALL.content],
      ["password of a receipt", RECEIPT_PASSWORD],
      ["subject answered", CLI_ANSWER.subject],
      ["text answered by the command line", CLI_ANSWER.text],
      ["recovery words", words],
      ["three recovery words", words.split(" ").slice(3, 6).join(" ")],
    ].map(([name = "", text = ""]) => textNeedle(name, text)),
    ...blind,
  ];
  const clerk = await secretsOf("clerk", CLERK, "correct horse battery staple");
  const owner = await secretsOf("owner", server.ownerAddress, PASSPHRASE);
  const recovery = await createRecoverySlot(nodeCrypto, { seed: clerk.seed, name: "Kit", language: "en" });
  await addSlot(clerk.t, recovery.slot);
  needles.push(...clerk.needles, ...owner.needles);
  needles.push(
    textNeedle("recovery words made", recovery.words.join(" ")),
    bytesNeedle("recovery code", fromHex(recovery.hex)),
  );
  assert.ok(clerk.needles.length >= 4 + 3 + 2 && owner.needles.length >= 4 + 1, "too few keys to look for");

  const all = [...needles, ...mailed];
  const requests = tap.requests();
  assert.ok(requests.length > 60, `only ${requests.length} requests were seen`);

  await t.test("Z14: on the wire", () => {
    assert.deepEqual(searchRequests(requests, needles, { mayCarry: false }), []);
    for (const [at, bytes] of tap.connections().entries())
      assert.deepEqual(searchIn(`connection ${at}`, bytes, needles), []);
  });
  await t.test("Z15: a link's secret travels in the order to mail it, and nowhere else", () => {
    assert.deepEqual(searchRequests(requests, mailed, { mayCarry: true }), []);
    // Both are really there, or the exception would prove nothing.
    const seen = new Set(searchRequests(requests, mailed, { mayCarry: false }).map(({ needle }) => needle));
    assert.deepEqual([...seen].toSorted(), mailed.map(({ name }) => name).toSorted());
  });
  await t.test("Q5: in metrics and traces", async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    assert.match(metrics, /^pli_openings_total\{turn="new"\} [1-9]/m);
    assert.deepEqual(searchIn("metrics", Buffer.from(metrics), all), []);
    assert.ok(collector.spans.length > 60, "nothing was traced");
    assert.deepEqual(searchIn("traces", Buffer.from(collector.bodies.join("\n")), all), []);
  });
  await t.test("Q2: in the logs", () => {
    const logs = server.output();
    assert.ok(logs.includes("/api/v1/envelopes"), "nothing was logged");
    assert.deepEqual(searchIn("logs", Buffer.from(logs), all), []);
  });
  await t.test("Z14, Z15: in the folder, while a mail is held, and after a stop", async () => {
    const path = join(server.dataFolder, "pli.db");
    // On a slow machine those of before may have gone by now.
    const held = await sendByCli(home, ["--to", "nele@courriel.example", "--hold", "300", ...sealedArgs]);
    const sought = [...all, linkNeedle("link by mail, held last", held.grants[0]?.link ?? "")];
    assert.ok(secretsKept(path) >= 1, "no mail is held");
    assert.deepEqual(await searchFiles(server.dataFolder, sought), []);
    assert.deepEqual(searchDatabase(path, sought), []);
    await server.stop();
    assert.deepEqual(await searchFiles(server.dataFolder, sought), []);
  });
  await t.test("Z14: the search would have seen it: the same needles, planted in the same places", async () => {
    const [needle] = needles;
    assert.ok(needle !== undefined);
    const planted = Buffer.from(JSON.stringify({ note: SUBJECT }));
    assert.ok(
      searchRequests([{ method: "POST", path: "/x", head: "", body: planted }], [needle], { mayCarry: false }).length >
        0,
    );
    const database = new DatabaseSync(join(server.dataFolder, "pli.db"));
    database.exec("create table planted (value text)");
    database.prepare("insert into planted values (?)").run(Buffer.from(SUBJECT).toString("base64url"));
    database.close();
    assert.ok(
      searchDatabase(join(server.dataFolder, "pli.db"), [needle]).some(({ where }) => where === "table planted"),
    );
    await writeFile(
      join(server.dataFolder, "blobs", "planted"),
      Buffer.concat([randomBytes(5000), Buffer.from(SUBJECT, "utf16le")]),
    );
    assert.ok((await searchFiles(server.dataFolder, [needle])).some(({ where }) => where.endsWith("planted")));
    // The very key of the server is no needle of ours, but it is in the folder: what is searched is really all of it.
    const key = await readFile(join(server.dataFolder, "server.key"));
    assert.ok(
      (await searchFiles(server.dataFolder, [bytesNeedle("server key", key)])).some(
        ({ where }) => where === "server.key",
      ),
    );
  });
});

/** How many mails of the outbox hold a secret. */
function secretsKept(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const kept = database.prepare("select count(*) as kept from outbox where secret is not null").get()?.kept;
  database.close();
  return Number(kept);
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
