/** M16: a blind copy replies to all at 360 px in French; another reads it by a link of their own; the receipt is kept, and read again. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  codeFor,
  linkFor,
  loginCli,
  openBrowser,
  runCli,
  sendByCli,
  startServer,
  takePicture,
  temporaryFolder,
  waitForMail,
} from "./harness.ts";
import { accessible, fitsWidth, letter, noFaults, PHONE, proveMailbox, watchedPage } from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const home = await loginCli({ after }, server);
const [ANNA, BERT, DAVE] = ["anna@courriel.example", "bert@courriel.example", "dave@courriel.example"];

test("M16: reply to all from a blind copy, said before sending; its reader answers from their own copy; the receipt opens without the server", async () => {
  const folder = await temporaryFolder({ after }, "pli-receipt");
  const { envelopeId } = await sendByCli(home, [
    ...["--to", ANNA, "--cc", BERT, "--bcc", DAVE, "--subject", "Dossier", "--text", "Qui vient ?"],
    ...["--language", "fr", "--openings", "3"],
  ]);
  const seen = new Set<string>();
  const first = await linkFor(server, BERT, seen);
  const link = await linkFor(server, ANNA);
  const dave = await watchedPage(browser, { viewport: PHONE, locale: "fr-FR" });
  const { page } = dave;
  await page.goto(await linkFor(server, DAVE));
  await proveMailbox(server, page, DAVE);
  await letter(page).waitFor();
  await page.getByRole("button", { name: /^Répondre à/ }).click();
  const choice = page.getByRole("group", { name: /Qui lit votre réponse/ });
  await choice.waitFor();
  assert.equal(await choice.getByRole("radio", { checked: true }).getAttribute("name"), "to-all");
  assert.equal(await choice.getByText(ANNA).count(), 0, "only the sender, unless one chooses otherwise");
  await choice.getByRole("radio", { name: /Répondre à tous/ }).check();
  assert.deepEqual(await choice.getByRole("listitem").allTextContents(), [ANNA, BERT]);
  await choice.getByText("Votre adresse était cachée aux autres.").waitFor();
  await page.getByRole("heading", { name: "Votre réponse à tous" }).waitFor();
  await page.getByRole("textbox", { name: "Votre texte" }).fill("Je viens aussi.");
  await accessible(page);
  await fitsWidth(page);
  await takePicture(page, "reply-to-all-360");
  await page.getByRole("button", { name: "Envoyer scellé" }).click();
  await page.getByText(/et les autres reçoivent un avis/).waitFor();

  await page.getByRole("button", { name: "Garder un reçu" }).click();
  const dialog = page.getByRole("dialog", { name: "Garder un reçu de votre réponse" });
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("dialog .input")?.value);
  const password = await dialog.getByLabel("Mot de passe du reçu").inputValue();
  assert.match(password, /^\p{L}+(-\d-\p{L}+){3}$/u);
  await dialog.getByRole("meter").waitFor();
  await accessible(page);
  await fitsWidth(page);
  await takePicture(page, "receipt-keep-360");
  const kept = join(folder, "receipt.pli");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Télécharger le reçu" }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^recu-[0-9a-z]{26}\.pli$/);
  await download.saveAs(kept);
  await dialog.getByText("Le reçu est dans vos téléchargements.").waitFor();

  // Who reads it has a link of their own, and knows whose words they are.
  const mail = await waitForMail(server, BERT, ({ subject }) => subject.includes(DAVE));
  assert.match(mail.text, /vous avez reçu, comme .*dave/);
  const bert = await watchedPage(browser, { viewport: PHONE, locale: "fr-FR" });
  const second = /https?:\/\/\S+\/o\/\S+#\S+/.exec(mail.text)?.[0] ?? "";
  assert.notEqual(second, first);
  await bert.page.goto(second);
  await bert.page.getByRole("heading", { name: `${DAVE} vous a écrit` }).waitFor();
  await bert.page.getByText(/^Une réponse au message de .*\(owner@example\.org\)/).waitFor();
  await accessible(bert.page);
  await fitsWidth(bert.page);
  await takePicture(bert.page, "reply-to-all-landing-360");
  await proveMailbox(server, bert.page, BERT);
  await letter(bert.page).waitFor();
  await bert.page.getByText(/ouvrez votre propre copie du message/).waitFor();
  assert.equal(await bert.page.getByRole("button", { name: /^Répondre/ }).count(), 0);
  assert.equal(await bert.page.locator("#claim").count(), 0, "who it says it is from is who it is from");
  await takePicture(bert.page, "reply-to-all-read-360");
  noFaults(bert);

  // The page that reads receipts asks nobody for anything once it is there.
  await page.goto(`${server.origin}/receipt`);
  await page.getByRole("heading", { name: "Lire le reçu d’une réponse" }).waitFor();
  await page.getByLabel("Fichier du reçu").setInputFiles(kept);
  await page.getByLabel("Mot de passe du reçu").fill("autre chose");
  await page.getByRole("button", { name: "Ouvrir le reçu" }).click();
  await page.getByText(/Le mot de passe est faux/).waitFor();
  await accessible(page);
  await page.context().setOffline(true);
  await page.getByLabel("Mot de passe du reçu").fill(password);
  await page.getByRole("button", { name: "Ouvrir le reçu" }).click();
  await page.getByText("Je viens aussi.").waitFor();
  for (const address of [ANNA, BERT]) await page.getByText(address).waitFor();
  await accessible(page);
  await fitsWidth(page);
  await takePicture(page, "receipt-read-360");
  await page.context().setOffline(false);
  noFaults(dave);

  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, password);
  const shown = await runCli(["receipt", kept, "--password-file", passwordFile, "--json"], { home });
  assert.equal(shown.status, 0, shown.stderr);
  const receipt = JSON.parse(shown.stdout) as { inReplyTo: string; text: string; to: readonly { address: string }[] };
  assert.deepEqual([receipt.inReplyTo, receipt.text], [envelopeId, "Je viens aussi."]);
  assert.deepEqual(
    receipt.to.map(({ address }) => address),
    [server.ownerAddress, ANNA, BERT],
  );

  // And from the command line: Anna, by her own copy, to Bert; nobody hidden is reached.
  const annas = await temporaryFolder({ after }, "pli-anna");
  await runCli(["open", link, "--out", join(annas, "out")], { home: annas });
  const code = await codeFor(server, ANNA);
  await runCli(["open", link, "--out", join(annas, "out"), "--code", code], { home: annas });
  const replied = await runCli(["reply", link, "--all", "--text", "Moi non.", "--json"], { home: annas });
  assert.equal(replied.status, 0, replied.stderr);
  assert.deepEqual((JSON.parse(replied.stdout) as { readers: unknown }).readers, [BERT]);
});
