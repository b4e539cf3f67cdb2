/** Contacts in a real browser (M23), and what they do for writing: completion (M1), the language of each (M7), questions before sending (M10). */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { decodeText, guessColumns, readRows, readTable } from "@pli/client/contact-files";
import type { Envelope } from "@pli/core/wire";
import { addPeople, openWriting, reviewAndSend, signIn, toField, welcome, writeText } from "./app-journey.ts";
import { openBrowser, startServer } from "./harness.ts";
import { lookAtBoth } from "./looks.ts";
import { DESK, noFaults, watchedPage } from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const watched = await watchedPage(browser, { viewport: DESK, locale: "en-GB" });
const { page } = watched;
await signIn(page, server);
await welcome(page);
const look = (state: string) => lookAtBoth(page, `app-contacts-${state}`);

const row = (name: string) => page.getByRole("row", { name: new RegExp(name) });
const dialog = () => page.getByRole("dialog");

test("M23: a contact is added with what is wrong said beside it, shared, changed; deleted with a way back", async () => {
  await page.getByRole("link", { name: "Contacts" }).first().click();
  await page.getByText("No contacts yet").waitFor();
  await look("empty");
  await page.getByRole("button", { name: "New contact" }).first().click();
  await page.getByLabel("Name", { exact: false }).first().fill("Annelies de Vries");
  await page.getByLabel("E-mail addresses").fill("annelies at example");
  await page.getByLabel("Mobile number").fill("12345");
  await dialog().getByRole("button", { name: "Save" }).click();
  await page.getByText("“annelies at example” is not an address.").waitFor();
  await page.getByText("This is not a mobile number.").waitFor();
  await look("errors");
  await page.getByLabel("E-mail addresses").fill("annelies@gemeente.example");
  await page.getByLabel("Mobile number").fill("0032 470 12 34 56");
  await page.getByLabel("Language for mails").selectOption("nl");
  await page.getByLabel("Company").fill("Gemeente Waterdam");
  await page.getByRole("checkbox", { name: /Share with the organisation/ }).check();
  await dialog().getByRole("button", { name: "Save" }).click();
  await row("Annelies").getByText("+32470123456").waitFor();
  await row("Annelies").getByText("shared").waitFor();
  // the same address again is another contact's
  await page.getByRole("button", { name: "New contact" }).first().click();
  await page.getByLabel("E-mail addresses").fill("ANNELIES@gemeente.example");
  await page.getByRole("checkbox", { name: /Share with the organisation/ }).check();
  await page.keyboard.press("Enter");
  await dialog().getByRole("button", { name: "Save" }).click();
  await page.getByText("Another contact has one of these addresses.").waitFor();
  await dialog().getByRole("button", { name: "Cancel" }).click();
  await page.getByText("More Annelies de Vries").click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByText("Annelies de Vries is deleted.").waitFor();
  await page.getByRole("heading", { name: "No contacts yet" }).and(page.locator(":focus")).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await row("Annelies").getByText("+32470123456").waitFor();
});

test("M23: a table from Excel is shown before it comes in, its columns are mended, and it goes out again", async () => {
  const western = Buffer.from(
    "Nom;Prénom;Courriel;Tél;Société\r\nÉluard;Maïté;maite@notaires.example;0470 98 76 54;Notaires\r\nPrats;Joaquim;joaquim@notaires.example;;Notaires\r\nSans;Adresse;;;\r\n;;ANNELIES@gemeente.example;;\r\n",
    "latin1",
  );
  await page.getByRole("button", { name: "Import" }).click();
  const chooser = dialog().locator("input[type=file]");
  // the wrong one first: once a file is judged another can be chosen in its place
  const wrong = Buffer.from("Name;Écrire à\r\nWrong;wrong@other.example\r\n");
  await chooser.setInputFiles([{ name: "carnet.csv", mimeType: "text/csv", buffer: wrong }]);
  await page.getByText("1 will be added").waitFor();
  const other = page.waitForEvent("filechooser");
  await dialog().getByRole("button", { name: "Choose another file" }).click();
  await (await other).setFiles([{ name: "carnet.csv", mimeType: "text/csv", buffer: western }]);
  await page.getByText("3 will be added").waitFor();
  await page.getByText("1 cannot be taken").waitFor();
  await page.getByText("has no e-mail address").waitFor();
  await page.getByRole("checkbox", { name: /Share with the organisation/ }).check();
  await page.getByText("1 is there already").waitFor();
  await page.getByLabel("Tél").selectOption("mobile");
  await page.getByLabel("Numbers without a prefix are from").selectOption("BE");
  await page.getByRole("button", { name: "Import 2 contacts" }).waitFor();
  await look("import");
  await page.getByRole("button", { name: "Import 2 contacts" }).click();
  await page.getByText("2 contacts added.").waitFor();
  await row("Maïté Éluard").getByText("+32470987654").waitFor();
  await look("list");
  await page.getByRole("searchbox", { name: "Search contacts" }).fill("eluard not");
  await row("Joaquim").waitFor({ state: "detached" });
  await row("Maïté Éluard").waitFor();
  await page.getByRole("searchbox", { name: "Search contacts" }).fill("zzz");
  await page.getByText("Nobody found").waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await row("Joaquim").waitFor();
  // deleted, the focus is on the row that took its place
  await page.getByText("More Joaquim Prats").click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Maïté Éluard", exact: true }).and(page.locator(":focus")).waitFor();
  await row("Joaquim").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await row("Joaquim").waitFor();
  await page.getByText("Export", { exact: true }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Table (CSV)" }).click();
  const table = readTable(decodeText(await readFile(await (await saved).path())));
  const found = readRows(table, guessColumns(table.titles)).map(({ content }) => content?.name);
  assert.deepEqual(found, ["Annelies de Vries", "Joaquim Prats", "Maïté Éluard"]);
});

test("M1, M7: completion by company and keys takes the contact over, in the contact's language", async () => {
  await openWriting(page, server);
  await toField(page).pressSequentially("waterd");
  const option = page.getByRole("option", { name: /Annelies de Vries/ });
  await option.waitFor();
  assert.match((await option.textContent()) ?? "", /annelies@gemeente\.example.*Gemeente Waterdam/);
  await look("completion");
  // the first is marked as long as nobody chose another: Enter takes them
  assert.equal(await option.getAttribute("aria-selected"), "true");
  await page.keyboard.press("Enter");
  await toField(page).pressSequentially("joaq");
  await page.getByRole("option", { name: /Joaquim Prats/ }).click();
  assert.deepEqual(await page.locator(".token__name").allTextContents(), ["Annelies de Vries", "Joaquim Prats"]);
  await writeText(page, "Both", "Text.");
  await page.keyboard.press("Control+Enter");
  await dialog().getByText("Nederlands").waitFor();
  await page.keyboard.press("Escape");
  const envelopeId = await reviewAndSend(page);
  const answer = await page.request.get(`${server.origin}/api/v1/envelopes/${envelopeId}`);
  const { grants } = (await answer.json()) as Envelope;
  const languages = grants.map(({ recipient, language }) => [recipient.address, language]);
  assert.deepEqual(languages.toSorted(), [
    ["annelies@gemeente.example", "nl"],
    ["joaquim@notaires.example", "en"],
  ]);
});

test("M10: somebody new among usual people, and a known name at another address, hold the sending until answered", async () => {
  await openWriting(page, server);
  await addPeople(
    page,
    "annelies@gemeente.example, zoe@elsewhere.example, Joaquim Prats <jp@perso.example>, maite@notaires.example",
  );
  await writeText(page, "Look twice", "Text.");
  await page.keyboard.press("Control+Enter");
  const send = dialog().getByRole("button", { name: "Send sealed" });
  await dialog().getByText("You have never written to this address", { exact: true }).waitFor();
  await dialog().getByText("You know this name with another address").waitFor();
  assert.equal(await send.getAttribute("aria-disabled"), "true");
  await look("doubts");
  await dialog().getByRole("button", { name: "Use the one I know" }).click();
  await dialog().getByText("joaquim@notaires.example").waitFor();
  await page.getByText("First answer the question about zoe@elsewhere.example.").waitFor();
  await dialog().getByRole("checkbox", { name: "The address I typed is right" }).check();
  await dialog().locator(`[aria-disabled]`).waitFor({ state: "detached" });
  await dialog().getByRole("button", { name: "Back to the message" }).click();
  // while it closes it gives the focus back
  await dialog().waitFor({ state: "detached" });
  // many organisations that see each other
  await addPeople(page, "a@one.example, b@two.example");
  await page.keyboard.press("Control+Enter");
  await dialog().getByText("will see each other’s addresses").waitFor();
  await dialog().getByRole("button", { name: "Move all to Bcc" }).click();
  await dialog().getByText("will see each other’s addresses").waitFor({ state: "detached" });
  // the question is gone with the button that answered it: the keyboard is still in the dialog
  await page.locator("dialog:focus").waitFor();
  await dialog().getByRole("button", { name: "Back to the message" }).click();
  noFaults(watched);
});

test("M1, M23: whom one wrote to is shown, and forgotten is proposed no more", async () => {
  await page.goto(`${server.origin}/app/contacts`);
  await page.getByRole("button", { name: "Written to" }).click();
  // not the row alone, which the contacts have as well
  await row("Annelies").getByRole("button", { name: "Forget Annelies de Vries" }).waitFor();
  await look("written");
  await page.getByRole("button", { name: "Forget Annelies de Vries" }).click();
  await page.getByRole("button", { name: "Forget Joaquim Prats" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Nobody yet" }).and(page.locator(":focus")).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Written to" }).click();
  await page.getByRole("heading", { name: "Nobody yet" }).waitFor();
  // the contacts stay
  await page.getByRole("button", { name: "All", exact: true }).click();
  await row("Annelies").waitFor();
  noFaults(watched);
});
