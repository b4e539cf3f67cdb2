/**
 * The main ways of members and recipients by the keyboard alone, as the accessibility tree names them and as live regions tell them. Whoever
 * sees nothing and has no mouse writes, follows, answers, keeps contacts and secrets, sets rules and ways in, opens, looks at files and replies.
 */
import { after, test } from "node:test";
import { editorReady, signIn, welcome, withoutHold } from "./app-journey.ts";
import { hasTree, readByEar } from "./harness/by-ear.ts";
import { codeFor, linkFor, openBrowser, startServer } from "./harness.ts";
import { noFaults, PHONE, png, watchedPage } from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const member = await watchedPage(browser);
const { page } = member;
await signIn(page, server);
await welcome(page);
const ear = await readByEar(page);
const ADDRESS = "jeanne@courriel.example";

async function open(path: string, heading: string): Promise<void> {
  await page.goto(`${server.origin}/app/${path}`);
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
}

test("M23: by keys and by ear, a contact is written, and one comes from a file", async () => {
  await open("contacts", "Contacts");
  await ear.press("button", "New contact");
  await ear.write("textbox", "Name", "Joaquim Herbelot");
  await ear.write("textbox", "E-mail addresses", "joaquim at courriel");
  await ear.press("button", "Save");
  await ear.hears("is not an address");
  await ear.write("textbox", "E-mail addresses", "joaquim@courriel.example");
  await ear.press("button", "Save");
  await page.getByRole("row", { name: /Joaquim/ }).waitFor();
  const chosen = page.waitForEvent("filechooser");
  await ear.press("button", "Import");
  await ear.press("button", /file/i);
  await (await chosen).setFiles([
    { name: "c.csv", mimeType: "text/csv", buffer: Buffer.from("Name,E-mail\nInes Valtour,ines@courriel.example\n") },
  ]);
  await ear.hears("1 will be added");
  await ear.press("button", "Import 1 contact");
  await ear.hears("1 contact added");
  await page.getByRole("row", { name: /Ines/ }).waitFor();
  noFaults(member);
});

test("S1, S3: by keys and by ear, a secret is made, and destroyed after a question", async () => {
  await open("secrets", "Secrets");
  await ear.press("button", "Generate a password");
  await ear.hears(/About \d+ bits/);
  await ear.write("textbox", "Reference", "Door code");
  await ear.press("button", "Make the link");
  await page.getByRole("row", { name: /Door code/ }).waitFor();
  await ear.at(/heading The link is ready/);
  await ear.press("button", "Destroy Door code");
  await ear.at(/button|dialog/);
  await ear.press("button", /^Destroy$/);
  await page
    .getByRole("row", { name: /Door code/ })
    .getByText("destroyed")
    .waitFor();
  noFaults(member);
});

test("P3, A2, Z10: by keys and by ear, a rule is set and undone, a passkey is added", async () => {
  await open("organisation", "Organisation");
  await ear.press("checkbox", "Password on every message", "Space");
  await ear.hears("Saved: Password on every message");
  await ear.press("button", "Undo");
  await ear.hears("As it was before");
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable", { enableUI: false });
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasPrf: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await open("settings", "Settings");
  await hasTree(page, [
    "banner",
    /navigation/,
    "main",
    'heading "Settings" [level=1]',
    /textbox "(Your )?[Nn]ame/,
    'region "Security"',
    'button "Add a passkey"',
    'region "Keys"',
  ]);
  await ear.press("button", "Add a passkey");
  await ear.write("textbox", "Name", "My laptop");
  await ear.press("button", "Add a passkey");
  await ear.hears("Passkey added");
  await page.getByRole("region", { name: "Security" }).getByText("My laptop", { exact: true }).waitFor();
  noFaults(member);
});

test("M1, M12 to M16, M21, M24, M25: by keys and by ear, a message is written, opened, looked at, answered, and its address corrected", async () => {
  await withoutHold(page);
  await page.goto(`${server.origin}/app/write`);
  await editorReady(page);
  await hasTree(page, [
    "main",
    'combobox "To"',
    'textbox "Subject"',
    /toolbar/,
    'textbox "Text"',
    'complementary "Protection"',
    'button "Review and send"',
  ]);
  await ear.write("combobox", "To", `${ADDRESS}, wrong@courriel.example`);
  await page.keyboard.press("Enter");
  await ear.hears(`Added: ${ADDRESS}`);
  await ear.hears("Added: wrong@courriel.example");
  await ear.write("textbox", "Subject", "Your plan");
  await ear.to("textbox", "Text");
  await page.keyboard.type("Here it is.");
  await page.evaluate("delete window.showOpenFilePicker");
  const chosen = page.waitForEvent("filechooser");
  await ear.press("button", "Choose files");
  await (await chosen).setFiles([
    { name: "plan.png", mimeType: "image/png", buffer: png(320, 200, [20, 120, 90]) },
    { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("The key is under the stone.") },
  ]);
  await page.locator(".file", { hasText: "sealed" }).nth(1).waitFor();
  await ear.press("button", "View only: plan.png");
  await page.keyboard.press("Control+Enter");
  await ear.at(/button Back to the message|heading/);
  await ear.to("button", "Send sealed");
  // not before it is known what there is to be told of the people
  await page.locator("button:focus:not([aria-disabled])").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/app\/sent/);
  await page.getByRole("link", { name: "Your plan" }).waitFor();
  await ear.press("link", "Your plan");
  await ear.at(/heading Your plan/);
  await page.locator(".timeline").waitFor();
  await hasTree(page, [
    "main",
    'heading "Your plan" [level=1]',
    'button "Read it again"',
    /table "Recipients"/,
    /row .*jeanne@courriel\.example/,
    /table "Register of openings"/,
  ]);
  await ear.press("DisclosureTriangle", /wrong@courriel/);
  await ear.press("button", "Correct the address");
  await ear.write("textbox", "Address", "right@courriel.example");
  await ear.press("button", "Revoke the old and send to the new");
  await page
    .getByRole("table", { name: "Recipients" })
    .getByRole("row", { name: /right@courriel/ })
    .waitFor();

  const reader = await watchedPage(browser, { viewport: PHONE });
  await reader.page.goto(await linkFor(server, ADDRESS));
  const hers = await readByEar(reader.page);
  await reader.page.getByRole("button", { name: /code by mail/ }).waitFor();
  await hasTree(reader.page, ["main", /heading .*\[level=1\]/, /button ".*code by mail"/]);
  await hers.press("button", /code by mail/);
  await hers.at(/textbox .*[Cc]ode/);
  const code = await codeFor(server, ADDRESS);
  await reader.page.keyboard.type(code.startsWith("0") ? `1${code.slice(1)}` : `0${code.slice(1)}`);
  await hers.hears("This is not the code");
  await hers.write("textbox", /[Cc]ode/, code);
  await hers.at(/heading Your plan/);
  await hasTree(reader.page, ["article", 'heading "Your plan" [level=1]', /button "(Show|Preview)/, /button "Reply/]);
  await hers.press("button", "Show plan.png");
  await reader.page.getByRole("img", { name: "Picture: plan.png" }).waitFor();
  await hers.press("button", "Preview note.txt");
  await reader.page.getByRole("textbox", { name: "note.txt" }).waitFor();
  await hers.press("button", "Download note.txt");
  await hers.hears("complete and verified");
  await hers.press("button", /^Reply/);
  await hers.at(/heading Your reply to/);
  await hers.write("textbox", "Your text", "Found it.");
  await hers.press("button", "Send sealed");
  await hers.at(/heading Your reply is on its way/);
  noFaults(reader);

  await open("received", "Received");
  await hasTree(page, ["main", 'heading "Received" [level=1]', /searchbox "Search by sender"/, /link "Re: Your plan"/]);
  await ear.press("link", "Re: Your plan");
  await ear.press("button", /^Answer/);
  await page.getByRole("textbox", { name: "Your answer" }).waitFor();
  await ear.write("textbox", "Your answer", "Thank you.");
  await page.keyboard.press("Control+Enter");
  // its words are in a document of their own, which listeners follow and a test does not: who said it is enough
  await ear.hears(/You|Camille Orvanne/);
  await page.getByRole("log", { name: "Conversation" }).getByRole("listitem").nth(1).waitFor();
  noFaults(member);
});
