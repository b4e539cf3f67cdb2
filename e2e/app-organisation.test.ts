/** The organisation's settings in a real browser (P2 to P6, P11, P12, P15): set by its owner, saved and undone one by one, obeyed by the pages. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { OrganisationPolicies } from "@pli/core/wire";
import { addPeople, attach, openWriting, signIn, welcome, writeText } from "./app-journey.ts";
import { openBrowser, runAdmin, startServer } from "./harness.ts";
import { lookAtBoth } from "./looks.ts";
import { DESK, fitsWidth, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const watched = await watchedPage(browser, { viewport: DESK, locale: "en-GB" });
const { page } = watched;
await signIn(page, server);
await welcome(page);
const look = (state: string) => lookAtBoth(page, `app-organisation-${state}`);

const rule = (name: string) => page.getByRole("group", { name, exact: true });
const lockOf = (name: string) => rule(name).getByRole("checkbox", { name: "Members cannot change it" });
const saved = (name: string) => page.getByText(`Saved: ${name}`).waitFor();
const read = async () =>
  (await page.evaluate(
    async () => await (await fetch("/api/v1/organisation/policies")).json(),
  )) as OrganisationPolicies;

test("P3, P15: a rule is saved as it is set, can be undone, and says what is wrong; somebody else's change is never overwritten", async () => {
  await page.getByRole("link", { name: "Organisation" }).first().click();
  await page.getByRole("heading", { name: "Organisation", level: 1 }).waitFor();
  await page.getByText("Nothing was changed yet").waitFor();
  await look("first");
  // by keyboard alone: type, leave by Tab, lock by Space
  const openings = rule("Openings with the mailbox code alone").getByRole("spinbutton");
  await openings.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2");
  await page.keyboard.press("Tab");
  await saved("Openings with the mailbox code alone");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => document.querySelector(".rule[aria-busy=true]") === null);
  await page.getByText(/Last changed by Camille Orvanne/).waitFor();
  assert.deepEqual((await read()).policies.openings, { value: 2, locked: true });
  await openings.fill("100");
  await page.keyboard.press("Tab");
  await rule("Openings with the mailbox code alone").getByText("A whole number from 1 to 99.").waitFor();
  await rule("Expires after").getByRole("combobox").selectOption({ label: "7 days" });
  await saved("Expires after");
  await rule("Longest expiry").getByRole("combobox").selectOption({ label: "3 days" });
  await rule("Longest expiry")
    .getByText(/does not fit with another setting/)
    .waitFor();
  await look("wrong");
  await rule("Password on every message").getByRole("checkbox").first().check();
  await saved("Password on every message");
  await page
    .locator(".toast", { hasText: "Saved: Password on every message" })
    .getByRole("button", { name: "Undo" })
    .click();
  await page.getByText("As it was before").waitFor();
  assert.equal((await read()).chosen.passwordRequired, undefined);
  const { version, chosen } = await read();
  const other = { version, policies: { ...chosen, notify: { value: "each", locked: true } } };
  const status = await page.evaluate(
    async (body) =>
      (
        await fetch("/api/v1/organisation/policies", {
          method: "PUT",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        })
      ).status,
    other,
  );
  assert.equal(status, 200);
  // not check(): it is taken back as soon as the server has refused it
  await lockOf("What is sealed").click();
  await page.getByText("Somebody else changed these settings").waitFor();
  assert.equal(await rule("Tell the sender of openings").getByRole("combobox").inputValue(), "each");
  assert.equal(await lockOf("What is sealed").isChecked(), false, "what was not saved is not shown as saved");
  await look("raced");
  await rule("SMS code on every message").getByRole("checkbox").first().check();
  await saved("SMS code on every message");
  await openWriting(page, server);
  await page.getByText("First say to whom: each person’s number goes here.").waitFor();
  assert.ok(await page.getByRole("checkbox", { name: /^Code by SMS/ }).isChecked(), "a message begins so");
  await page.getByRole("link", { name: "Organisation" }).first().click();
  await lockOf("SMS code on every message").check();
  await saved("SMS code on every message");
  await openWriting(page, server);
  await page.getByText("First say to whom: each person’s number goes here.").waitFor();
  assert.ok(await page.getByRole("checkbox", { name: /^Code by SMS/ }).isDisabled(), "and cannot go without");
  await page.getByRole("link", { name: "Organisation" }).first().click();
  await rule("SMS code on every message").getByRole("checkbox").first().uncheck();
  await saved("SMS code on every message");
  await rule("Languages for recipients").getByRole("checkbox", { name: "Deutsch" }).uncheck();
  await saved("Languages for recipients");
  assert.deepEqual((await read()).policies.recipientLanguages.value, ["fr", "en", "nl"]);
});

test("P2 to P6, M2: the page to write begins as the organisation wants, shows what is locked, and says when the text is not sealed", async () => {
  const { version } = await read();
  const policies = {
    passwordRequired: { value: true, locked: true },
    passwordLength: { value: 50, locked: true },
    passwordUpper: { value: true, locked: true },
    openingsWithFactor: { value: 2, locked: true },
    expiryHours: { value: 48, locked: false },
    expiryMostHours: { value: 72, locked: true },
    notify: { value: "each", locked: true },
    recipientLanguages: { value: ["fr", "en"], locked: true },
    memberLanguages: { value: ["fr", "en", "nl", "de"], locked: true },
  };
  await page.evaluate(
    async (body) =>
      await fetch("/api/v1/organisation/policies", {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    { version, policies },
  );
  await openWriting(page, server);
  const password = page.getByRole("checkbox", { name: /^Password/ });
  assert.ok((await password.isChecked()) && (await password.isDisabled()));
  await page.getByText(/About \d+ bits/).waitFor();
  const proposed = await page.getByLabel("Password", { exact: true }).inputValue();
  assert.ok(proposed.length >= 50 && /[A-Z]/.test(proposed), proposed);
  const openings = page.getByLabel("Openings", { exact: true });
  assert.deepEqual([await openings.inputValue(), await openings.isDisabled()], ["2", true]);
  const described = async (id: string | null) => (id === null ? "" : await page.locator(`#${id}`).textContent());
  assert.equal(await described(await openings.getAttribute("aria-describedby")), "Set by your organisation");
  const lives = await page.getByLabel("Expires after").locator("option").allTextContents();
  assert.ok(lives.includes("3 days") && !lives.includes("7 days"), lives.join());
  assert.equal(await page.getByLabel("Expires after").inputValue(), "48");
  assert.ok(await page.getByLabel("Tell me").isDisabled());
  assert.equal(await page.getByLabel("Their language").locator("option").count(), 3);
  await addPeople(page, "jeanne@courriel.example");
  await writeText(page, "Plans of the school", "Here they are, stamped.");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByLabel("The same once more").fill("short");
  await page.getByText("Attachments only").click();
  await page.getByText("The text is not sealed").waitFor();
  await page.getByRole("button", { name: "Review and send" }).click();
  await page.getByText(/Attach a file, or seal the whole message/).waitFor();
  await page
    .getByText(/The password is too short/)
    .first()
    .waitFor();
  await attach(page, "plans.bin", 20_000);
  await page.getByRole("button", { name: "Propose another" }).click();
  await page.getByText("text in clear").waitFor();
  await look("writing");
  await page.getByRole("button", { name: "Review and send" }).click();
  await page.getByRole("dialog").getByText("Subject, text and file names travel in clear").waitFor();
  await look("summary");
  await page.getByRole("button", { name: "Send sealed" }).click();
  await page.waitForURL(/\/app\/sent/);
  const sent = await page.evaluate(async () => {
    const { items } = await (await fetch("/api/v1/envelopes")).json();
    return await (await fetch(`/api/v1/envelopes/${items[0].envelopeId}`)).json();
  });
  assert.deepEqual([sent.protect, sent.grants[0].openingsTotal, sent.notify], ["attachments", 2, "each"]);
  await page.goto(`${server.origin}/app/settings`);
  assert.ok(await page.getByLabel("Tell me").isDisabled());
  await look("settings");
});

test("P12: the page is whole in the other languages, too, and is nobody's who may not", async () => {
  await page.goto(`${server.origin}/app/settings`);
  for (const [language, title] of [
    ["Français", "Ce qui vaut pour tous"],
    ["Nederlands", "Wat voor iedereen"],
    ["Deutsch", "Was bei"],
  ] as const) {
    const form = page.locator("form", { has: page.locator("select[class=select]") }).first();
    await form.locator("select").first().selectOption({ label: language });
    await form.locator("button[type=submit]").click();
    await page.locator('a[href="/app/organisation"]').first().click();
    await page.getByText(title).waitFor();
    await page.setViewportSize(PHONE);
    await fitsWidth(page);
    await page.setViewportSize(DESK);
    await page.locator('a[href="/app/settings"]').first().click();
  }
  noFaults(watched);
  await runAdmin(server, ["add-member", "--address", "paul@here.example", "--name", "Paul Martin"]);
  const link = await runAdmin(server, ["sign-in-link", "--member", "paul@here.example"]);
  const paul = await watchedPage(browser, { viewport: DESK, locale: "en-GB" });
  await paul.page.goto(link);
  await paul.page.getByRole("button", { name: "Sign in" }).click();
  await paul.page.getByRole("link", { name: "Settings" }).first().waitFor();
  assert.equal(await paul.page.getByRole("link", { name: "Organisation" }).count(), 0);
  await paul.page.goto(`${server.origin}/app/organisation`);
  await paul.page.getByText("There is nothing here").waitFor();
});
