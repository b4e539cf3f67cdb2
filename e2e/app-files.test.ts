/** Files in a real browser, every way in and the way back: dropped, pasted, a folder; looked at in what was received. */
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { openWriting, signIn, welcome } from "./app-journey.ts";
import { loginCli, openBrowser, sendByCli, startServer, temporaryFolder } from "./harness.ts";
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
  watchedPage,
} from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const watched = await watchedPage(browser);
const { page } = watched;
await signIn(page, server);
await welcome(page);

const folder = join(await temporaryFolder({ after }), "Dossier été");
await mkdir(join(folder, "plans", "old"), { recursive: true });
await writeFile(join(folder, "read me.txt"), "first");
await writeFile(join(folder, "plans", "cellar.txt"), "second");
await writeFile(join(folder, "plans", "old", "roof.txt"), "third");
await writeFile(join(folder, ".DS_Store"), "litter");
await writeFile(join(folder, "plans", "Thumbs.db"), "litter");
const IN_FOLDER = ["Dossier été/plans/cellar.txt", "Dossier été/plans/old/roof.txt", "Dossier été/read me.txt"];

async function begin(): Promise<void> {
  await page.goto("about:blank");
  await openWriting(page, server);
}

/** The names of the files that are sealed, when there are `count` of them. */
async function sealedNames(count: number): Promise<string[]> {
  await page
    .locator(".file .done-line")
    .nth(count - 1)
    .waitFor();
  return (await page.locator(".file__name").allTextContents()).map((name) => name.trim()).sort();
}

/** Drops from the system's file manager, as the browser itself is told of it: over the page first, then let go. */
async function dropFromSystem(tab: Page, paths: readonly string[], at: { x: number; y: number }): Promise<void> {
  const client = await tab.context().newCDPSession(tab);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  await client.send("Input.dispatchDragEvent", { type: "dragEnter", ...at, data });
  await client.send("Input.dispatchDragEvent", { type: "dragOver", ...at, data });
  await tab.locator(".dropping").waitFor();
  await client.send("Input.dispatchDragEvent", { type: "drop", ...at, data });
  await client.detach();
}

test("M1: a file and a folder are dropped anywhere on the page, folders with what is in them", async () => {
  await begin();
  const loose = join(folder, "..", "loose.txt");
  await writeFile(loose, "loose");
  const text = await page.locator(".write").boundingBox();
  assert.ok(text);
  await dropFromSystem(page, [loose, folder], { x: text.x + 40, y: text.y + 20 });
  assert.deepEqual(await sealedNames(4), [...IN_FOLDER, "loose.txt"]);
  assert.equal(await page.locator(".dropping").count(), 0);
  assert.doesNotMatch((await page.locator(".write").textContent()) ?? "", /loose/, "no name of a file in the text");
  await accessible(page);
  noFaults(watched);
});

test("M1: the picker takes a whole folder", async () => {
  await begin();
  await page.locator(".drop input[webkitdirectory]").setInputFiles(folder);
  assert.deepEqual(await sealedNames(3), IN_FOLDER);
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    await accessible(page);
    await fitsWidth(page);
  }
  noFaults(watched);
});

test("M1: files are pasted wherever the cursor is; pasted words stay words", async () => {
  await begin();
  const paste = (selector: string, name: string, type: string, words = "") =>
    page.locator(selector).evaluate(
      (element, given) => {
        const data = new DataTransfer();
        data.items.add(new File([`content of ${given.name}`], given.name, { type: given.type }));
        if (given.words) {
          // as office programs copy: the words, and a picture of them
          data.setData("text/html", `<p>${given.words}</p>`);
          data.setData("text/rtf", given.words);
        }
        element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      },
      { name, type, words },
    );
  await page.locator(".write").click();
  await paste(".write", "contract.pdf", "application/pdf");
  await paste("body", "screen.png", "image/png");
  await paste(".write", "of-word.png", "image/png", "Words of a document");
  assert.deepEqual(await sealedNames(2), ["contract.pdf", "screen.png"]);
  await page.locator(".write").getByText("Words of a document").waitFor();
  noFaults(watched);
});

test("M14, M25: attachments of a reply are looked at in the page: picture, PDF, text", async () => {
  const home = await loginCli({ after }, server);
  const address = "shows@courriel.example";
  const sent = await sendByCli(home, ["--to", address, "--subject", "Please show", "--text", "Show me."]);
  const recipient = await watchedPage(browser);
  await recipient.page.goto(sent.grants[0]?.link ?? "");
  await proveMailbox(server, recipient.page, address);
  await letter(recipient.page).waitFor();
  await recipient.page.getByRole("button", { name: /^Reply to/ }).click();
  await recipient.page.getByRole("textbox", { name: "Your text" }).click();
  await recipient.page.keyboard.type("Look.");
  await recipient.page.locator("input[type=file]").setInputFiles([
    { name: "Photo.png", mimeType: "image/png", buffer: png(640, 360, [40, 90, 160]) },
    { name: "Report.pdf", mimeType: "application/pdf", buffer: pdf(["First page", "Second page"]) },
    { name: "Notes.txt", mimeType: "text/plain", buffer: Buffer.from("Été à l’œuvre\n".repeat(9)) },
    { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") },
  ]);
  await recipient.page.locator(".file", { hasText: "sealed and ready" }).nth(3).waitFor();
  await recipient.page.getByRole("button", { name: "Send sealed" }).click();
  await recipient.page.getByRole("heading", { name: "Your reply is on its way" }).waitFor();

  await page.goto(`${server.origin}/app/received`);
  await page.locator(".list__link").click();
  const look = (name: string) => page.getByRole("button", { name: `Preview ${name}` });
  await look("Photo.png").click();
  const picture = page.getByRole("img", { name: "Picture: Photo.png" });
  assert.equal(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)), 640);
  await look("Report.pdf").click();
  await page.getByText("Page 1 of 2").waitFor();
  await page.getByRole("button", { name: "Next page" }).click();
  await page.getByText("Second page").waitFor({ state: "attached" });
  await accessible(page);
  await look("Notes.txt").click();
  const notes = page.getByRole("textbox", { name: "Notes.txt" });
  assert.match(await notes.inputValue(), /^Été à l’œuvre\n/);
  assert.equal(await look("drawing.svg").count(), 0, "an SVG may carry script: it is only downloaded");
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    await accessible(page);
    await fitsWidth(page);
  }
  await page.getByRole("button", { name: "Close Notes.txt" }).click();
  await notes.waitFor({ state: "detached" });
  const [zip] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download all (ZIP)" }).click(),
  ]);
  const packed = await readFile(await zip.path());
  for (const name of ["Photo.png", "Report.pdf", "Notes.txt", "drawing.svg"])
    assert.ok(packed.includes(Buffer.from(name)), name);
  await page.locator(".done-line", { hasText: "complete and verified" }).waitFor();
  noFaults(watched);
});
