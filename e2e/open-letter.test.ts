/** The open letter in a real browser: its text cannot act, its files are looked at, downloaded whole or not at all, and it is answered. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { createDraft, createTransport, createUpload, sendMessage } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import type { Account, InboxItem } from "@pli/core/wire";
import type { Download, Page } from "playwright-core";
import { loginCli, openBrowser, runAdmin, runCli, sendByCli, startServer, temporaryFolder } from "./harness.ts";
import {
  accessible,
  DESK,
  fitsWidth,
  letter,
  noFaults,
  PHONE,
  pdf,
  png,
  proveMailbox,
  type WatchedPage,
  watchedPage,
} from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const home = await loginCli({ after }, server);
const token = await runAdmin(server, ["create-token", "--member", server.ownerAddress]);
const folder = await temporaryFolder({ after });

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Opens what the CLI sends to `address`. */
async function openLetter(address: string, args: readonly string[], viewport = DESK) {
  const sent = await sendByCli(home, ["--to", address, ...args]);
  const watched = await watchedPage(browser, { viewport });
  await watched.page.goto(sent.grants[0]?.link ?? "");
  await proveMailbox(server, watched.page, address);
  await letter(watched.page).waitFor();
  return { ...watched, sent };
}

async function contentOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

async function clickAndDownload(page: Page, name: string): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return download;
}

/** A message that no honest client would write, straight from the SDK. @returns its link */
async function sendHtml(
  html: string,
  from = { name: "<script>window.ran = 1</script>", address: server.ownerAddress },
): Promise<string> {
  const t = createTransport({ origin: server.origin, fetch, token });
  const account = await t.json<Account>("GET", "/api/v1/me");
  assert.ok(account.keyring);
  const { draft, contentKey } = await createDraft(t, nodeCrypto);
  const upload = createUpload(t, nodeCrypto, { ...draft, contentKey });
  const { links } = await sendMessage(t, nodeCrypto, {
    draft,
    contentKey,
    upload,
    account: { keyring: account.keyring },
    message: {
      subject: '<img src=x onerror="window.ran = 1">',
      html,
      text: "plain",
      from,
      recipients: [{ address: "reader@courriel.example", type: "to" }],
      attachments: [],
    },
    policy: {
      openings: 1,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      language: "en",
      delivery: "link",
      notify: "never",
    },
  });
  return links[0]?.link ?? "";
}

/** The inert document has the page's policy, which reports what it would have refused. */
function withoutRefusals({ page, faults }: WatchedPage): WatchedPage {
  return { page, faults: faults.filter((fault) => !/violates the following Content Security Policy/.test(fault)) };
}

const HOSTILE = `<h1>Title</h1><p>Plain <b>bold</b> <a href="https://evil.example/x">https://bank.example</a>
<a href="javascript:window.ran=1">script link</a> <a href="/app/">relative</a>
<a href="mailto:%E0%A4%A@evil.example">broken</a> <a href="mailto:%E2%80%AEelpmaxe.knab@evil.example">turned</a></p>
<script>window.ran = 1</script><img src="https://evil.example/pixel.png" onerror="window.ran=1"><svg onload="window.ran=1"><text>in svg</text></svg>
<style>body{display:none}</style><link rel="stylesheet" href="https://evil.example/x.css"><base href="https://evil.example/">
<iframe src="https://evil.example/"></iframe><form action="https://evil.example/"><input name="code"><button>Enter your password</button></form>
<div style="position:fixed;inset:0" class="btn btn--primary" id="subject" onclick="window.ran=1">cover</div>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.ran=1&gt;"></table></mtext></math>
<template><script>window.ran=1</script></template><meta http-equiv="refresh" content="0;url=https://evil.example/">
<video src="https://evil.example/v" autoplay></video><object data="https://evil.example/o"></object><ul><li>one<li>two</ul>`;

test("M14: hostile HTML runs nothing, loads nothing, and cannot imitate the page", async () => {
  const link = await sendHtml(HOSTILE);
  const watched = await watchedPage(browser);
  const { page } = watched;
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.origin) && !request.url().startsWith("blob:")) foreign.push(request.url());
  });
  // the test must see into what the page keeps closed
  await page.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      assertClosed(init.mode);
      return attach.call(this, { ...init, mode: "open" });
    };
    function assertClosed(mode: string) {
      if (mode !== "closed") throw new Error("the body is not closed");
    }
  });
  await page.goto(link);
  await page.getByRole("button", { name: "Read the message" }).click();
  await letter(page).waitFor();
  const seen = await page.evaluate(() => {
    const root = document.querySelector(".letter__text")?.shadowRoot;
    const elements = [...(root?.querySelectorAll("*") ?? [])];
    return {
      ran: "ran" in window,
      names: [...new Set(elements.map((element) => element.localName))].sort(),
      attributes: [...new Set(elements.flatMap((element) => element.getAttributeNames()))].sort(),
      links: elements.filter((element) => element instanceof HTMLAnchorElement).map((element) => element.href),
      rel: root?.querySelector("a[href]")?.getAttribute("rel"),
      text: root?.textContent ?? "",
      hostOrder: getComputedStyle(root?.querySelector(".host") ?? document.body).unicodeBidi,
    };
  });
  assert.equal(seen.ran, false);
  assert.deepEqual(seen.names, ["a", "b", "h2", "li", "p", "span", "ul"]);
  assert.deepEqual(seen.attributes, ["class", "href", "rel", "target"]);
  const mails = ["mailto:%E0%A4%A@evil.example", "mailto:%E2%80%AEelpmaxe.knab@evil.example"];
  assert.deepEqual(seen.links, ["https://evil.example/x", "", "", ...mails]);
  assert.match(seen.text, /broken \(%E0%A4%A@evil\.example\)/);
  assert.doesNotMatch(seen.text, /\u202e/);
  assert.equal(seen.hostOrder, "isolate");
  assert.equal(seen.rel, "noopener noreferrer");
  assert.match(seen.text, /https:\/\/bank\.example \(evil\.example\)/);
  assert.doesNotMatch(seen.text, /Enter your password|window\.ran|in svg/);
  assert.deepEqual(foreign, []);
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), '<img src=x onerror="window.ran = 1">');
  noFaults(withoutRefusals(watched));
});

test("M14: HTML that would be millions of nodes, or nests without end, is read at once", async () => {
  const bold = Array.from({ length: 300 }, (_, index) => `<b a=${index}>`).join("");
  const said = '<p>so <b>it <i>is</i></b> <a href="https://b.example/">there</a></p>';
  for (const [html, shown] of [
    [`${said}<p>${bold}</p>${"<p>x</p>".repeat(5000)}`, "<b>it <i>is</i></b> <a "],
    [`${said}${"<table><tr><td>".repeat(30_000)}`, "<p>plain</p>"],
  ] as const) {
    const link = await sendHtml(html);
    const { page } = await watchedPage(browser);
    // the test must see into what the page keeps closed
    await page.addInitScript(() => {
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (init) {
        return attach.call(this, { ...init, mode: "open" });
      };
    });
    await page.goto(link);
    await page.getByRole("button", { name: "Read the message" }).click();
    await letter(page).waitFor();
    const body = await page.evaluate(() => document.querySelector(".letter__text")?.shadowRoot?.innerHTML ?? "");
    assert.ok(body.includes(shown), body.slice(0, 200));
    await page.close();
  }
});

for (const [name, viewport] of Object.entries({ "360 px": PHONE, "1280 px": DESK })) {
  test(`M14: a message that names another sender shows who sent it, and a warning, at ${name}`, async () => {
    const link = await sendHtml("<p>Pay today</p>", { name: "The Mayor", address: "mayor@ville-aubrelune.example" });
    const watched = await watchedPage(browser, { viewport });
    const { page } = watched;
    await page.goto(link);
    await page.getByRole("button", { name: "Read the message" }).click();
    await letter(page).waitFor();
    await page.getByText("This message names another sender").waitFor();
    const warning = (await page.locator(".letter__body .banner").textContent()) ?? "";
    assert.match(warning, /comes from mayor@ville-aubrelune\.example, but it was sent by owner@example\.org/);
    assert.equal(await page.locator(".letter__head b").textContent(), server.ownerAddress);
    assert.equal(await page.getByText("The Mayor").count(), 0);
    assert.equal(await page.getByRole("button", { name: /^Reply to/ }).textContent(), "Reply to owner@example.org");
    const heading = page.getByRole("heading", { level: 1 });
    assert.equal(await heading.getAttribute("aria-describedby"), "claim", "heard by who cannot see it");
    await accessible(page);
    await fitsWidth(page);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.ok(await page.getByText("This message names another sender").isVisible(), "the warning is on paper too");
    assert.ok(await page.getByText(/but it was sent by owner@example\.org/).isVisible());
    assert.equal(await page.getByRole("button").filter({ visible: true }).count(), 0, "paper has no buttons");
    assert.equal(await page.getByText(/This is the last opening/).isVisible(), false, "nor a clock");
    const ink = await heading.evaluate((title) => getComputedStyle(title).color);
    assert.equal(ink, "rgb(22, 32, 58)", "dark ink, whatever the screen's theme");
    noFaults(withoutRefusals(watched));
  });
}

test("M14: a sender's own address in other letters is no other sender", async () => {
  const link = await sendHtml("<p>x</p>", { name: "Owner", address: "OWNER@Example.org" });
  const { page } = await watchedPage(browser);
  await page.goto(link);
  await page.getByRole("button", { name: "Read the message" }).click();
  await letter(page).waitFor();
  assert.equal(await page.getByText("names another sender").count(), 0);
});

test("M14: pictures, the pages of a PDF and texts are looked at in the page", async () => {
  const args = [
    "--subject",
    "Previews",
    "--text",
    "See below",
    "--attach",
    await file("Photo été.png", png(640, 360, [180, 60, 90])),
  ];
  args.push("--attach", await file("Report.pdf", pdf(["First page", "Second page"])));
  args.push("--attach", await file("Notes.txt", "Été à l’œuvre\n".repeat(40)));
  args.push(
    "--attach",
    await file("drawing.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>window.ran = 1</script></svg>'),
  );
  const watched = await openLetter("looker@courriel.example", args, PHONE);
  const { page } = watched;
  const preview = (name: string) => page.getByRole("button", { name: `Preview ${name}` });
  await preview("Photo été.png").click();
  const picture = page.getByRole("img", { name: "Picture: Photo été.png" });
  await picture.waitFor();
  assert.equal(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)), 640);
  await preview("Report.pdf").click();
  await page.getByText("Page 1 of 2").waitFor();
  await page.getByText("First page").waitFor({ state: "attached" });
  assert.ok(await page.locator(".pdf canvas").evaluate((canvas: HTMLCanvasElement) => canvas.width > 300));
  await page.getByRole("button", { name: "Next page" }).click();
  await page.getByText("Second page").waitFor({ state: "attached" });
  await accessible(page);
  await preview("Notes.txt").click();
  await page.getByRole("textbox", { name: "Notes.txt" }).waitFor();
  assert.match(await page.getByRole("textbox", { name: "Notes.txt" }).inputValue(), /^Été à l’œuvre\n/);
  assert.equal(await preview("drawing.svg").count(), 0, "an SVG may carry script: it is only downloaded");
  await accessible(page);
  await fitsWidth(page);
  noFaults(watched);
});

test("M14: one file and all as a ZIP arrive whole, and only then are called verified", async () => {
  await mkdir(join(folder, "more"), { recursive: true });
  const big = randomBytes(3_000_000);
  const first = await file("données.bin", big);
  const second = await file(join("more", "données.bin"), "the other one");
  const args = ["--subject", "Files", "--text", "Two of one name", "--attach", first, "--attach", second];
  const watched = await openLetter("downloader@courriel.example", args);
  const { page } = watched;
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download données.bin" }).first().click(),
  ]);
  assert.equal(download.suggestedFilename(), "données.bin");
  assert.deepEqual(await contentOf(download), big);
  await page.locator(".done-line", { hasText: "complete and verified" }).waitFor();
  const zip = await clickAndDownload(page, "Download all (ZIP)");
  const bytes = await contentOf(zip);
  assert.equal(zip.suggestedFilename(), "attachments.zip");
  assert.ok(bytes.includes(big) && bytes.includes(Buffer.from("the other one")), "a ZIP that stores its files");
  assert.ok(bytes.includes(Buffer.from("données (2).bin")), "two of one name both stay");
  noFaults(watched);
});

test("M14: a lost connection is told, and the download goes on by itself to the last byte", async () => {
  const content = randomBytes(5_000_000);
  const path = await file("resumed.bin", content);
  const watched = await openLetter("resumer@courriel.example", ["--subject", "s", "--text", "t", "--attach", path]);
  const { page } = watched;
  let cuts = 0;
  await page.context().route(/\/parts\/1\/content$/, async (route) => {
    if (cuts++ < 2) return route.abort("connectionreset");
    return route.continue();
  });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download resumed.bin" }).click(),
    page.getByText("connection lost, going on by ourselves").waitFor(),
  ]);
  assert.deepEqual(await contentOf(download), content);
  assert.equal(cuts, 3);
});

test("M14, Z4: a big file goes by the browser's own disk, or straight to the place that was chosen", async () => {
  const content = randomBytes(70_000_000);
  const path = await file("big.bin", content);
  const address = "big@courriel.example";
  const sent = await sendByCli(home, ["--to", address, "--subject", "s", "--text", "t", "--attach", path]);
  const watched = await watchedPage(browser);
  const { page } = watched;
  // a place that the test can look into stands for the system's dialog, which nobody could answer here
  await page.addInitScript(() => {
    const choose = async ({ suggestedName }: { suggestedName: string }) => {
      const root = await navigator.storage.getDirectory();
      return root.getFileHandle(suggestedName, { create: true });
    };
    Object.defineProperty(window, "showSaveFilePicker", { value: choose, configurable: true });
  });
  await page.goto(sent.grants[0]?.link ?? "");
  await proveMailbox(server, page, address);
  await page.getByRole("button", { name: "Download big.bin" }).click();
  await page.locator(".done-line").waitFor();
  const chosen = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const bytes = await (await (await root.getFileHandle("big.bin")).getFile()).arrayBuffer();
    return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))];
  });
  const digest = [...createHash("sha256").update(content).digest()];
  assert.deepEqual(chosen, digest);

  await page.evaluate(() => delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker);
  const download = await clickAndDownload(page, "Download big.bin again");
  assert.deepEqual(
    [
      ...createHash("sha256")
        .update(await contentOf(download))
        .digest(),
    ],
    digest,
  );
  const left = await page.evaluate(async () => {
    const names: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
    return names.filter((name) => name.startsWith("download-")).length;
  });
  assert.equal(left, 1, "it went over the browser's disk");
  noFaults(watched);
});

test("M14, Z2: a file that was changed on the way is neither saved nor called complete", async () => {
  const path = await file("changed.bin", randomBytes(600_000));
  const { page } = await openLetter("tampered@courriel.example", ["--subject", "s", "--text", "t", "--attach", path]);
  let downloads = 0;
  page.on("download", () => downloads++);
  await page.context().route(/\/parts\/1\/content$/, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 300] = (body[body.length - 300] ?? 0) ^ 1;
    await route.fulfill({ response, body });
  });
  await page.getByRole("button", { name: "Download changed.bin" }).click();
  await page.getByText("changed on the way: not saved").waitFor();
  assert.equal(downloads, 0);
  assert.equal(await page.locator(".done-line").count(), 0);
});

test("M16, Z13: a reply with text and a file reaches the sender sealed", async () => {
  const watched = await openLetter("answerer@courriel.example", ["--subject", "Question", "--text", "Well?"]);
  const { page, sent } = watched;
  await page.getByRole("button", { name: /^Reply to/ }).click();
  const text = page.getByRole("textbox", { name: "Your text" });
  await text.click();
  await page.keyboard.type("Here is my answer.");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Bold" }).click();
  await page.keyboard.type("Urgent");
  assert.match((await text.locator("b").textContent()) ?? "", /^\u200b?Urgent$/);
  const attached = png(20, 20, [1, 2, 3]);
  await page.locator("input[type=file]").setInputFiles({ name: "Proof.png", mimeType: "image/png", buffer: attached });
  await page.getByText("sealed and ready").first().waitFor();
  await accessible(page);
  await page.getByRole("button", { name: "Send sealed" }).click();
  await page.getByRole("heading", { name: "Your reply is on its way" }).waitFor();
  await accessible(page);
  noFaults(watched);

  const listed = await runCli(["inbox", "--json"], { home });
  const [item] = JSON.parse(listed.stdout) as InboxItem[];
  assert.ok(item);
  assert.equal(item.inReplyTo, sent.envelopeId);
  assert.equal(item.from.address, "answerer@courriel.example");
  const out = join(folder, "reply");
  const read = await runCli(["inbox", item.envelopeId, "--out", out], { home });
  assert.equal(read.status, 0, read.stderr);
  const names = await readdir(out, { recursive: true });
  const proof = names.find((name) => name.endsWith("Proof.png"));
  assert.ok(proof, names.join(", "));
  const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  assert.equal(digest(await readFile(join(out, proof))), digest(attached));
  const bodies = await Promise.all(
    names.filter((name) => /\.(txt|html)$/.test(name)).map((name) => readFile(join(out, name), "utf8")),
  );
  assert.ok(bodies.some((body) => body.includes("Here is my answer.")));
  assert.ok(bodies.some((body) => body.includes("Urgent")));
});

test("M16: what is pasted into a reply brings its words and marks, nothing that acts or loads", async () => {
  const watched = await openLetter("paster@courriel.example", ["--subject", "s", "--text", "t"]);
  const { page } = watched;
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.origin) && !request.url().startsWith("blob:")) foreign.push(request.url());
  });
  await page.getByRole("button", { name: /^Reply to/ }).click();
  const text = page.getByRole("textbox", { name: "Your text" });
  await text.click();
  await page.evaluate((html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "plain");
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, cancelable: true, bubbles: true }),
    );
  }, HOSTILE);
  await text.locator("b").waitFor();
  const names = await text.evaluate((root) => [
    ...new Set([...root.querySelectorAll("*")].map((one) => one.localName)),
  ]);
  for (const name of ["script", "img", "style", "iframe", "form", "svg", "link"])
    assert.ok(!names.includes(name), name);
  assert.match((await text.textContent()) ?? "", /Plain bold/);
  assert.equal(await page.evaluate(() => "ran" in window), false);
  assert.deepEqual(foreign, []);
  noFaults(withoutRefusals(watched));
});

test("M16: what is written is not thrown away without a question", async () => {
  const { page } = await openLetter("careful@courriel.example", ["--subject", "s", "--text", "t"]);
  await page.getByRole("button", { name: /^Reply to/ }).click();
  await page.getByRole("button", { name: "Send sealed" }).click();
  await page.getByText("Write something or add a file first.").waitFor();
  await page.getByRole("textbox", { name: "Your text" }).click();
  await page.keyboard.type("Not yet");
  await page.getByRole("button", { name: "Do not reply" }).click();
  const dialog = page.getByRole("dialog", { name: "Throw this reply away?" });
  await dialog.waitFor();
  await accessible(page);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await page.getByRole("textbox", { name: "Your text" }).textContent(), "Not yet");
  await page.getByRole("button", { name: "Do not reply" }).click();
  await page.getByRole("button", { name: "Throw it away" }).click();
  await page.getByRole("button", { name: /^Reply to/ }).waitFor();
});

test("M14: a printed letter shows the letter alone", async () => {
  const path = await file("p.txt", "x");
  const { page } = await openLetter("printer@courriel.example", [
    "--subject",
    "s",
    "--text",
    "Words",
    "--attach",
    path,
  ]);
  const buttons = ["Print the letter", "Download p.txt", "Reply to owner@example.org"];
  for (const name of buttons) await page.getByRole("button", { name }).waitFor();
  await page.emulateMedia({ media: "print" });
  for (const name of buttons) assert.equal(await page.getByRole("button", { name }).isVisible(), false, name);
  assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
  await page.emulateMedia({ media: "screen" });
});
