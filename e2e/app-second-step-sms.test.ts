/** A2, M16: a mobile number as second step, and replies that ask for it, in a real browser. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import {
  addPeople,
  editorReady,
  followSignInLink,
  openWriting,
  PASSPHRASE,
  reviewAndSend,
  signIn,
  welcome,
  withoutHold,
  writeText,
} from "./app-journey.ts";
import { linkFor, openBrowser, type RunningServer, startServer, takePicture, waitForMail } from "./harness.ts";
import { accessible, DESK, fitsWidth, letter, noFaults, PHONE, proveMailbox, watchedPage } from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const OWNER = "owner@example.org";
const ADDRESS = "jeanne@courriel.example";
const NUMBER = "+33612345678";

const security = (page: Page) => page.getByRole("region", { name: "Security" });
const usedCodes = new Set<string>();

/** The code of the newest SMS. */
async function smsCode(of: RunningServer): Promise<string> {
  const sms = await waitForMail(of, NUMBER, ({ text }) => /^\d{6} is your code/.test(text), usedCodes);
  return sms.text.slice(0, 6);
}

test("A2, M16: a number is added, signs in by SMS, and protects replies that then show after one more code", async () => {
  const watched = await watchedPage(browser, { viewport: DESK });
  const { page } = watched;
  await signIn(page, server);
  await welcome(page);
  await withoutHold(page);
  await openWriting(page, server);
  await addPeople(page, ADDRESS);
  await writeText(page, "Your file", "Which address is right?");
  const envelopeId = await reviewAndSend(page);
  const recipient = await watchedPage(browser, { viewport: PHONE });
  const { page: phone } = recipient;
  await phone.goto(await linkFor(server, ADDRESS));
  await proveMailbox(server, phone, ADDRESS);
  await letter(phone).waitFor();
  await phone.getByRole("button", { name: /^Reply to/ }).click();
  await phone.getByRole("textbox", { name: "Your text" }).fill("The one in the rue des Lilas.");
  await phone.getByRole("button", { name: "Send sealed" }).click();
  await phone.getByText("Your reply is on its way").waitFor();
  await phone.close();

  // a browser that has shown nothing but the mailbox, before there was a number
  const elsewhere = await watchedPage(browser, { viewport: PHONE });
  const { page: other } = elsewhere;
  const seen = new Set<string>();
  await followSignInLink(other, server, { address: OWNER, seen });
  await editorReady(other);

  await page.goto(`${server.origin}/app/settings`);
  await security(page).getByRole("button", { name: "Add a number" }).click();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel("Your mobile number");
  await field.fill("+33 1 42 27 81 86");
  await dialog.getByRole("button", { name: "Send me an SMS" }).click();
  await dialog.getByText("This is not a mobile number").waitFor();
  await accessible(page);
  await field.fill("+33 6 12 34 56 78");
  await page.keyboard.press("Enter");
  await dialog.getByText(/^Sent to .*, reference/).waitFor();
  await accessible(page);
  await takePicture(page, "security-number");
  await dialog.getByLabel("Code", { exact: true }).fill("000000");
  await page.keyboard.press("Enter");
  await dialog.getByText("This code is not right").waitFor();
  await dialog.getByLabel("Code", { exact: true }).fill(await smsCode(server));
  await page.keyboard.press("Enter");
  await page.getByText("Mobile number added", { exact: true }).waitFor();
  await page.getByLabel("They are in a safe place").check();
  await page.getByRole("button", { name: "Done" }).click();
  await security(page).getByText(NUMBER).waitFor();
  assert.ok(await security(page).getByLabel("Ask for a second step").isChecked());
  await security(page).getByLabel("Ask me for my second step before a reply is shown").click();
  await page.getByText("Replies are now protected", { exact: true }).waitFor();
  await accessible(page);
  await fitsWidth(page);
  await takePicture(page, "security-replies");
  await waitForMail(server, OWNER, ({ subject }) => subject === "A mobile number was added to your account");

  // the other browser: the list, then the reply, in place
  await other.goto(`${server.origin}/app/received`);
  await other.getByText("Your replies are protected.").waitFor();
  await other.getByRole("link", { name: "Protected reply" }).waitFor();
  await accessible(other);
  await fitsWidth(other);
  await takePicture(other, "replies-protected-360");
  await other.getByRole("link", { name: "Protected reply" }).click();
  await other.getByRole("heading", { name: "This reply is protected" }).waitFor();
  await accessible(other);
  // in the conversation, where what comes after it is read on
  await other.goto(`${server.origin}/app/sent/${envelopeId}`);
  await other.getByRole("button", { name: "Unlock" }).first().click();
  await other.getByLabel("Passphrase", { exact: true }).last().fill(PASSPHRASE);
  await other.getByRole("checkbox", { name: /Unlock by itself/ }).uncheck();
  await other.getByRole("button", { name: "Unlock", exact: true }).last().click();
  const said = other.getByRole("log", { name: "Conversation" });
  await said.getByText("Protected reply").waitFor();
  await accessible(other);
  await takePicture(other, "said-protected-360");
  await other.getByRole("button", { name: "Show them" }).click();
  const asking = other.getByRole("dialog");
  await asking.getByRole("button", { name: "Send me an SMS" }).click();
  await asking.getByLabel("Code", { exact: true }).fill(await smsCode(server));
  await accessible(other);
  await takePicture(other, "confirm-sms-360");
  await other.keyboard.press("Enter");
  await said.locator(".letter__text").waitFor();
  await other.getByText("Protected reply").first().waitFor({ state: "detached" });
  await fitsWidth(other);

  // and signing in
  await page.context().clearCookies();
  await followSignInLink(page, server, { address: OWNER, seen });
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  await page.getByText("+33 ••• 78").waitFor();
  await accessible(page);
  await takePicture(page, "second-step-sms");
  await page.getByRole("button", { name: "Send me an SMS" }).click();
  await page.getByLabel("Code", { exact: true }).fill(await smsCode(server));
  await page.keyboard.press("Enter");
  await editorReady(page);

  // M21: somebody added later has their number asked for, as in writing
  await page.goto(`${server.origin}/app/sent/${envelopeId}`);
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Add a person" }).click();
  await dialog.getByLabel("Address", { exact: true }).fill("paul@courriel.example");
  await dialog.getByRole("checkbox", { name: "Code by SMS" }).check();
  await dialog.getByRole("button", { name: "Send to this person" }).click();
  await dialog.getByText("Add a mobile number").waitFor();
  await accessible(page);
  await dialog.getByLabel("Mobile number").fill("+32 470 12 34 56");
  await takePicture(page, "add-person-sms");
  await dialog.getByRole("button", { name: "Send to this person" }).click();
  const told = await waitForMail(server, "paul@courriel.example");
  assert.match(told.text, /another\s+one\s+by\s+SMS/);
  noFaults(watched);
  noFaults(elsewhere);
});
