/** Writing and sending in a real browser: people, text, files, protection, the last look, the half minute after. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import {
  addPeople,
  attach,
  draftSaved,
  editorReady,
  openWriting,
  reviewAndSend,
  signIn,
  toField,
  welcome,
  writeText,
} from "./app-journey.ts";
import { mailsTo, openBrowser, startServer } from "./harness.ts";
import { accessible, DESK, fitsWidth, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const server = await startServer({ after }, { env: { PLI_ORGANISATION: "Ville d’Aubrelune" } });
const browser = await openBrowser({ after });
const watched = await watchedPage(browser);
const { page } = watched;
await signIn(page, server);
await welcome(page);

/** One member, one browser: each test begins on an empty page. */
async function begin(viewport = DESK): Promise<Page> {
  await page.setViewportSize(viewport);
  await page.goto("about:blank");
  await openWriting(page, server);
  return page;
}
const tokens = () => page.locator(".token__name").allTextContents();

test("M1: people are typed, pasted as lists and removed by the keyboard alone", async () => {
  await begin();
  await addPeople(page, "Ann Bee <ann@example.org>, bob@example.org; nobody");
  assert.deepEqual(await tokens(), ["Ann Bee", "bob@example.org"]);
  await page.getByText("“nobody” is not an address").first().waitFor();
  assert.equal(await toField(page).inputValue(), "nobody");
  await accessible(page);
  await toField(page).fill("");
  await page.keyboard.type("carol@example.org,");
  await page.keyboard.type("ANN@example.org");
  await page.keyboard.press("Enter");
  await page.getByText("is already there").first().waitFor();
  assert.deepEqual(await tokens(), ["Ann Bee", "bob@example.org", "carol@example.org"]);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Delete");
  assert.deepEqual(await tokens(), ["Ann Bee", "carol@example.org"]);
});

test("M1: a long address wraps on a narrow screen, and is never cut", async () => {
  await begin(PHONE);
  const long = "anne-marie.de-la-fontaine-dubois@direction-des-affaires-juridiques.ville-aubrelune.example";
  await addPeople(page, `${long}, bob@example.org`);
  const [cut, shape, height] = await page
    .locator(".token__name")
    .first()
    .evaluate((name) => [
      name.scrollWidth > name.clientWidth || name.scrollHeight > name.clientHeight,
      getComputedStyle(name).textOverflow,
      name.clientHeight,
    ]);
  assert.deepEqual([cut, shape], [false, "clip"]);
  assert.ok(Number(height) > 30, "on more lines than one");
  await fitsWidth(page);
  await accessible(page);
});

test("M1: text from Word and from web pages keeps its meaning and nothing else", async () => {
  await begin();
  await page.locator(".write").click();
  const pasted = `<html><body><!--[if gte mso 9]><xml>noise</xml><![endif]--><style>p{color:red}</style>
    <p class=MsoNormal style="margin:0"><span style="font-weight:bold;color:red">Bold</span> and <i>thin</i><o:p></o:p></p>
    <p class=MsoListParagraph style="mso-list:l0 level1"><span>·   </span>first</p>
    <p class=MsoListParagraph style="mso-list:l0 level1"><span>·   </span>second</p>
    <h1 onclick="alert(1)">Title</h1><img src=x onerror=alert(1)><script>alert(1)</script>
    <a href="javascript:alert(1)">bad</a> <a href="https://example.org/a">good</a><form><input value=x></form></body></html>`;
  await page.locator(".write").evaluate((element, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, pasted);
  await page.locator(".write h2").waitFor();
  const html = await page.locator(".write").innerHTML();
  assert.match(html, /<b>Bold<\/b> and <i>thin<\/i>/);
  assert.match(html, /<ul><li>first<\/li><li>second<\/li><\/ul>/);
  assert.match(html, /<a [^>]*href="https:\/\/example\.org\/a"[^>]*>good<\/a>/);
  assert.doesNotMatch(html, /style|class=|script|img|onclick|javascript|form|noise|mso/i);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+y");
  // the browser says aloud that it refused the styles and handlers of what was pasted: that is as it should be
  const told = watched.faults
    .splice(0)
    .filter((fault) => !/^(Applying inline style|Executing inline event)/.test(fault));
  assert.deepEqual(told, []);
});

test("M1: of a very long text that is pasted nothing is lost", async () => {
  await begin();
  const text = page.locator(".write");
  await text.click();
  await text.evaluate((element) => {
    const data = new DataTransfer();
    data.setData("text/html", `<p>${"a <b>b</b> ".repeat(20_000)}the very end</p>`);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await text.getByText("the very end").waitFor();
});

test("M1: the toolbar and its keys make bold, headings, lists, quotes and links", async () => {
  await begin();
  await page.locator(".write").click();
  await page.keyboard.type("one");
  await page.getByRole("button", { name: "Heading" }).click();
  await page.locator(".write h2", { hasText: /^one$/ }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("strong");
  // the browser tells a moment later where the cursor is
  await page.getByRole("button", { name: "Bold", pressed: true }).waitFor();
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Control+k");
  await page.getByLabel("Address of the page").fill("not an address");
  await page.getByRole("button", { name: "Put the link" }).click();
  await page.getByText("Write a web address").waitFor();
  await page.getByLabel("Address of the page").fill("example.org/help");
  await page.keyboard.press("Enter");
  await page.locator('.write b + a[href="https://example.org/help"]').waitFor();
  assert.match(await page.locator(".write").innerHTML(), /<b>strong<\/b>.*href="https:\/\/example\.org\/help"/);
  noFaults(watched);
});

test("M1: files are sealed at once; pause, go on, remove; the draft survives a closed tab", async () => {
  await begin();
  // slowly, so that there is time to pause
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const slow = { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 2_000_000 };
  await attach(page, "small.bin", 20_000);
  await page.locator(".file", { hasText: "small.bin" }).getByText("sealed").waitFor();
  await client.send("Network.emulateNetworkConditions", slow);
  await attach(page, "big.bin", 12_000_000);
  const big = page.locator(".file", { hasText: "big.bin" });
  await big.getByRole("button", { name: "Pause big.bin" }).click();
  await big.getByText("paused").waitFor();
  await accessible(page);
  await big.getByRole("button", { name: "Go on with big.bin" }).click();
  await big.getByRole("progressbar").waitFor();
  await page.getByLabel("Subject").fill("Kept on this device");
  await draftSaved(page);
  await page.waitForURL(/\/app\/write\/[\w-]+$/);
  const address = page.url();
  await client.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1, latency: 0 });
  await client.detach();

  page.once("dialog", (dialog) => void dialog.accept());
  await page.close({ runBeforeUnload: false });
  const again = await watched.page.context().newPage();
  await again.goto(`${server.origin}/app/sent/drafts`);
  await again.getByRole("link", { name: "Kept on this device" }).click();
  await editorReady(again);
  assert.equal(again.url(), address);
  await again.locator(".file", { hasText: "small.bin" }).getByText("sealed").waitFor();
  const unfinished = again.locator(".file", { hasText: "big.bin" });
  // finished just before the tab was closed, or asked for again by its name and size
  const asked = unfinished.getByRole("button", { name: "Choose it again" });
  await asked.or(unfinished.getByText("sealed")).waitFor();
  if (await asked.isVisible()) {
    const input = unfinished.locator("input[type=file]");
    await input.setInputFiles([{ name: "other.bin", mimeType: "", buffer: Buffer.alloc(5) }]);
    await unfinished.getByText("this is another file").waitFor();
    await input.setInputFiles([{ name: "big.bin", mimeType: "", buffer: Buffer.alloc(12_000_000, 7) }]);
  }
  await unfinished.getByText("sealed").waitFor();
  await unfinished.getByRole("button", { name: "Remove big.bin" }).click();
  await unfinished.waitFor({ state: "detached" });
  await addPeople(again, "joaquim@courriel.example");
  await writeText(again, "Kept on this device", "The text.");
  const envelopeId = await reviewAndSend(again);
  const answer = await again.request.get(`${server.origin}/api/v1/envelopes/${envelopeId}`);
  assert.equal(((await answer.json()) as { parts: number }).parts, 1);
  await again.close();
});

test("A1, M1: a session that ends during an upload only makes it wait, and one signs in again in place", async () => {
  const tab = await watched.page.context().newPage();
  await openWriting(tab, server);
  let refused = 0;
  await tab.context().route("**/parts/*/chunks/*", async (route) => {
    refused++;
    const body = JSON.stringify({ type: "about:blank", title: "", status: 401, code: "not_signed_in" });
    await route.fulfill({ status: 401, contentType: "application/problem+json", body });
  });
  await attach(tab, "waits.bin", 50_000);
  await tab.getByRole("heading", { name: "You are signed out" }).waitFor();
  assert.ok(refused > 0);
  await tab.context().unroute("**/parts/*/chunks/*");
  // the session is well again: the page notices when it looks
  await tab.getByRole("button", { name: "Close" }).click();
  const file = tab.locator(".file", { hasText: "waits.bin" });
  await file.getByText("sealed").waitFor();
  await tab.getByRole("button", { name: "Delete draft" }).click();
  await tab.getByRole("dialog").getByRole("button", { name: "Delete draft" }).click();
  await tab.waitForURL(/\/app\/sent\/drafts$/);
  await tab.close();
});

test("M10: taken back within half a minute nobody was told, and the draft is as it was", async () => {
  const tab = await watched.page.context().newPage();
  await openWriting(tab, server);
  await addPeople(tab, "Ines Valtour <ines@courriel.example>");
  await writeText(tab, "Too early", "Not yet.");
  await attach(tab, "note.txt", 2000);
  await reviewAndSend(tab);
  // a reload does not take the offer away
  await tab.reload();
  await tab.getByRole("button", { name: "Take back" }).click();
  await tab.getByText("Taken back. Nobody was told").waitFor();
  await editorReady(tab);
  assert.equal(await tab.getByLabel("Subject").inputValue(), "Too early");
  assert.deepEqual(await tab.locator(".token__name").allTextContents(), ["Ines Valtour"]);
  assert.match((await tab.locator(".write").textContent()) ?? "", /Not yet\./);
  await tab.locator(".file", { hasText: "note.txt" }).getByText("sealed").waitFor();
  assert.deepEqual(await mailsTo(server, "ines@courriel.example"), []);
  await tab.close();
});

test("M10: an address that looks like a known one holds the sending until it is answered", async () => {
  const tab = await watched.page.context().newPage();
  await openWriting(tab, server);
  await addPeople(tab, "joaquirn@courriel.example");
  await tab.locator(".token--warn").waitFor();
  await writeText(tab, "Look twice", "Text.");
  await tab.keyboard.press("Control+Enter");
  await tab.getByRole("heading", { name: "Send to this person?" }).waitFor();
  await accessible(tab);
  const held = tab.locator('button[aria-disabled="true"]', { hasText: "Send sealed" });
  await held.click({ force: true });
  await tab.getByRole("button", { name: "Use the one I know" }).click();
  await tab.locator("button:not([aria-disabled])", { hasText: "Send sealed" }).waitFor();
  await tab.getByText("joaquim@courriel.example").first().waitFor();
  await tab.getByRole("button", { name: "Back to the message" }).click();
  await tab.close();
});

for (const [name, viewport] of Object.entries({ "360 px": PHONE, "1280 px": DESK })) {
  test(`M3, M5, M6: password, openings and expiry say what they mean at ${name}`, async () => {
    const tab = await watched.page.context().newPage();
    await tab.setViewportSize(viewport);
    await openWriting(tab, server);
    await tab.getByLabel("Openings", { exact: true }).fill("4");
    await tab.getByText("Several openings without a password").waitFor();
    await tab.getByRole("checkbox", { name: /^Password/ }).check();
    await tab.getByRole("meter", { name: "Strength of the password" }).waitFor();
    assert.match(await tab.getByLabel("Password", { exact: true }).inputValue(), /^[a-z]+(-\d-[a-z]+){3}$/);
    await tab.getByText("Several openings without a password").waitFor({ state: "detached" });
    const proposed = tab.getByLabel("Password", { exact: true });
    assert.ok(
      await proposed.evaluate((one) => one.scrollWidth <= one.clientWidth),
      "a proposed password is seen whole",
    );
    await tab.getByLabel("Password", { exact: true }).fill("azerty");
    await tab.getByText("This is easy to guess").waitFor();
    await tab.getByLabel("Expires after").selectOption("date");
    await tab.getByLabel("Date and time").fill("2020-01-01T10:00");
    await tab.getByLabel("Openings", { exact: true }).fill("100");
    await tab.getByRole("button", { name: "Review and send" }).click();
    for (const text of [
      "From 1 to 99.",
      "The two are not the same.",
      "Choose a time between",
      "Name at least one person.",
    ])
      await tab.getByText(text).first().waitFor();
    await accessible(tab);
    await fitsWidth(tab);
    await tab.close();
  });
}

test("M1, M10: a message is written and sent by the keyboard alone", async () => {
  const tab = await watched.page.context().newPage();
  await openWriting(tab, server);
  const focused = (name: RegExp) =>
    tab.waitForFunction((pattern) => {
      const element = document.activeElement;
      // these hold the words of everything within
      if (element === null || element.matches("body, main, dialog")) return false;
      const label = element.getAttribute("aria-label") ?? element.textContent ?? "";
      const field = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? "") : "";
      return new RegExp(pattern).test(`${label} ${field}`);
    }, name.source);
  await focused(/To/);
  await tab.keyboard.type("keys@courriel.example");
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Tab");
  await focused(/Subject/);
  await tab.keyboard.type("By keys alone");
  await tab.keyboard.press("Tab");
  await focused(/Bold/);
  await tab.keyboard.press("ArrowRight");
  await focused(/Italic/);
  await tab.keyboard.press("Tab");
  await focused(/Text/);
  await tab.keyboard.type("Typed.");
  await tab.keyboard.press("Control+Enter");
  await tab.getByRole("heading", { name: "Send to this person?" }).waitFor();
  await tab.keyboard.press("Escape");
  await tab.getByRole("dialog").waitFor({ state: "detached" });
  await focused(/Text/);
  await tab.keyboard.press("Control+Enter");
  await focused(/Back to the message/);
  await tab.keyboard.press("Tab");
  await focused(/Send sealed/);
  // not before it is known what there is to be told of the person
  await tab.locator("button:focus:not([aria-disabled])").waitFor();
  await tab.keyboard.press("Enter");
  await tab.waitForURL(/\/app\/sent$/);
  await tab.getByRole("link", { name: "By keys alone" }).waitFor();
  await tab.close();
});

/** What moved on the page without being asked to, or after a press. */
interface Jump {
  readonly atMs: number;
  readonly afterPress: boolean;
  readonly what: string;
}

/** What is drawn by now has been painted, and what moved by it was noted. @returns the page's own time */
function painted(tab: Page): Promise<number> {
  return tab.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    return performance.now();
  });
}

test("M1: what was typed, formatted, pasted or taken off comes back, and nothing jumps meanwhile", async () => {
  const known = { name: "Zita Quorn", addresses: ["zita@courriel.example"] };
  const made = await page.request.post(`${server.origin}/api/v1/contacts`, { data: known });
  assert.equal(made.status(), 201);
  for (const viewport of [PHONE, DESK]) {
    const tab = await watched.page.context().newPage();
    await tab.addInitScript(() => {
      const noted: Jump[] = [];
      Object.defineProperty(globalThis, "jumps", { value: noted });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
            sources: readonly { readonly node: Node | null }[];
          };
          const what = sources.map(({ node }) => (node instanceof Element ? node.className : node?.nodeName));
          noted.push({
            atMs: entry.startTime,
            afterPress: hadRecentInput,
            what: `${value.toFixed(4)} ${what.join(", ")}`,
          });
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await tab.setViewportSize(viewport);
    await openWriting(tab, server);
    // people: by the toast, and by Ctrl+Z in the empty field
    await addPeople(tab, "ann@example.org, bob@example.org");
    await tab.getByRole("button", { name: "Remove ann@example.org" }).click();
    await tab.getByRole("button", { name: "Undo" }).click();
    assert.deepEqual(await tab.locator(".token__name").allTextContents(), ["ann@example.org", "bob@example.org"]);
    await toField(tab).focus();
    await tab.keyboard.press("Backspace");
    await tab.keyboard.press("Delete");
    await tab.getByText("bob@example.org is removed.").waitFor();
    await toField(tab).press("Control+z");
    assert.deepEqual(await tab.locator(".token__name").allTextContents(), ["ann@example.org", "bob@example.org"]);
    // completion lies over the page
    await toField(tab).pressSequentially("quor");
    await tab.locator(".proposal").first().waitFor();
    await tab.keyboard.press("Escape");
    await tab.locator(".proposal").first().waitFor({ state: "hidden" });
    await toField(tab).fill("");
    // the text: typing, bold, heading and a paste, each undone
    const text = tab.locator(".write");
    await text.click();
    await tab.keyboard.type("one");
    await tab.keyboard.press("Control+a");
    await tab.keyboard.press("Control+b");
    await tab.getByRole("button", { name: "Heading" }).click();
    await tab.keyboard.press("End");
    await text.evaluate((element) => {
      const data = new DataTransfer();
      data.setData("text/html", "<i>pasted</i>");
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await text.locator("i").waitFor();
    const states: RegExp[] = [/<h2><b>one<\/b><\/h2>/, /<p><b>one<\/b><\/p>/, /<p>one/];
    for (const state of states) {
      await tab.keyboard.press("Control+z");
      assert.match((await text.innerHTML()).replaceAll("<br>", ""), state);
    }
    // files: the last word is only said when the offer is over
    const chosenMs = await painted(tab);
    for (const name of ["a.bin", "b.bin"]) {
      await attach(tab, name, 3000);
      await tab.locator(".file", { hasText: name }).getByText("sealed").waitFor();
    }
    const sealedMs = await painted(tab);
    await tab.getByRole("button", { name: "Remove a.bin" }).click();
    await tab.getByRole("button", { name: "Remove b.bin" }).and(tab.locator(":focus")).waitFor();
    await tab.getByRole("button", { name: "Undo" }).last().click();
    await tab.locator(".file", { hasText: "a.bin" }).getByText("sealed").waitFor();
    await tab.getByRole("button", { name: "Remove b.bin" }).click();
    await tab.context().setOffline(true);
    await tab.getByText("No network").waitFor();
    await tab.context().setOffline(false);
    await tab.getByText("No network").waitFor({ state: "hidden" });
    await writeText(tab, "Undone", "x");
    await draftSaved(tab);
    await painted(tab);
    const jumps = await tab.evaluate(() => (globalThis as unknown as { jumps: readonly Jump[] }).jumps);
    // what follows a press is what was asked for, and so are files that were chosen: a test chooses them without a press
    const unasked = jumps.filter(({ atMs, afterPress }) => !afterPress && (atMs < chosenMs || atMs > sealedMs));
    assert.deepEqual(unasked, []);
    const envelopeId = await reviewAndSend(tab);
    const answer = await tab.request.get(`${server.origin}/api/v1/envelopes/${envelopeId}`);
    assert.equal(((await answer.json()) as { parts: number }).parts, 1, "what was taken off is not sent");
    await tab.close();
  }
});
