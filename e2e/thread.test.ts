/** M24: a conversation in two real browsers, live on both sides; what it says on the pages, and what becomes of it when it ends. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { addPeople, openWriting, reviewAndSend, signIn, welcome, withoutHold, writeText } from "./app-journey.ts";
import { linkFor, openBrowser, startServer, takePicture } from "./harness.ts";
import { accessible, fitsWidth, letter, noFaults, PHONE, proveMailbox, watchedPage } from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const ADDRESS = "jeanne@courriel.example";

/** The tests must see into what the page keeps closed. */
async function openShadows(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function attachOpen(options) {
      return attach.call(this, { ...options, mode: "open" });
    };
  });
}

test("M24: reply, answer and lines appear on both sides at once, in order, and end with the message", async () => {
  const member = await watchedPage(browser);
  const { page } = member;
  await openShadows(page);
  await signIn(page, server);
  await welcome(page);
  await withoutHold(page);
  await openWriting(page, server);
  await addPeople(page, ADDRESS);
  await writeText(page, "Your file", "Which address is right?");
  const envelopeId = await reviewAndSend(page);

  const recipient = await watchedPage(browser, { viewport: PHONE });
  const { page: phone } = recipient;
  await openShadows(phone);
  await phone.goto(await linkFor(server, ADDRESS));
  await proveMailbox(server, phone, ADDRESS);
  await letter(phone).waitFor();
  assert.equal(await phone.getByRole("heading", { name: "Conversation" }).count(), 0, "nothing was said yet");
  await phone.getByRole("button", { name: /^Reply to/ }).click();
  await phone.getByRole("textbox", { name: "Your text" }).fill("The one in the rue des Lilas.");
  await phone.getByRole("button", { name: "Send sealed" }).click();
  await phone.getByText("Your reply is on its way").waitFor();
  const hers = phone.getByRole("log", { name: "Conversation" });
  await hers.getByText("The one in the rue des Lilas.").waitFor();

  await page.goto(`${server.origin}/app/sent/${envelopeId}`);
  const mine = page.getByRole("log", { name: "Conversation" });
  await mine.getByText("The one in the rue des Lilas.").waitFor();
  await page.getByRole("textbox", { name: "Your answer" }).fill("Thank you. I note it.");
  await page.keyboard.press("Control+Enter");
  await hers.getByText("Thank you. I note it.").waitFor();
  await mine.getByText("Thank you. I note it.").waitFor();
  await phone.getByRole("textbox", { name: "Your line" }).fill("Is that all?");
  await phone.keyboard.press("Enter");
  for (const log of [mine, hers]) await log.getByText("Is that all?").waitFor();
  for (const [tab, log] of [
    [page, mine],
    [phone, hers],
  ] as const) {
    const said = await log.getByRole("listitem").allTextContents();
    assert.equal(said.length, 3);
    // texts are in shadow roots: in order, as the page shows them
    const texts = await log
      .locator(".letter__text")
      .evaluateAll((all) => all.map((one) => one.shadowRoot?.textContent));
    assert.deepEqual(texts, ["The one in the rue des Lilas.", "Thank you. I note it.", "Is that all?"]);
    await accessible(tab);
    await fitsWidth(tab);
  }
  await takePicture(phone, "conversation-recipient-360");
  await takePicture(page, "conversation-member-1280");

  // A lost connection brings nothing twice and loses nothing.
  await phone.context().setOffline(true);
  await page.getByRole("textbox", { name: "Your answer" }).fill("That is all.");
  await page.getByRole("button", { name: "Send sealed" }).click();
  await mine.getByText("That is all.").waitFor();
  await phone.context().setOffline(false);
  await hers.getByText("That is all.").waitFor();
  assert.equal(await hers.getByText("That is all.").count(), 1);
  // Read again after a reload, in the same hour.
  await phone.reload();
  await phone.getByRole("log", { name: "Conversation" }).getByText("That is all.").waitFor();

  // Ended while somebody writes: said at once, in words, and what is written stays to be copied.
  await phone.getByRole("textbox", { name: "Your line" }).fill("One thing more");
  await phone.getByRole("button", { name: /^Reply to/ }).click();
  await phone.getByRole("textbox", { name: "Your text" }).fill("A long reply.");
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Revoke and destroy" }).click();
  await page.getByRole("button", { name: "Destroy the message" }).click();
  await page.getByText("The text and the files are destroyed").waitFor();
  await phone.locator(".banner--bad").getByText("This message has ended").waitFor();
  assert.ok(await phone.getByRole("button", { name: "Send sealed" }).isDisabled());
  assert.ok(await phone.getByRole("button", { name: "Send", exact: true }).isDisabled());
  assert.equal(await phone.getByRole("textbox", { name: "Your text" }).textContent(), "A long reply.");
  assert.equal(await phone.getByRole("textbox", { name: "Your line" }).inputValue(), "One thing more");
  assert.equal(await phone.getByText("Connection lost").count(), 0);
  await hers.getByText("That is all.").waitFor();
  await accessible(phone);
  noFaults(member);
});
