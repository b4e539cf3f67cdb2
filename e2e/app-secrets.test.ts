/** A member's secrets in a real browser (S1 to S3): made with a generated password, shown, destroyed; a message's password passed on by link. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { addPeople, openWriting, signIn, welcome, writeText } from "./app-journey.ts";
import { openBrowser, startServer } from "./harness.ts";
import { lookAtBoth } from "./looks.ts";
import { DESK, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const watched = await watchedPage(browser, { viewport: DESK, locale: "en-GB" });
const { page } = watched;
await signIn(page, server);
await welcome(page);
const look = (state: string) => lookAtBoth(page, `app-secrets-${state}`);

const madeLink = (of: Page) => of.getByRole("textbox", { name: "Link for the secret" });

/** The text behind a link, seen by somebody else. */
async function reveal(link: string): Promise<string> {
  const other = await watchedPage(browser, { viewport: PHONE, locale: "en-GB" });
  await other.page.goto(link);
  await other.page.getByRole("button", { name: "Show the secret" }).click();
  const text = await other.page.getByRole("textbox", { name: "Text of the secret" }).inputValue();
  await other.page.close();
  return text;
}

test("S1, S3: a generated password with its entropy goes behind a link, is shown once, and the list says so", async () => {
  await page.getByRole("link", { name: "Secrets" }).first().click();
  await page.getByText("No secrets yet").waitFor();
  await look("empty");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByText("Type the text first.").waitFor();
  await page.getByRole("button", { name: "Generate a password" }).click();
  await page.getByText(/About \d+ bits/).waitFor();
  const text = await page.getByRole("textbox", { name: "Text", exact: true }).inputValue();
  const bits = Number(/About (\d+) bits/.exec((await page.textContent("main")) ?? "")?.[1]);
  assert.ok(bits >= 60, `${bits} bits`);
  await page.getByLabel("Reference").fill("VPN of Paul");
  await page.getByLabel("Works for").selectOption({ label: "5 minutes" });
  await page.getByRole("button", { name: "Make the link" }).click();
  await madeLink(page).waitFor();
  await look("made");
  assert.equal(await reveal(await madeLink(page).inputValue()), text);
  await page.reload();
  const row = page.getByRole("row", { name: /VPN of Paul/ });
  await row.getByText("used up").waitFor();
  assert.match((await row.textContent()) ?? "", /0 of 1/);
  assert.ok(!(await page.content()).includes(text), "the text is nowhere any more");
  // both pressed at once: the link is made with what was on its way
  await page.getByRole("button", { name: "Generate a password" }).evaluate((generate: HTMLButtonElement) => {
    generate.click();
    generate.form?.requestSubmit();
  });
  assert.match(await reveal(await madeLink(page).inputValue()), /^\p{L}+(\P{L}+\p{L}+){4}/u);
  await page.getByRole("button", { name: "Make another one" }).click();
});

test("S1: one that waits is destroyed after a question, and its link shows nothing", async () => {
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("zebra-9");
  await page.getByLabel("May be shown").fill("3");
  await page.getByLabel("Reference").fill("Door code");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await madeLink(page).inputValue();
  const row = page.getByRole("row", { name: /Door code/ });
  await row.getByRole("button", { name: "Destroy Door code" }).click();
  await look("destroy");
  await page.getByRole("dialog").getByRole("button", { name: "Destroy" }).click();
  await row.getByText("destroyed").waitFor();
  await look("list");
  const other = await watchedPage(browser, { locale: "en-GB" });
  await other.page.goto(link);
  await other.page.getByRole("heading", { name: "The sender destroyed this secret" }).waitFor();
  await other.page.close();
});

test("S2: the password of a message goes behind a link, into a new message; the draft is kept", async () => {
  await openWriting(page, server);
  await addPeople(page, "jeanne@courriel.example, paul@courriel.example");
  await writeText(page, "The file", "Here it is.");
  await page.getByRole("checkbox", { name: /^Password/ }).check();
  const field = page.getByLabel("Password", { exact: true });
  await page.getByText(/About \d+ bits/).waitFor();
  const password = await field.inputValue();
  await page.getByRole("button", { name: "Give it by a one-time link" }).click();
  await page.getByRole("dialog").waitFor();
  await look("pass-on");
  const link = await madeLink(page).inputValue();
  await page.getByRole("button", { name: "Write a new message with it" }).click();
  await page.locator(`.write a[href="${link}"]`).waitFor();
  assert.ok(!(await page.locator(".write").innerText()).includes(password));
  // for two people, so it works twice
  assert.equal(await reveal(link), password);
  assert.equal(await reveal(link), password);
  await page.goto(`${server.origin}/app/sent/drafts`);
  await page.getByText("The file").first().waitFor();
  noFaults(watched);
});
