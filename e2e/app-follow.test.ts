/** Following, receiving and settings in a real browser: lists, one message, its people, what they ask, replies, keys and sessions. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  askCode,
  createReplyDraft,
  createTransport,
  createUpload,
  getGrantInfo,
  openGrant,
  proveMailbox as proveBySdk,
  readManifest,
  sendReply,
} from "@pli/client";
import { createCookieJar } from "@pli/client/node";
import { nodeCrypto } from "@pli/core/crypto-node";
import { parseLink } from "@pli/core/sealing";
import type { Page } from "playwright-core";
import {
  addPeople,
  attach,
  openWriting,
  reviewAndSend,
  signIn,
  welcome,
  withoutHold,
  writeText,
} from "./app-journey.ts";
import {
  codeFor,
  linkFor,
  mailsTo,
  openBrowser,
  runCli,
  startServer,
  takePicture,
  temporaryFolder,
} from "./harness.ts";
import { accessible, DESK, fitsWidth, letter, noFaults, PHONE, proveMailbox, watchedPage } from "./open-journey.ts";

const server = await startServer({ after }, { env: { PLI_ORGANISATION: "Ville d’Aubrelune" } });
const browser = await openBrowser({ after });
const watched = await watchedPage(browser);
const { page } = watched;
// the test must see into what the page keeps closed
await page.addInitScript(() => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachOpen(options) {
    return attach.call(this, { ...options, mode: "open" });
  };
});
await signIn(page, server);
await welcome(page);

/** The half minute is over: a person would wait; the journey lets the worker's clock stand and orders without it. */
async function sendNow(tab: Page, people: string, subject: string, before?: () => Promise<void>): Promise<string> {
  await withoutHold(tab);
  await openWriting(tab, server);
  await addPeople(tab, people);
  await writeText(tab, subject, "The text of the letter.");
  await before?.();
  const envelopeId = await reviewAndSend(tab);
  await tab.unroute("**/api/v1/envelopes/*/send");
  return envelopeId;
}

/** Opens as the recipient does, from the mail. */
async function openAsRecipient(address: string, seen = new Set<string>()): Promise<Page> {
  const recipient = await watchedPage(browser);
  await recipient.page.goto(await linkFor(server, address, seen));
  await proveMailbox(server, recipient.page, address, seen);
  await letter(recipient.page).waitFor();
  return recipient.page;
}

async function openMessage(envelopeId: string): Promise<void> {
  await page.goto(`${server.origin}/app/sent/${envelopeId}`);
  await page.locator(".timeline").waitFor();
}

test("M20: an empty list says what it is for; drafts and received too", async () => {
  for (const [path, heading] of [
    ["sent", "Nothing sent yet"],
    ["sent/drafts", "No drafts on this device"],
    ["received", "Nothing received yet"],
  ] as const) {
    await page.goto(`${server.origin}/app/${path}`);
    await page.getByRole("heading", { name: heading }).waitFor();
    await accessible(page);
  }
});

test("M20: every tab is in sight at 360 px; what is not there offers no second try; a lost network is told", async () => {
  const { page: phone } = await watchedPage(browser, {
    viewport: PHONE,
    storageState: await page.context().storageState(),
  });
  await phone.goto(`${server.origin}/app/sent`);
  const drafts = phone.getByRole("link", { name: "Drafts" });
  await drafts.waitFor();
  const box = await drafts.boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= PHONE.width, "the last tab is not scrolled away");
  await phone.goto(`${server.origin}/app/sent/01ARZ3NDEKTSV4RRFFQ69G5FAV`);
  await phone.locator(".banner--bad").waitFor();
  assert.equal(await phone.getByRole("button", { name: "Try again" }).count(), 0);
  await phone.context().setOffline(true);
  await phone.getByText("No network").waitFor();
  await phone.context().setOffline(false);
  await phone.getByText("No network").waitFor({ state: "detached" });
});

test("M21, M22: sent, notified, opened: the message page tells it, the register too, machines apart", async () => {
  const envelopeId = await sendNow(
    page,
    "Joaquim Herbelot <joaquim@courriel.example>, ines@courriel.example",
    "Your file",
    () => attach(page, "note.txt", 3000).then(() => undefined),
  );
  const link = await linkFor(server, "ines@courriel.example");
  await fetch(link, { headers: { "user-agent": "LinkScanner/1.0" } });
  await openAsRecipient("joaquim@courriel.example");
  await openMessage(envelopeId);
  await page.getByText("Partly opened").first().waitFor();
  await page.getByRole("heading", { name: "Your file", level: 1 }).waitFor();
  await page.locator(".timeline").getByText("Code asked").waitFor();
  await page.locator(".timeline").getByText("2 of 2 notified").waitFor();
  const timeline = (await page.locator(".timeline").textContent()) ?? "";
  assert.match(timeline, /Sealed and sent.*2 of 2 notified.*Code asked.*First opening.*Ends/s);
  const register = page.getByRole("table", { name: "Register of openings" });
  await register.getByText("Opened", { exact: true }).waitFor();
  await register.locator(".ref").first().waitFor();
  // the scanner, and the browser of this test, which says that it is headless
  await page.getByText("2 visits by machines").click();
  const machines = page.getByRole("table", { name: "2 visits by machines" });
  await machines.getByText("Machine visit: nothing was opened").first().waitFor();
  await machines.getByText("Chrome, headless").waitFor();
  assert.equal(await register.getByText("Machine visit").count(), 0);
  await accessible(page);
  await takePicture(page, "app-message");

  await page.getByRole("button", { name: "Read it again" }).click();
  await page.getByText("The text of the letter.").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download note.txt" }).click();
  assert.equal((await download).suggestedFilename(), "note.txt");
  await page.getByText("complete and verified", { exact: true }).waitFor();
  await accessible(page);

  const csv = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  assert.equal((await csv).suggestedFilename(), "Register.csv");

  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    await fitsWidth(page);
    await accessible(page);
  }
});

test("M20: the list finds by subject, person, state and period", async () => {
  await page.goto(`${server.origin}/app/sent`);
  await page.getByRole("link", { name: "Your file" }).waitFor();
  await takePicture(page, "app-sent");
  for (const [typed, found] of [
    ["YOUR fil", true],
    ["joaquim", true],
    ["nothing like it", false],
  ] as const) {
    await page.getByRole("searchbox", { name: "Search" }).fill(typed);
    if (found) await page.getByRole("link", { name: "Your file" }).waitFor();
    else await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  }
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("link", { name: "Ended" }).click();
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  await page.getByRole("link", { name: "Opened" }).click();
  await page.getByRole("link", { name: "Your file" }).waitFor();
  // what the server seeks by: recipient, reference, state, days
  await page.getByRole("link", { name: "All", exact: true }).click();
  await page.getByRole("button", { name: "Filters", exact: true }).click();
  // the day it was sent, as the page's own calendar has it: midnight may have passed since
  const sentOn = await page.evaluate(async () => {
    const { items } = await (await fetch("/api/v1/envelopes")).json();
    const sentAt = new Date(items[0].sentAt);
    return new Date(sentAt.getTime() - sentAt.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  });
  for (const [label, value, found] of [
    ["Recipient", "nobody@", false],
    ["Recipient", "Herbelot", true],
    ["Reference", "2026/none", false],
    ["Sent until", "2020-01-01", false],
    ["Sent until", sentOn, true],
    ["Sent from", sentOn, true],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(value);
    if (found) await page.getByRole("link", { name: "Your file" }).waitFor();
    else await page.getByRole("heading", { name: "Nothing found" }).waitFor();
    if (!found) await page.getByLabel(label, { exact: true }).fill("");
  }
  await page.getByRole("combobox", { name: "State", exact: true }).selectOption("Revoked");
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  await page.getByRole("combobox", { name: "State", exact: true }).selectOption("Partly opened");
  await page.getByRole("link", { name: "Your file" }).waitFor();
  await page.getByRole("button", { name: "Filters (4)", exact: true }).waitFor();
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    await accessible(page);
    await fitsWidth(page);
  }
});

test("M21: send again, copy the link, change openings and expiry, correct the address, revoke one and all", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const seen = new Set<string>();
  const envelopeId = await sendNow(page, "wrong@courriel.example, other@courriel.example", "Follow me");
  await linkFor(server, "other@courriel.example", seen);
  await openMessage(envelopeId);
  const people = page.getByRole("table", { name: "Recipients" });
  const row = (address: string) => people.getByRole("row", { name: new RegExp(address) });
  const act = async (address: string, name: string) => {
    await row(address).locator("summary").click();
    await row(address).getByRole("button", { name, exact: true }).click();
  };
  await act("other@courriel.example", "Send again");
  await page.getByText("Sent again to other@courriel.example").waitFor();
  const again = await linkFor(server, "other@courriel.example", seen);
  await act("other@courriel.example", "Copy the link");
  await page.getByText("Link copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), again);
  await act("other@courriel.example", "Link and QR code");
  await page.getByRole("img", { name: /QR code of the link/ }).waitFor();
  await accessible(page);
  await page.keyboard.press("Escape");
  const menu = await row("other@courriel.example").locator("summary").elementHandle();
  await page.waitForFunction((summary) => document.activeElement === summary, menu);
  await row("other@courriel.example").locator("summary").click();
  const change = row("other@courriel.example").getByRole("button", { name: "Change the openings" });
  const isAtOnce = await change.evaluate(async (item: HTMLElement) => {
    item.click();
    // what waits is done, nothing is painted: a key pressed now is the dialog's
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    return document.activeElement?.closest("dialog[open]") instanceof HTMLElement;
  });
  assert.ok(isAtOnce, "the dialog has the focus with its first drawing");
  const openings = page.getByRole("spinbutton", { name: "Openings left" });
  await openings.fill("0");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: "From 1 to 99" }).waitFor();
  await openings.fill("7");
  await page.keyboard.press("Enter");
  await row("other@courriel.example").getByText("7 of 7").waitFor();
  await act("other@courriel.example", "Change the expiry");
  const end = page.getByRole("dialog").getByLabel("Date and time");
  const tooLate = await end.getAttribute("max").then((max) => `${Number(max?.slice(0, 4)) + 1}${max?.slice(4)}`);
  await end.fill(tooLate);
  await page.getByRole("button", { name: "Set the expiry" }).click();
  await page.getByRole("alert").filter({ hasText: "between 1 hour and 30 days" }).waitFor();
  const soonMs = Date.parse(`${await end.getAttribute("min")}Z`);
  await end.fill(new Date(soonMs + 3 * 86_400_000).toISOString().slice(0, 16));
  const changed = page.waitForRequest((request) => request.method() === "PATCH");
  await page.getByRole("button", { name: "Set the expiry" }).click();
  const { expiresAt } = (await changed).postDataJSON() as { expiresAt: string };
  assert.equal(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000), 3, "the day that was chosen");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.waitForFunction((summary) => document.activeElement === summary, menu);

  await act("wrong@courriel.example", "Correct the address");
  await page.getByRole("dialog").getByLabel("Address").fill("right@courriel.example");
  await page.getByRole("button", { name: "Revoke the old and send to the new" }).click();
  await row("right@courriel.example").waitFor();
  await row("wrong@courriel.example").getByText("revoked").waitFor();
  await linkFor(server, "right@courriel.example");

  await act("right@courriel.example", "Revoke for this person");
  await accessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Revoke for this person" }).click();
  await row("right@courriel.example").getByText("revoked").waitFor();
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Revoke and destroy" }).click();
  await page.getByRole("button", { name: "Destroy the message" }).click();
  await page.getByText("The text and the files are destroyed").waitFor();
  await page.locator(".badge", { hasText: "Revoked" }).first().waitFor();
});

test("M8: delivery by link alone: links to copy and as QR codes, no mail", async () => {
  const tab = page;
  await openWriting(tab, server);
  await addPeople(tab, "Apolline <apolline@courriel.example>");
  await writeText(tab, "By hand", "Text.");
  await tab.getByText("Link only").click();
  const envelopeId = await reviewAndSend(tab);
  await tab.waitForURL(new RegExp(envelopeId));
  const link = await tab.getByRole("textbox", { name: "Link for Apolline" }).inputValue();
  assert.match(link, /\/o\/[\w-]{22}#[\w-]{43}$/);
  await tab.getByRole("img", { name: "QR code of the link for Apolline" }).waitFor();
  await accessible(tab);
  assert.deepEqual(await mailsTo(server, "apolline@courriel.example"), []);
  const out = await temporaryFolder({ after }, "pli-out");
  const home = await temporaryFolder({ after }, "pli-home");
  const run = await runCli(["open", link, "--out", out, "--json"], { home });
  assert.equal(run.status, 0, run.stderr);
});

test("M17: a request for a new copy is granted with one press", async () => {
  const address = "asks@courriel.example";
  const seen = new Set<string>();
  const envelopeId = await sendNow(page, address, "Once only", () =>
    page.getByLabel("Openings", { exact: true }).fill("2"),
  );
  const link = await linkFor(server, address, seen);
  const grantId = new URL(link).pathname.slice(3);
  const asked = await fetch(`${server.origin}/api/v1/grants/${grantId}/requests`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ reason: "new_copy" }),
  });
  assert.equal(asked.status, 202);
  await openMessage(envelopeId);
  await page.getByText(`${address} asks for a new copy`).waitFor();
  await accessible(page);
  await page.getByRole("button", { name: "Give a new copy" }).click();
  await page.getByText("can open it again").waitFor();
  await page.getByText("asks for a new copy").waitFor({ state: "detached" });
  await page.getByText("3 of 3").waitFor();
  await linkFor(server, address, seen);
});

test("M16, M21, M25: a reply arrives sealed, is read, answered and deleted; used up is revoked all the same", async () => {
  const address = "replies@courriel.example";
  await sendNow(page, address, "Please answer");
  const home = await temporaryFolder({ after }, "pli-reply");
  const file = join(home, "answer.txt");
  await writeFile(file, "42");
  const link = await linkFor(server, address);
  const open = await runCli(["open", link, "--out", home], { home, input: "" }).catch(() => undefined);
  assert.ok(open);
  const code = await codeFor(server, address);
  const replied = await runCli(["reply", link, "--text", "Here it is.", "--attach", file, "--code", code, "--json"], {
    home,
  });
  assert.equal(replied.status, 0, replied.stderr);
  // coming back to the tab is enough to see what came in
  await page.getByRole("row", { name: /replies@courriel/ }).waitFor();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.locator(".rail__link .count").waitFor();
  await page
    .getByRole("row", { name: /replies@courriel/ })
    .getByText("1 of 1")
    .waitFor();

  await page.goto(`${server.origin}/app/received`);
  await page.getByText("new", { exact: true }).waitFor();
  await page.locator(".rail__link .count").waitFor();
  await accessible(page);
  await page.locator(".list__link").click();
  await page.getByText("Here it is.").waitFor();
  await page.locator(".rail__link .count").waitFor({ state: "detached" });
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download answer.txt" }).click();
  await download;
  await page.getByText("complete and verified", { exact: true }).waitFor();
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    await accessible(page);
    await fitsWidth(page);
  }
  // in the conversation, as long as she can read on
  await page.getByRole("button", { name: /^Answer/ }).click();
  await page.waitForURL(/\/app\/sent\/\w+#said/);
  await page.getByRole("log", { name: "Conversation" }).getByText("Here it is.").waitFor();
  // her only opening is used: what she still reads within the hour can be ended all the same
  await page.getByText("used up", { exact: true }).waitFor();
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Revoke and destroy" }).click();
  await page.getByRole("button", { name: "Destroy the message" }).click();
  await page.getByText("The text and the files are destroyed").waitFor();
  // then by a message of its own
  await page.goto(`${server.origin}/app/received`);
  await page.locator(".list__link").click();
  await page.getByRole("button", { name: /^Answer/ }).click();
  await page.getByText("replies@courriel.example").first().waitFor();
  assert.match(await page.getByLabel("Subject").inputValue(), /^Re: /);
  // unread again, and found
  await page.goto(`${server.origin}/app/received`);
  await page.locator(".list__link").click();
  await page.getByRole("button", { name: "Mark as unread" }).click();
  await page.getByText("new", { exact: true }).waitFor();
  await page.getByLabel("Only unread").check();
  await page.locator(".list__link").waitFor();
  await page.getByLabel("Search by sender").fill("nobody");
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  await accessible(page);
  await page.getByRole("button", { name: "Show all" }).click();
  await page.locator(".list__link").click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete the message" }).click();
  await page.getByRole("heading", { name: "Nothing received yet" }).waitFor();
});

test("M25: a reply is from whose mailbox was proven, whatever is written in it", async () => {
  const address = "forger@courriel.example";
  const envelopeId = await sendNow(page, address, "Who are you?");
  const link = parseLink(await linkFor(server, address));
  const t = createTransport({ origin: server.origin, fetch, device: createCookieJar() });
  const info = await getGrantInfo(t, link.grantId);
  await askCode(t, link.grantId);
  await proveBySdk(t, link.grantId, { code: await codeFor(server, address) });
  const { opening, contentKey } = await openGrant(t, nodeCrypto, { link, info });
  const source = { grantId: link.grantId };
  const to = await readManifest(t, nodeCrypto, { source, contentKey });
  const reply = await createReplyDraft(t, nodeCrypto, link.grantId);
  const upload = createUpload(t, nodeCrypto, { ...reply.draft, contentKey: reply.contentKey });
  const from = { name: "The Mayor", address: "mayor@aubrelune.example" };
  const message = { subject: "Pay this", html: "<p>At once.</p>", text: "At once.", from, attachments: [] };
  await sendReply(t, nodeCrypto, { ...reply, upload, to, inReplyTo: opening.envelopeId, message });

  await page.goto(`${server.origin}/app/received`);
  await page.locator(".list__link", { hasText: "Pay this" }).click();
  await page.getByText("At once.").waitFor();
  assert.match((await page.locator(".letter__head").textContent()) ?? "", /forger@courriel\.example/);
  assert.doesNotMatch((await page.locator("main").textContent()) ?? "", /Mayor|mayor@/);
  // all openings are used: within the hour more are given without being asked for
  await openMessage(envelopeId);
  const forger = page.getByRole("table", { name: "Recipients" }).getByRole("row", { name: /forger@/ });
  await forger.getByText("used up").waitFor();
  await accessible(page);
  await forger.getByRole("button", { name: /^Add openings/ }).click();
  await page.getByRole("button", { name: "Set the openings" }).click();
  await forger.getByText("1 of 2").waitFor();
  await page.goto(`${server.origin}/app/received`);
  const row = page.locator(".list__link", { hasText: "Pay this" });
  await row.waitFor();
  assert.doesNotMatch((await page.locator("main").textContent()) ?? "", /Mayor|mayor@/);
  await row.click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete the message" }).click();
  await page.getByRole("heading", { name: "Nothing received yet" }).waitFor();
});

test("A3, Z10: name, language and defaults are kept; the last way to unlock cannot be removed; sessions end", async () => {
  await page.goto(`${server.origin}/app/settings`);
  await page.getByLabel("Openings with the mailbox code alone").fill("2");
  await page
    .locator("form", { hasText: "Openings with the mailbox code" })
    .getByRole("button", { name: "Save" })
    .click();
  await page.getByText("Saved", { exact: true }).first().waitFor();
  const maintenance = page.getByLabel("Maintenance and incidents");
  await maintenance.waitFor();
  // whatever is asked of the server now is not answered: the box stands as it was chosen
  await page.route("**/me/mails", (route) => (route.request().method() === "GET" ? undefined : route.continue()));
  const chosen = page.waitForResponse((answer) => answer.url().endsWith("/me/mails") && answer.ok());
  await maintenance.uncheck();
  await chosen;
  await page.waitForFunction(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  assert.equal(await maintenance.isChecked(), false);
  await page.unroute("**/me/mails");
  await page.reload();
  await page.getByRole("region", { name: "Usage" }).getByText("Messages").first().waitFor();
  assert.equal(await maintenance.isChecked(), false);
  assert.ok(await page.getByRole("checkbox", { name: "News" }).isChecked());
  const slots = page.locator("section", { has: page.getByRole("heading", { name: "Keys" }) });
  const removeFirst = async () => {
    await slots.locator(".list__item summary").first().click();
    await slots.getByRole("button", { name: "Remove", exact: true }).first().click();
    await page.getByRole("button", { name: "Remove it" }).click();
  };
  await removeFirst();
  await page.getByText("Removed", { exact: true }).first().waitFor();
  await slots.locator(".list__item").nth(1).waitFor({ state: "detached" });
  await removeFirst();
  await page.getByText("This is the only way left").waitFor();
  await slots.getByRole("button", { name: "Add a passphrase" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Propose one" }).click();
  await page.getByRole("dialog").getByText("Note it before you go on").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Add a passphrase" }).click();
  await slots.locator(".list__item").nth(1).waitFor();

  const other = await page.context().newPage();
  await other.close();
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    await accessible(page);
    await fitsWidth(page);
  }
  await page.getByLabel("Your language").selectOption("fr");
  await page.locator("form", { hasText: "Your name" }).getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Réglages" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "fr");
  await page.goto(`${server.origin}/app/write`);
  await page.getByRole("heading", { name: "Nouveau message" }).waitFor();
  assert.equal(await page.getByLabel("Ouvertures", { exact: true }).inputValue(), "2");
  await page.getByRole("button", { name: "Raccourcis clavier" }).click();
  await page.getByRole("heading", { name: "Raccourcis clavier" }).waitFor();
  await accessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await page.getByRole("heading", { name: "Connexion" }).waitFor();
  noFaults(watched);
});
