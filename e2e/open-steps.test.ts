/** The recipient's steps in a real browser: landing, code, password, and every way a message can stay closed. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { codeFor, loginCli, openBrowser, runCli, sendByCli, startServer, temporaryFolder } from "./harness.ts";
import {
  accessible,
  askCode,
  codeField,
  DESK,
  fitsWidth,
  letter,
  noFaults,
  PHONE,
  proveMailbox,
  watchedPage,
} from "./open-journey.ts";

const server = await startServer({ after }, { env: { PLI_ORGANISATION: "Ville d’Aubrelune" } });
const browser = await openBrowser({ after });
const home = await loginCli({ after }, server);
const passwordFile = join(await temporaryFolder({ after }), "password");
const PASSWORD = "Tournesol 48 été";
await writeFile(passwordFile, PASSWORD, { mode: 0o600 });

async function send(to: string, ...more: string[]): Promise<string> {
  const subject = more.includes("--subject") ? [] : ["--subject", "Your file"];
  const sent = await sendByCli(home, ["--to", to, ...subject, "--text", "The text of the letter.", ...more]);
  return sent.grants[0]?.link ?? "";
}

async function openingsLeft(link: string): Promise<number> {
  const grantId = new URL(link).pathname.slice(3);
  const answer = (await (await fetch(`${server.origin}/api/v1/grants/${grantId}`)).json()) as { openingsLeft?: number };
  return answer.openingsLeft ?? 0;
}

for (const [name, viewport] of Object.entries({ "360 px": PHONE, "1280 px": DESK })) {
  test(`M12, M13, M14: landing, code and letter at ${name}, accessible, without a fault`, async () => {
    const address = `camille.${viewport.width}@courriel.example`;
    const link = await send(address, "--openings", "2", "--language", "en");
    const watched = await watchedPage(browser, { viewport });
    const { page } = watched;
    await page.goto(link);
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.match((await page.textContent("main")) ?? "", /c•••\w@courriel\.example[\s\S]*2 of 2 left/);
    await accessible(page);
    await fitsWidth(page);
    await askCode(page);
    assert.ok(
      await codeField(page).evaluate((field) => field === document.activeElement),
      "the code field has the focus",
    );
    await accessible(page);
    await fitsWidth(page);
    await codeField(page).fill(await codeFor(server, address));
    await letter(page).waitFor();
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Your file");
    assert.ok(await page.evaluate(() => document.activeElement?.id === "subject"), "the subject has the focus");
    assert.doesNotMatch(await page.title(), /Your file/);
    await accessible(page);
    await fitsWidth(page);
    noFaults(watched);
  });
}

for (const [name, width, text] of [
  ["320 px", 320, "100%"],
  ["640 px with text at 200 %", 640, "200%"],
] as const) {
  test(`M12, M14: at ${name}, with long names and long words, nothing is cut off`, async () => {
    const address = `un-nom-de-boite-particulierement-long.${width}@sous-domaine.administration.example`;
    const subject = `${"Rindfleischetikettierungsüberwachungsaufgaben".repeat(2)} ${"and a subject that does not end ".repeat(6)}`;
    const attach = join(await temporaryFolder({ after }), `${"a-very-long-name-without-any-space".repeat(4)}.pdf`);
    await writeFile(attach, "%PDF");
    const link = await send(address, "--subject", subject, "--attach", attach, "--language", "fr");
    const { page } = await watchedPage(browser, { viewport: { width, height: 640 } });
    const fits = async () => {
      await page.evaluate((size) => document.documentElement.style.setProperty("font-size", size), text);
      await fitsWidth(page);
    };
    await page.goto(link);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await fits();
    await askCode(page);
    await fits();
    await codeField(page).fill(await codeFor(server, address));
    await letter(page).waitFor();
    await page.locator(".file").waitFor();
    await fits();
    await page.getByRole("button", { name: /^Répondre/ }).click();
    await page.locator(".rich__text").waitFor();
    await fits();
    await accessible(page);
  });
}

test("M12: a scanner that runs scripts and presses the button uses no opening", async () => {
  const link = await send("scanned@courriel.example");
  await fetch(link, { method: "HEAD" });
  await fetch(link);
  const { page } = await watchedPage(browser);
  await page.goto(link);
  await askCode(page);
  await page.getByRole("button", { name: "Read the message" }).click();
  await codeField(page).fill("12345678");
  await page.getByText(/This is not the code/).waitFor();
  assert.equal(await openingsLeft(link), 1);
});

test("M13: two mails in a row open with one code", async () => {
  const address = "twice@courriel.example";
  const [first, second] = [await send(address), await send(address)];
  const { page } = await watchedPage(browser);
  await page.goto(first);
  await proveMailbox(server, page, address);
  await letter(page).waitFor();
  await page.goto(second);
  await page.getByRole("button", { name: "Read the message" }).click();
  await letter(page).waitFor();
});

test("M13: two mails at the same time, each with its own code, in either order", async () => {
  const address = "crossed@courriel.example";
  const [first, second] = [await send(address), await send(address)];
  const seen = new Set<string>();
  const one = (await watchedPage(browser)).page;
  const two = (await watchedPage(browser)).page;
  await one.goto(first);
  await askCode(one);
  const firstCode = await codeFor(server, address, seen);
  const reference = await one.locator(".ref").textContent();
  await two.goto(second);
  await two.getByRole("button", { name: /code by mail/ }).click();
  const late = two.getByRole("heading", { name: "Too many tries" });
  await codeField(two).or(late).waitFor();
  assert.match(reference ?? "", /^\w\d \w\d$/);
  await codeField(one).fill(firstCode);
  await letter(one).waitFor();
  // the pause between two codes to one mailbox is told, and the first code opens the second message too
  if (await late.isVisible()) return;
  await codeField(two).fill(firstCode);
  await letter(two).waitFor();
});

test("M13: a code is pasted with its space; a wrong one is told apart and loses nothing", async () => {
  const address = "pasted@courriel.example";
  const link = await send(address);
  const watched = await watchedPage(browser);
  await watched.page.goto(link);
  await askCode(watched.page);
  const code = await codeFor(server, address);
  const wrong = code.startsWith("0") ? `1${code.slice(1)}` : `0${code.slice(1)}`;
  await codeField(watched.page).fill(wrong);
  await watched.page.getByText(/This is not the code with the reference \w\d.\w\d\. 4 tries left/).waitFor();
  await accessible(watched.page);
  await codeField(watched.page).focus();
  await watched.page.evaluate(
    (text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      const field = document.activeElement as HTMLInputElement;
      if (field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, cancelable: true, bubbles: true }))) {
        document.execCommand("insertText", false, text);
      }
    },
    `${code.slice(0, 4)} ${code.slice(4)}`,
  );
  await letter(watched.page).waitFor();
  noFaults(watched);
});

test("M12, M14: with the keyboard alone", async () => {
  const address = "keys@courriel.example";
  const { page } = await watchedPage(browser);
  await page.goto(await send(address));
  await page.getByRole("button", { name: /code by mail/ }).waitFor();
  for (let steps = 0; steps < 10; steps++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.classList.contains("btn--primary"))) break;
  }
  await page.keyboard.press("Enter");
  await codeField(page).waitFor();
  await page.keyboard.type(await codeFor(server, address));
  await letter(page).waitFor();
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Print the letter");
});

test("M5, M18: a reload within the hour needs no code and uses no opening; another browser is refused", async () => {
  const address = "reload@courriel.example";
  const link = await send(address);
  const watched = await watchedPage(browser);
  await watched.page.goto(link);
  await proveMailbox(server, watched.page, address);
  await watched.page.getByText(/This is the last opening/).waitFor();
  await watched.page.reload();
  await letter(watched.page).waitFor();
  await watched.page.getByText(/This is the last opening/).waitFor();
  noFaults(watched);
  const other = await watchedPage(browser, { viewport: PHONE });
  await other.page.goto(link);
  await other.page.getByRole("heading", { name: "All openings have been used" }).waitFor();
  await accessible(other.page);
  await other.page.getByRole("button", { name: "Ask for a new copy" }).click();
  await other.page.getByText(/Your request is with/).waitFor();
  await other.page.getByRole("button", { name: "Report: it was not me" }).click();
  await other.page.getByText(/is told that it was not you/).waitFor();
  noFaults(other);
});

test("M18: after the 60 minutes nothing of the message stays on the page", async () => {
  const address = "late@courriel.example";
  const watched = await watchedPage(browser);
  const { page } = watched;
  await page.clock.install();
  await page.goto(await send(address));
  await proveMailbox(server, page, address);
  await letter(page).waitFor();
  await page.clock.fastForward("50:00");
  await page.getByText(/This is the last opening: (9|10) minutes left/).waitFor();
  await page.clock.fastForward("11:00");
  await page.getByRole("heading", { name: "The 60 minutes are over" }).waitFor();
  assert.equal(await letter(page).count(), 0);
  assert.doesNotMatch((await page.textContent("body")) ?? "", /Your file|The text of the letter/);
  await accessible(page);
  noFaults(watched);
});

test("M3, Q8: a wrong password is told, the right one opens, too many lock", async () => {
  const address = "secret@courriel.example";
  const protect = ["--password-file", passwordFile, "--openings", "2"];
  const watched = await watchedPage(browser);
  const { page } = watched;
  const field = page.getByLabel("Password", { exact: true });
  const read = page.getByRole("button", { name: "Read the message" });
  await page.goto(await send(address, ...protect));
  await proveMailbox(server, page, address);
  await field.waitFor();
  await accessible(page);
  await fitsWidth(page);
  await field.fill("not that one");
  await read.click();
  await page.getByText("Wrong password. Nothing was opened; 4 tries left.").waitFor();
  await page.getByRole("button", { name: "Show the password" }).click();
  assert.equal(await field.getAttribute("type"), "text");
  await field.fill(PASSWORD);
  await read.click();
  await letter(page).waitFor();

  const link = await send(address, ...protect);
  await page.goto(link);
  await page.getByRole("button", { name: "Enter the password" }).click();
  for (let tries = 4; tries >= 0; tries--) {
    await field.fill(`wrong ${tries}`);
    await read.click();
    if (tries > 0) await page.getByText(new RegExp(`${tries} (try|tries) left`)).waitFor();
  }
  await page
    .getByRole("heading", { name: "Locked after too many wrong passwords" })
    .or(page.getByText("0 tries left"))
    .waitFor();
  assert.equal(await openingsLeft(link), 2);
  noFaults(watched);
});

test("M17: revoked, unknown, cut off, and altered links each have their page", async () => {
  const address = "refused@courriel.example";
  const sent = await sendByCli(home, ["--to", address, "--subject", "s", "--text", "t"]);
  const link = sent.grants[0]?.link ?? "";
  const { page } = await watchedPage(browser, { viewport: PHONE });
  const heading = (name: string) => page.getByRole("heading", { name }).waitFor();
  await page.goto(link.split("#")[0] ?? "");
  await heading("This link is not complete");
  await accessible(page);
  await page.goto(`${server.origin}/o/AAAAAAAAAAAAAAAAAAAAAA#${"A".repeat(43)}`);
  await heading("We do not know this message");
  const altered = (await watchedPage(browser)).page;
  await altered.goto(link.slice(0, -8) + (link.endsWith("AAAAAAAA") ? "EEEEEEEE" : "AAAAAAAA"));
  await proveMailbox(server, altered, address);
  await altered.getByRole("heading", { name: "This link does not open the message" }).waitFor();
  const revoked = await runCli(["revoke", sent.envelopeId], { home });
  assert.equal(revoked.status, 0, revoked.stderr);
  await page.goto(link);
  await heading("The sender withdrew this message");
  await page.getByRole("button", { name: "Ask for a new copy" }).click();
  await page.getByText(/Your request is with/).waitFor();
  await fitsWidth(page);
});

test("M17: without a connection the page says so, and goes on when it is back", async () => {
  const { page } = await watchedPage(browser);
  await page.goto(await send("offline@courriel.example"));
  await page.getByRole("button", { name: /code by mail/ }).waitFor();
  // what comes next is loaded while the landing is read, and what tells of a refusal before the last of it
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/assets/After-")),
  );
  await page.context().setOffline(true);
  await page.getByRole("button", { name: /code by mail/ }).click();
  await page.getByRole("heading", { name: "No connection" }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: /code by mail/ }).waitFor();
});

test("M12: who is not meant tells the sender, without opening", async () => {
  const link = await send("stranger@courriel.example");
  const watched = await watchedPage(browser);
  await watched.page.goto(link);
  await watched.page.getByText("Is this message not for you?").click();
  await watched.page.getByRole("button", { name: /^Tell / }).click();
  await watched.page.getByText(/is told that this message is not for you/).waitFor();
  await accessible(watched.page);
  assert.equal(await openingsLeft(link), 1);
  noFaults(watched);
});

test("M8: delivery by link asks no code", async () => {
  const { page } = await watchedPage(browser);
  await page.goto(await send("linked@courriel.example", "--delivery", "link"));
  await page.getByRole("button", { name: "Read the message" }).click();
  await letter(page).waitFor();
});

test("M7: the language is the sender's choice, then the reader's, and stays", async () => {
  const link = await send("langue@courriel.example", "--language", "fr");
  const watched = await watchedPage(browser, { locale: "en-GB" });
  const { page } = watched;
  await page.goto(link);
  await page.getByRole("button", { name: "Recevoir mon code par courriel" }).waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "fr");
  await page.locator("summary", { hasText: "FR" }).click();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Send me my code by mail" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Send me my code by mail" }).waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "en");
  noFaults(watched);
});

test("M7: where the sender chose no language, the browser's goes first, and a change of it is kept", async () => {
  const link = await send("sprache@courriel.example");
  const watched = await watchedPage(browser, { locale: "de-AT" });
  const { page } = watched;
  await page.goto(link);
  await page.getByRole("button", { name: "Code per E-Mail erhalten" }).waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "de");
  // dates in the reader's language, too
  assert.match(
    (await page.locator(".facts").textContent()) ?? "",
    /Dezember|Januar|Februar|März|April|Mai|Ju[nl]i|Uhr/,
  );
  await page.locator("summary", { hasText: "DE" }).click();
  await page.getByRole("button", { name: "Nederlands" }).click();
  await page.locator('html[lang="nl"]').waitFor();
  await page.reload();
  await page.locator('html[lang="nl"]').waitFor();
  // a page that refuses lets one choose as well, and remembers
  await page.goto(link.split("#")[0] ?? "");
  await page.getByRole("heading", { name: "Deze link is niet volledig" }).waitFor();
  await page.locator("summary", { hasText: "NL" }).click();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "This link is not complete" }).waitFor();
  noFaults(watched);
});

test("M19: without JavaScript, a page in every language says what is missing", async () => {
  const page = await browser.newPage({ javaScriptEnabled: false, viewport: PHONE });
  await page.goto(await send("noscript@courriel.example"));
  const headings = page.locator("#missing .letter__title");
  assert.deepEqual(await headings.allTextContents(), [
    "Votre message est à l’abri. Il manque JavaScript pour l’ouvrir.",
    "Your message is safe. JavaScript is missing to open it.",
    "Uw bericht is veilig. JavaScript ontbreekt om het te openen.",
    "Ihre Nachricht ist sicher. Zum Öffnen fehlt JavaScript.",
  ]);
  for (const heading of await headings.all()) assert.ok((await heading.boundingBox())?.height);
  await fitsWidth(page);
  // a choice without scripts: the others step back to their names
  await page.getByLabel("Nederlands").check();
  await page.getByText("Allow JavaScript").waitFor({ state: "hidden" });
  await page.getByText("Sta JavaScript voor deze site toe").waitFor();
  await page.getByLabel("Français").waitFor();
  // a member, too
  await page.goto(`${server.origin}/app/sent`);
  assert.deepEqual(await headings.allTextContents(), [
    "Il manque JavaScript pour utiliser Pli.",
    "JavaScript is missing to use Pli.",
    "JavaScript ontbreekt om Pli te gebruiken.",
    "Um Pli zu nutzen, fehlt JavaScript.",
  ]);
  await fitsWidth(page);
});

test("M19: an old browser, one without workers, one without cookies: each is told what it lacks", async () => {
  const link = await send("old@courriel.example");
  const cases: readonly [string, RegExp][] = [
    ["delete window.structuredClone", /This browser is too old/],
    ["delete window.Worker", /does not let pages work in the background/],
    ["Object.defineProperty(navigator, 'cookieEnabled', { get: () => false })", /Cookies are switched off/],
  ];
  for (const [lack, words] of cases) {
    const page = await browser.newPage();
    await page.addInitScript(lack);
    await page.goto(link);
    await page.getByText(words).waitFor();
    assert.equal(await page.locator(".btn--primary").count(), 0);
    await page.goto(`${server.origin}/app/sent`);
    await page.getByRole("heading", { name: "Pli cannot start yet" }).waitFor();
    await page.getByText(words).waitFor();
    await page.close();
  }
});

test("M19: a part of the page that never arrives is told, not left blank", async () => {
  const page = await browser.newPage();
  await page.route(/\/assets\/landing-/, (route) => route.abort());
  await page.clock.install();
  await page.goto(await send("blocked@courriel.example"));
  await page.clock.fastForward("00:20");
  await page.getByText(/A part of the page did not arrive/).waitFor();
  // for a member, the words
  await page.route(/\/assets\/en-/, (route) => route.abort());
  await page.goto(`${server.origin}/app/sent`);
  await page.clock.fastForward("00:20");
  await page.getByRole("heading", { name: "Pli cannot start yet" }).waitFor();
  await page.getByText(/A part of the page did not arrive/).waitFor();
  await page.unrouteAll();
  await page.reload();
  await page.getByLabel("Your e-mail address").waitFor();
  assert.equal(await page.locator("#missing").count(), 0);
});
