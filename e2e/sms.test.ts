/** SMS in a real browser: numbers on the page to write, the code on the recipient's telephone, links by SMS and by one's own mail program. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { addPeople, openWriting, reviewAndSend, signIn, welcome, writeText } from "./app-journey.ts";
import { startMovedServer } from "./harness/moved-clock.ts";
import { linkFor, openBrowser, waitForMail } from "./harness.ts";
import {
  accessible,
  codeField,
  DESK,
  fitsWidth,
  letter,
  noFaults,
  PHONE,
  proveMailbox,
  watchedPage,
} from "./open-journey.ts";

const NUMBER = "+33612345678";
const server = await startMovedServer({ after }, { PLI_ORGANISATION: "Ville d’Aubrelune" });
const browser = await openBrowser({ after });
const member = await watchedPage(browser);
const { page } = member;
await signIn(page, server);
await welcome(page);

const side = () => page.getByRole("complementary");

/** Sent, and the half minute to take it back is over. */
async function sendNow(): Promise<void> {
  await reviewAndSend(page);
  await server.advance(31_000);
}

async function smsCode(number: string, seen: Set<string>): Promise<string> {
  const sms = await waitForMail(server, number, ({ text }) => /^\d{6} /.test(text), seen);
  assert.equal(sms.channel, "sms");
  return sms.text.slice(0, 6);
}

test("M4: a number for each person, checked as it is typed; the recipient proves mailbox and telephone, on a narrow dark page too", async () => {
  await page.setViewportSize(PHONE);
  await page.goto(`${server.origin}/app/settings`);
  const profile = page.locator("form", { has: page.getByLabel("Time zone") });
  await profile.getByLabel("Prefix of mobile numbers").selectOption("BE");
  await profile.getByRole("button", { name: "Save" }).click();
  await page.locator(".toast").first().waitFor();
  await accessible(page);
  await fitsWidth(page);
  await page.setViewportSize(DESK);
  await openWriting(page, server);
  await addPeople(page, "Jean Dupré <jean@courriel.example>");
  await writeText(page, "Your file", "The text of the letter.");
  await side().getByRole("checkbox", { name: "Code by SMS" }).check();
  const number = side().getByLabel("Mobile of Jean Dupré");
  await side().getByText("Without a prefix: +32, Belgium").waitFor();
  await page.getByRole("button", { name: "Review and send" }).click();
  await page.getByText("Add a mobile number for each person.").first().waitFor();
  await number.fill("+33 1 42 34 56 78");
  await number.blur();
  await side().getByText("This is not a mobile number").waitFor();
  await accessible(page);
  await number.fill("0033612345678");
  await number.blur();
  assert.equal(await number.inputValue(), "+33 6 12 34 56 78");
  await page.setViewportSize(PHONE);
  await fitsWidth(page);
  await page.setViewportSize(DESK);
  await page.getByRole("button", { name: "Review and send" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("code by SMS").waitFor();
  await dialog.getByText(NUMBER).waitFor();
  await dialog.getByRole("button", { name: "Back to the message" }).click();
  await sendNow();

  const link = await linkFor(server, "jean@courriel.example");
  assert.match((await waitForMail(server, "jean@courriel.example")).text, /code by SMS/);
  const watched = await watchedPage(browser, { viewport: PHONE, colorScheme: "dark", locale: "fr-FR" });
  const theirs = watched.page;
  await theirs.goto(link);
  await proveMailbox(server, theirs, "jean@courriel.example");
  const heading = theirs.getByRole("heading", { level: 1 });
  await theirs.getByText("+33 ••• 78").waitFor();
  assert.match((await heading.textContent()) ?? "", /SMS/);
  assert.ok(await codeField(theirs).evaluate((field) => field === document.activeElement), "the field has the focus");
  await accessible(theirs);
  await fitsWidth(theirs);
  const code = await smsCode(NUMBER, new Set());
  await codeField(theirs).fill(String((Number(code) + 1) % 1_000_000).padStart(6, "0"));
  await theirs.getByText(/4 (tries left|essais)/).waitFor();
  await codeField(theirs).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await letter(theirs).waitFor();
  noFaults(watched);
});

test("M8: to a number alone the link goes by SMS, and a code by SMS opens it", async () => {
  await page.setViewportSize(DESK);
  await openWriting(page, server);
  await addPeople(page, "+33 6 12 34 56 79");
  await writeText(page, "By telephone", "The text.");
  await sendNow();
  const seen = new Set<string>();
  const sms = await waitForMail(server, "+33612345679", ({ text }) => text.includes("/o/"), seen);
  const link = /https?:\S+/.exec(sms.text)?.[0] ?? "";
  const watched = await watchedPage(browser, { viewport: PHONE });
  await watched.page.goto(link);
  await watched.page.getByRole("button", { name: "Send me my code by SMS" }).click();
  await accessible(watched.page);
  await codeField(watched.page).fill(await smsCode("+33612345679", seen));
  await letter(watched.page).waitFor();
  noFaults(watched);
});

test("M8: a link passed on: by the member's own mail program, or as a mail in a file", async () => {
  await openWriting(page, server);
  await addPeople(page, "Jean Dupré <jean@courriel.example>");
  await writeText(page, "By my own mail", "The text.");
  await side().getByRole("radio", { name: "Link only" }).check();
  await reviewAndSend(page);
  const passed = page.getByRole("region", { name: /link/i });
  const link = await passed.getByRole("textbox").first().inputValue();
  await accessible(page);
  const loading = page.waitForEvent("download");
  await passed.getByRole("button", { name: "Mail as a file" }).click();
  const file = await readFile(await (await loading).path(), "utf8");
  assert.match(file, /^X-Unsent: 1\r$/m);
  const text = file.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  assert.ok(text.includes(`\r\n${link}\r\n`), text);
  noFaults(member);
});

test("S2: the password's link goes by SMS, and the local mailbox shows SMS beside mails", async () => {
  await openWriting(page, server);
  await addPeople(page, "jean@courriel.example");
  await side().getByRole("checkbox", { name: "Code by SMS" }).check();
  await side()
    .getByLabel(/^Mobile of/)
    .fill("+33 6 12 34 56 70");
  await side().getByRole("checkbox", { name: "Password" }).check();
  await side().getByRole("button", { name: "Give it by a one-time link" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^SMS to/ }).click();
  const sms = await waitForMail(server, "+33612345670", ({ text }) => text.includes("/s/"));
  assert.match(sms.text, /sends you a password\. The link shows it once: http\S+\/s\/[\w-]{22}#[\w-]{43}$/);
  await accessible(page);
  const box = await watchedPage(browser, { viewport: DESK });
  await box.page.goto(`${server.origin}/dev/mailbox`);
  await box.page.getByRole("button", { name: /sends you a password/ }).click();
  await box.page.locator("#sms a").waitFor();
  await accessible(box.page);
  await box.page.setViewportSize(PHONE);
  await fitsWidth(box.page);
});
