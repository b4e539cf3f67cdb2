/** Dutch and German in a real browser at the width of a phone: the recipient's way from the landing to the reply, and the members' pages. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { app as german } from "@pli/texts/app/de";
import { app as english } from "@pli/texts/app/en";
import { app as french } from "@pli/texts/app/fr";
import { app as dutch } from "@pli/texts/app/nl";
import { LANGUAGE_NAMES, LANGUAGES } from "@pli/texts/languages";
import type { Page } from "playwright-core";
import { editorReady, signIn, welcome } from "./app-journey.ts";
import { codeFor, loginCli, openBrowser, sendByCli, startServer, temporaryFolder } from "./harness.ts";
import { keepLook } from "./looks.ts";
import { accessible, askCode, codeField, fitsWidth, letter, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const server = await startServer({ after }, { env: { PLI_ORGANISATION: "Ville d’Aubrelune" } });
const browser = await openBrowser({ after });
const home = await loginCli({ after }, server);
const folder = await temporaryFolder({ after });
const passwordFile = join(folder, "password");
const PASSWORD = "Tournesol 48 été";
await writeFile(passwordFile, PASSWORD, { mode: 0o600 });

/** Nothing is wider than the page, and no button is cut off. With PLI_PICTURES, a picture of it as well. */
async function fits(page: Page, name: string): Promise<void> {
  await fitsWidth(page);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, .btn, h1, h2, label, th")]
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && !one.closest(".vh"))
      .filter((one) => getComputedStyle(one).display !== "inline" && getComputedStyle(one).overflow !== "visible")
      .map((one) => one.textContent),
  );
  assert.deepEqual(cut, [], name);
  await keepLook(page, name);
}

const WORDS = {
  nl: {
    landing: "Mijn code per e-mail ontvangen",
    subject: /vertrouwelijk bericht/,
    wrong: /Dit is niet de code/,
    password: "Wachtwoord",
    read: "Bericht lezen",
    reply: /antwoorden$/,
    file: "1 bijlage",
  },
  de: {
    landing: "Code per E-Mail erhalten",
    subject: /vertrauliche Nachricht/,
    wrong: /Das ist nicht der Code/,
    password: "Passwort",
    read: "Nachricht lesen",
    reply: /antworten$/,
    file: "1 Anhang",
  },
} as const;

for (const language of ["nl", "de"] as const) {
  const words = WORDS[language];

  test(`M7, M12, M16: landing, code, password, letter and reply in ${language} at 360 px`, async () => {
    const address = `lezer.${language}@courriel.example`;
    const attach = join(folder, `${language}.txt`);
    await writeFile(attach, "text");
    const sent = await sendByCli(home, [
      ...["--to", address, "--subject", "Rindfleischetikettierungsüberwachungsaufgabe", "--text", "Text."],
      ...["--attach", attach, "--password-file", passwordFile, "--language", language],
    ]);
    const watched = await watchedPage(browser, { viewport: PHONE, locale: "en-GB" });
    const { page } = watched;
    await page.goto(sent.grants[0]?.link ?? "");
    await page.getByRole("button", { name: words.landing }).waitFor();
    assert.equal(await page.getAttribute("html", "lang"), language);
    await fits(page, `${language}-1-landing`);
    await accessible(page);
    await askCode(page);
    await fits(page, `${language}-2-code`);
    await codeField(page).fill("00000000");
    await page.getByText(words.wrong).waitFor();
    await fits(page, `${language}-3-wrong-code`);
    await codeField(page).fill(await codeFor(server, address));
    const password = page.getByLabel(words.password, { exact: true });
    await password.waitFor();
    await fits(page, `${language}-4-password`);
    await accessible(page);
    await password.fill(PASSWORD);
    await page.getByRole("button", { name: words.read }).click();
    await letter(page).waitFor();
    await page.getByText(words.file).waitFor();
    await fits(page, `${language}-5-letter`);
    await accessible(page);
    await page.getByRole("button", { name: words.reply }).click();
    await page.locator(".rich__text").waitFor();
    await fits(page, `${language}-6-reply`);
    await accessible(page);
    noFaults(watched);
  });
}

test("M7: every page of the recipient lets one change the language, each named in itself", async () => {
  const sent = await sendByCli(home, ["--to", "wissel@courriel.example", "--subject", "S", "--text", "T"]);
  const { page } = await watchedPage(browser, { viewport: PHONE });
  await page.goto(sent.grants[0]?.link ?? "");
  for (const language of LANGUAGES) {
    await page.locator(".bar summary").click();
    await page.getByRole("button", { name: LANGUAGE_NAMES[language], exact: true }).click();
    await page.locator(`html[lang="${language}"]`).waitFor();
    await page.locator(".bar summary", { hasText: language.toUpperCase() }).waitFor();
    await fits(page, `switch-${language}`);
  }
  await page.reload();
  await page.locator('html[lang="de"]').waitFor();
});

test("M7: a page that refuses speaks the browser's language", async () => {
  for (const [locale, title, path, status] of [
    ["de-AT", "Dieser Link ist nicht vollständig", "/o/nothing", 200],
    // an address that is nowhere, such as a link that was cut before its end
    ["nl-BE", "Deze link is niet volledig", "/o", 404],
  ] as const) {
    const { page } = await watchedPage(browser, { viewport: PHONE, locale });
    assert.equal((await page.goto(server.origin + path))?.status(), status);
    await page.getByRole("heading", { name: title }).waitFor();
    await fits(page, `refused-${locale}`);
    await page.close();
  }
});

test("M7: an old browser is told in its own language what it lacks", async () => {
  const page = await browser.newPage({ locale: "de-DE", viewport: PHONE });
  await page.addInitScript("delete window.structuredClone");
  await page.goto(`${server.origin}/o/nothing`);
  await page.getByText(/Dieser Browser ist zu alt/).waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "de");
  await page.getByText(/JavaScript is missing/).waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Français" }).click();
  await page.getByText(/Ce navigateur est trop ancien/).waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "fr");
  await accessible(page);
  await fits(page, "missing-fr");
  // remembered on the device, for this page and every other
  await page.goto(`${server.origin}/s/nothing`);
  await page.getByRole("heading", { name: /^Le secret est à l’abri/ }).waitFor();
});

test("A1, A4, M1, M20, M23, M25, S3, P12, R1: members' pages fit at 360 px in French, Dutch and German", async (hooks) => {
  // the other server's owner has keys already: the welcome would not make any
  const fresh = await startServer(hooks);
  const watched = await watchedPage(browser, { viewport: PHONE, locale: "en-GB" });
  const { page } = watched;
  await signIn(page, fresh);
  await welcome(page);
  await page.goto(`${fresh.origin}/app/settings`);
  await page.getByRole("heading", { name: english.settings.title, level: 1 }).waitFor();
  let now = english;
  for (const [language, words] of [
    ["nl", dutch],
    ["de", german],
    ["fr", french],
  ] as const) {
    await page.getByLabel(now.entry.language, { exact: true }).selectOption(language);
    await page.locator("form", { hasText: now.entry.name }).getByRole("button", { name: now.settings.save }).click();
    await page.getByRole("heading", { name: words.settings.title, level: 1 }).waitFor();
    now = words;
    await fits(page, `app-${language}-settings`);
    for (const path of ["sent", "sent/drafts", "received", "contacts", "secrets", "organisation", "write"]) {
      await page.goto(`${fresh.origin}/app/${path}`);
      if (path === "write") await editorReady(page);
      else await page.getByRole("heading", { level: 1 }).waitFor();
      assert.equal(await page.getAttribute("html", "lang"), language);
      await fits(page, `app-${language}-${path.replace("/", "-")}`);
      assert.ok(await inOneRow(page), `tabs of ${path} in ${language}`);
      await accessible(page);
    }
    await page.goto(`${fresh.origin}/app/settings`);
    await page.getByRole("heading", { name: words.settings.title, level: 1 }).waitFor();
  }
  noFaults(watched);
});

/** Where there are tabs, none stands below another. */
function inOneRow(page: Page): Promise<boolean> {
  return page
    .locator(".tabs")
    .evaluateAll((all) =>
      all.every((tabs) => new Set([...tabs.children].map((tab) => tab.getBoundingClientRect().top)).size <= 1),
    );
}
