/**
 * Every screen of docs/design.md, reached as people reach it and looked at in both widths and both themes. The members' and the
 * recipients' stops share one server and follow one story, so that each screen is full of what would be there.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { PAGE_NAME } from "../tools/check-page.ts";
import { DESIGN_PAGE, DESIGN_PICTURES, designPage } from "../tools/design-page.ts";
import { STOPS } from "../tools/design-stops.ts";
import { writeRelease } from "../tools/release-hashes.ts";
import { addPeople, attach, draftSaved, editorReady, openWriting, PASSPHRASE, writeText } from "./app-journey.ts";
import { fullHouse, LETTER, openLink } from "./design/full-house.ts";
import { serveKit } from "./design/kit-page.ts";
import { enlarged, inForcedColours, still } from "./design/senses.ts";
import { startTour } from "./design/tour.ts";
import {
  codeFor,
  linkFor,
  loginCli,
  mailsTo,
  openBrowser,
  runCli,
  sendByCli,
  startServer,
  temporaryFolder,
  waitForMail,
} from "./harness.ts";
import {
  accessible,
  askCode,
  codeField,
  DESK,
  letter,
  noFaults,
  pdf,
  png,
  proveMailbox,
  watchedPage,
} from "./open-journey.ts";

const server = await startServer({ after }, { env: { PLI_ORGANISATION: "Ville d’Aubrelune" } });
const browser = await openBrowser({ after });
const tour = startTour(browser);
const folder = await temporaryFolder({ after });
const OWNER = "owner@example.org";
const PASSWORD = "Tournesol 48 été";
async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content, { mode: 0o600 });
  return path;
}

const recipient = (link: string) => openLink(browser, link);

/** A mail as its reader's program shows it: the html, without script and without network. */
async function readMail(address: string, stop: string, contains: RegExp): Promise<void> {
  const mails = await mailsTo(server, address);
  const mail = mails.find(({ text }) => contains.test(text));
  assert.ok(mail, `a mail to ${address} with ${contains}`);
  const { page } = await watchedPage(browser, { viewport: DESK, offline: true, javaScriptEnabled: true });
  await page.setContent(mail.html);
  await tour.stop(page, stop, "mail");
  await page.context().close();
}

test("design: the kit, in both themes and in forced colours", async () => {
  const address = await serveKit({ after });
  const { page } = await watchedPage(browser);
  await page.goto(address);
  await page.getByRole("heading", { name: "The kit" }).waitFor();
  await page.locator("[data-look=focus]").focus();
  await page.locator("[data-look=hover]").hover();
  await page.locator("details.menu").evaluate((menu) => menu.setAttribute("open", ""));
  await tour.stop(page, "kit");
  await page.emulateMedia({ forcedColors: "active" });
  await tour.stop(page, "kit-forced-colours", "forced colours");
  // what finds nothing because it looks at nothing would look the same
  await page.emulateMedia({ forcedColors: "none" });
  await page.evaluate(() => {
    document.querySelector(".btn--primary")?.replaceChildren();
    const cover = document.body.appendChild(document.createElement("div"));
    Object.assign(cover.style, { position: "fixed", inset: 0, width: "120vw", transition: "opacity 1s" });
    document.querySelector<HTMLElement>(".badge")?.style.setProperty("border", "0", "important");
  });
  await assert.rejects(accessible(page), /button-name/);
  await assert.rejects(enlarged(page, "covered"), /is \d+ px wide in|under <div/);
  await assert.rejects(inForcedColours(page, "bare"), /bare in forced colours/);
  await assert.rejects(still(page, "moving"), /moving is still/);
  await page.context().close();
});

test("design: the member's screens, from the first sign-in", async () => {
  const watched = await watchedPage(browser, { timezoneId: "Europe/Paris" });
  const { page } = watched;
  await page.goto(`${server.origin}/app/sent`);
  await page.getByLabel("Your e-mail address").waitFor();
  await tour.stop(page, "app-sign-in");
  await page.getByLabel("Your e-mail address").fill(OWNER);
  await page.getByRole("button", { name: "Send me a sign-in link" }).click();
  await page.getByRole("heading", { name: "Look at your mailbox" }).waitFor();
  await tour.stop(page, "app-sign-in-sent");
  const link = /https?:\/\/\S+\/app\/sign-in#[\w-]+/.exec((await waitForMail(server, OWNER)).text)?.[0] ?? "";
  await readMail(OWNER, "mail-sign-in", /sign-in#/);
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Who you are" }).waitFor();
  await tour.stop(page, "app-welcome");
  await page.getByLabel("Your name").fill("Camille Orvanne");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await page.getByLabel("The same once more").fill(PASSPHRASE);
  await page.getByText(/^(strong|very strong)$/).waitFor();
  await tour.stop(page, "app-keys");
  await page.getByRole("button", { name: "Make my keys" }).click();
  await page.locator(".kit__words li").nth(14).waitFor();
  await tour.stop(page, "app-kit");
  await page.getByLabel("The kit is in a safe place").check();
  await page.getByRole("button", { name: "Finish" }).click();
  await page.getByRole("link", { name: "Write the first message" }).click();
  await editorReady(page);
  await tour.stop(page, "app-write-empty");
  for (const [path, heading, stop] of [
    ["sent", "Nothing sent yet", "app-sent-empty"],
    ["received", "Nothing received yet", "app-received-empty"],
  ] as const) {
    await page.goto(`${server.origin}/app/${path}`);
    await page.getByRole("heading", { name: heading }).waitFor();
    await tour.stop(page, stop);
  }

  await openWriting(page, server);
  await addPeople(page, "Joaquim Herbelot <joaquim@courriel.example>, ines@exarnple.org");
  await writeText(page, "Your file 2026-114", LETTER);
  await attach(page, "Plan of the plot.pdf", 2_400_000);
  await attach(page, "Report of the visit of the site before the works, with all annexes.docx", 300_000);
  await page.locator(".file .done-line").nth(1).waitFor();
  await tour.stop(page, "app-write");
  await page.getByRole("checkbox", { name: /^Password/ }).check();
  await page.getByText(/About \d+ bits/).waitFor();
  await tour.stop(page, "app-password");
  await draftSaved(page);
  await page.getByRole("button", { name: "Review and send" }).click();
  await page.getByRole("dialog").waitFor();
  await tour.stop(page, "app-summary");
  await page.keyboard.press("Escape");
  await page.goto(`${server.origin}/app/sent/drafts`);
  await page.getByText("Your file 2026-114").first().waitFor();
  await tour.stop(page, "app-drafts");

  const { envelopeId } = await fullHouse({ after }, server, browser);
  await page.goto(`${server.origin}/app/sent`);
  await page.getByText("joaquim@courriel.example").first().waitFor();
  await tour.stop(page, "app-sent");
  await page.goto(`${server.origin}/app/sent/${envelopeId}`);
  await page.locator(".timeline").waitFor();
  await page.getByRole("table", { name: "Register of openings" }).getByText("Opened", { exact: true }).waitFor();
  await tour.stop(page, "app-message");
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Revoke and destroy" }).click();
  await page.getByRole("dialog").waitFor();
  await tour.stop(page, "app-revoke");
  await page.keyboard.press("Escape");
  await page.goto(`${server.origin}/app/received`);
  await page.locator(".list__link").first().waitFor();
  await tour.stop(page, "app-received");
  await page.locator(".list__link").first().click();
  await page.getByRole("button", { name: /^Answer/ }).waitFor();
  await tour.stop(page, "app-reply");
  await page.goto(`${server.origin}/app/sent/${envelopeId}`);
  await page.getByRole("textbox", { name: "Your answer" }).fill("Thank you. I note it.");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("log", { name: "Conversation" }).getByRole("listitem").nth(1).waitFor();
  await tour.stop(page, "app-conversation");
  await contacts(page);
  await page.goto(`${server.origin}/app/organisation`);
  await page.getByText("Nothing was changed yet").waitFor();
  await tour.stop(page, "app-organisation");
  await page.goto(`${server.origin}/app/secrets`);
  await page.getByRole("button", { name: "Generate a password" }).click();
  await page.getByLabel("Reference").fill("Door code");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("row", { name: /Door code/ }).waitFor();
  await tour.stop(page, "app-secrets");
  await page.goto(`${server.origin}/app/settings`);
  await page.getByRole("heading", { name: "Keys" }).waitFor();
  await tour.stop(page, "app-settings");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await page.getByRole("dialog").waitFor();
  await tour.stop(page, "app-shortcuts");
  await page.keyboard.press("Escape");
  noFaults(watched);
  const other = await watchedPage(browser, { storageState: { ...(await page.context().storageState()), origins: [] } });
  await other.page.goto(`${server.origin}/app/sent`);
  await other.page.getByRole("button", { name: "Unlock" }).click();
  await other.page.getByRole("dialog").waitFor();
  await tour.stop(other.page, "app-unlock");
});

async function contacts(page: Page): Promise<void> {
  await page.goto(`${server.origin}/app/contacts`);
  await page.getByText("No contacts yet").waitFor();
  await tour.stop(page, "app-contacts-empty");
  for (const [name, address, company] of [
    ["Joaquim Herbelot", "joaquim@courriel.example", ""],
    ["Annelies de Vries", "annelies@gemeente.example", "Gemeente Waterdam"],
  ] as const) {
    await page.getByRole("button", { name: "New contact" }).first().click();
    await page.getByLabel("Name", { exact: false }).first().fill(name);
    await page.getByLabel("E-mail addresses").fill(address);
    await page.getByLabel("Company").fill(company);
    if (company) await tour.stop(page, "app-contact");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByRole("row", { name: new RegExp(name) }).waitFor();
  }
  await tour.stop(page, "app-contacts");
}

test("design: the recipient's screens, from the mail to the last opening", async () => {
  const home = await loginCli({ after }, server);
  const passwordFile = await file("password", PASSWORD);
  const address = "camille.valtour@courriel.example";
  const attached = [await file("Plan.pdf", pdf(["Plot 114"])), await file("Front.png", png(300, 200, [90, 120, 160]))];
  const send = (...more: string[]) =>
    sendByCli(home, [
      "--to",
      address,
      "--subject",
      "Your file 2026-114",
      "--text",
      LETTER,
      "--language",
      "en",
      ...more,
    ]);
  const files = attached.flatMap((path) => ["--attach", path]);
  await send("--openings", "1", "--password-file", passwordFile, "--reference", "AL-2026-0419", ...files);
  const link = await linkFor(server, address);
  await readMail(address, "mail-message", /\/o\//);
  const page = await recipient(link);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await tour.stop(page, "open-landing");
  await askCode(page);
  await tour.stop(page, "open-code");
  const code = await codeFor(server, address);
  await readMail(address, "mail-code", new RegExp(`${code.slice(0, 4)}.?${code.slice(4)}`));
  await codeField(page).fill(code.startsWith("0") ? `1${code.slice(1)}` : `0${code.slice(1)}`);
  await page.getByText(/This is not the code/).waitFor();
  await tour.stop(page, "open-code-wrong");
  await codeField(page).fill(code);
  await page.getByLabel("Password", { exact: true }).waitFor();
  await tour.stop(page, "open-password");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await letter(page).waitFor();
  await tour.stop(page, "open-letter");
  await page.getByRole("button", { name: /^Reply/ }).click();
  await page.locator(".rich__text").click();
  await page.keyboard.type("Thank you. Here is what you asked for.");
  await tour.stop(page, "open-reply");

  const other = await recipient(link);
  await other.getByRole("heading", { name: "All openings have been used" }).waitFor();
  await tour.stop(other, "open-used-up");
  const again = await send("--openings", "1");
  await other.goto(again.grants[0]?.link ?? "");
  await proveMailbox(server, other, address);
  await letter(other).waitFor();
  await other.getByText(/This is the last opening/).waitFor();
  await tour.stop(other, "open-over");
  const third = await send();
  await runCli(["revoke", third.envelopeId], { home });
  await other.goto(third.grants[0]?.link ?? "");
  await other.getByRole("heading", { name: "The sender withdrew this message" }).waitFor();
  await tour.stop(other, "open-revoked");
  await other.goto(link.replace(/\/o\/[\w-]{22}/, `/o/${"A".repeat(22)}`));
  await other.getByRole("heading", { name: "We do not know this message" }).waitFor();
  await tour.stop(other, "open-unknown");

  const made = await runCli(["secret", "--json"], { home, input: "zebra-7-river-2" });
  const secret = await recipient((JSON.parse(made.stdout) as { link: string }).link);
  await secret.getByRole("button", { name: "Show the secret" }).waitFor();
  await tour.stop(secret, "secret-closed");
  await secret.getByRole("button", { name: "Show the secret" }).click();
  await secret.getByRole("textbox", { name: /Text of/ }).waitFor();
  await tour.stop(secret, "secret-shown");
  await secret.reload();
  await secret.getByRole("heading", { name: "This secret was already shown" }).waitFor();
  await tour.stop(secret, "secret-gone");
});

test("design: the local mailbox and the page that checks a server", async () => {
  const page = await recipient(`${server.origin}/dev/mailbox`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await tour.stop(page, "mailbox");
  await writeRelease(folder);
  await page.goto(pathToFileURL(join(folder, PAGE_NAME)).href);
  await page.getByRole("textbox", { name: "Address of the server" }).fill(server.origin);
  await page.getByRole("button", { name: "Check this server" }).click();
  await page.getByText("Everything is as published").waitFor();
  await tour.stop(page, "verify-server");
});

test("design: every screen was visited, and docs/design.md shows each, with the tokens as they are", () => {
  assert.deepEqual(tour.missing(), []);
  assert.equal(readFileSync(DESIGN_PAGE, "utf8"), designPage(), "`npx node tools/design-page.ts` writes it");
  const without = STOPS.filter(({ name }) => !existsSync(join(DESIGN_PICTURES, `${name}.jpg`)));
  assert.deepEqual(without, [], "`PICTURES=1 npx node tools/test.ts e2e/design` takes them");
});
