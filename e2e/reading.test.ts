/** What one reads, hears and sees of a message's files: sound, film, what is to look at only, the ZIP of all, the printed letter; and how many clicks it takes. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { addPeople, openWriting, reviewAndSend, signIn, welcome, withoutHold } from "./app-journey.ts";
import { linkFor, loginCli, openBrowser, runCli, sendByCli, startServer, temporaryFolder } from "./harness.ts";
import { keepLook } from "./looks.ts";
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
const folder = await temporaryFolder({ after });

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** A tone of so many seconds: 8 kHz, 8 bit, one channel. */
function wav(seconds: number): Buffer {
  const samples = Buffer.from(Uint8Array.from({ length: 8000 * seconds }, (_, at) => 128 + 60 * Math.sin(at / 3)));
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** A film, recorded by the browser itself: no recorder is part of the system. */
async function film(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    canvas.width = 64;
    canvas.height = 48;
    const context = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
    const pieces: Blob[] = [];
    recorder.ondataavailable = ({ data }) => void pieces.push(data);
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    await new Promise<void>((done) => {
      let frame = 0;
      const draw = () => {
        if (context) context.fillStyle = `rgb(${(frame * 20) % 255} 80 120)`;
        context?.fillRect(0, 0, 64, 48);
        if (frame++ < 30) requestAnimationFrame(draw);
        else done();
      };
      draw();
    });
    recorder.stop();
    await stopped;
    return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
  });
  return Buffer.from(bytes);
}

/** How many colours a canvas shows: a picture of one colour with a watermark has more. */
function colours(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4)
      seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    return seen.size;
  });
}

/** Clicks of a person's hand: what the script does by itself is not one. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  let clicks = 0;
  await page.exposeFunction("countOne", () => {
    clicks += 1;
  });
  await page.addInitScript(() => {
    addEventListener(
      "pointerdown",
      ({ isTrusted }) => isTrusted && (globalThis as unknown as { countOne(): void }).countOne(),
      true,
    );
  });
  return async () => clicks;
}

test("M1, M12, M15: sending with a file to look at only, and reading it, take few clicks", async (t) => {
  const author = await watchedPage(browser, { viewport: DESK });
  await signIn(author.page, server);
  await welcome(author.page);
  // the system's own dialog cannot be answered here; the browser's can
  await author.page.addInitScript("delete window.showOpenFilePicker");
  const writing = await countClicks(author.page);
  await openWriting(author.page, server);
  const { page } = author;
  await addPeople(page, "ines@courriel.example");
  await page.getByLabel("Subject").focus();
  await page.keyboard.type("Your plan");
  await page.keyboard.press("Tab");
  await page.locator(".write").focus();
  await page.keyboard.type("Here it is.");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Choose files" }).click(),
  ]);
  await chooser.setFiles([
    { name: "plan.png", mimeType: "image/png", buffer: png(320, 200, [20, 120, 90]) },
    { name: "data.bin", mimeType: "application/octet-stream", buffer: randomBytes(2000) },
  ]);
  await page.locator(".file", { hasText: "sealed" }).nth(1).waitFor();
  assert.equal(await page.getByRole("button", { name: "View only: data.bin" }).count(), 0, "no page can show it");
  await page.getByRole("button", { name: "View only: plan.png" }).click();
  await page.getByText("Readers see it in the page").waitFor();
  await accessible(page);
  await keepLook(page, "compose-view-only");
  // nobody waits half a minute here for what could be taken back
  await withoutHold(page);
  await reviewAndSend(page);
  const sending = await writing();
  noFaults(author);

  const reader = await watchedPage(browser, { viewport: PHONE });
  const opening = await countClicks(reader.page);
  await reader.page.goto(await linkFor(server, "ines@courriel.example"));
  await proveMailbox(server, reader.page, "ines@courriel.example");
  await letter(reader.page).waitFor();
  const reading = await opening();
  await reader.page.getByRole("button", { name: "Show plan.png" }).waitFor();
  assert.equal(await reader.page.getByRole("button", { name: /^Download plan/ }).count(), 0);
  noFaults(reader);
  // marking the file is one more than sending it
  t.diagnostic(
    `clicks to send with an attachment: ${sending - 1} (at most 4); to read: ${reading} and the code (at most 3)`,
  );
  assert.ok(sending - 1 <= 4, `${sending - 1} clicks to send`);
  assert.ok(reading <= 3, `${reading} clicks to read`);
});

test("M14, M15: sound and film play; what is to look at only bears the reader's address, and is neither saved, zipped nor printed", async () => {
  const home = await loginCli({ after }, server);
  const address = "joaquim.herbelot@courriel.example";
  const recorder = await watchedPage(browser);
  await recorder.page.goto(server.origin);
  const attachments = [
    await file("tone.wav", wav(3)),
    await file("film.webm", await film(recorder.page)),
    await file("plan.bin", randomBytes(4000)),
    await file("plan.png", png(640, 360, [180, 60, 90])),
    await file("contract.pdf", pdf(["Only for you"])),
    await file("terms.txt", "Été à l’œuvre\n".repeat(9)),
  ];
  const viewOnly = ["plan.png", "contract.pdf", "terms.txt"];
  const args = ["--to", address, "--subject", "Plans", "--text", "Please look."];
  for (const path of attachments) args.push("--attach", path);
  for (const name of viewOnly) args.push("--view-only", name);
  const refused = await runCli(["send", ...args, "--view-only", "plan.bin"], { home });
  assert.equal(refused.status, 2, "no page can show it");
  assert.equal((await runCli(["send", ...args, "--view-only", "other.pdf"], { home })).status, 2, "there is none");
  const sent = await sendByCli(home, [...args, "--openings", "3"]);
  const link = sent.grants[0]?.link ?? "";

  const watched = await watchedPage(browser, { viewport: PHONE });
  const { page } = watched;
  await page.goto(link);
  await proveMailbox(server, page, address);
  await letter(page).waitFor();
  await page.getByRole("button", { name: "Preview tone.wav" }).click();
  const sound = page.locator("audio");
  await sound.waitFor();
  const sought = await sound.evaluate(async (audio: HTMLAudioElement) => {
    if (audio.readyState < 1) await new Promise((loaded) => audio.addEventListener("loadedmetadata", loaded));
    const done = new Promise((seeked) => audio.addEventListener("seeked", seeked));
    audio.currentTime = 2;
    await done;
    return { duration: audio.duration, at: audio.currentTime };
  });
  assert.deepEqual(sought, { duration: 3, at: 2 });
  await accessible(page);
  await page.getByRole("button", { name: "Preview film.webm" }).click();
  const wide = await page.locator("video").evaluate(async (video: HTMLVideoElement) => {
    if (video.readyState < 2) await new Promise((loaded) => video.addEventListener("loadeddata", loaded));
    return video.videoWidth;
  });
  assert.equal(wide, 64);

  for (const name of viewOnly) assert.equal(await page.getByRole("button", { name: `Download ${name}` }).count(), 0);
  const show = (name: string) => page.getByRole("button", { name: `Show ${name}` });
  await show("plan.png").click();
  await page.getByRole("img", { name: "Picture: plan.png" }).waitFor();
  await page.waitForFunction(() => Number(document.querySelector<HTMLCanvasElement>(".preview__image")?.width) === 640);
  assert.ok((await colours(page, ".preview__image")) > 20, "a watermark stands in the picture itself");
  await keepLook(page, "view-only-picture-360");
  await show("contract.pdf").click();
  await page.getByText("Only for you").waitFor({ state: "attached" });
  assert.ok((await colours(page, ".pdf canvas")) > 20);
  await accessible(page);
  await page.setViewportSize(DESK);
  await keepLook(page, "view-only-pdf-1280");
  await show("terms.txt").click();
  await page.getByRole("img", { name: `${address}, ` }).waitFor();
  assert.match(await page.getByRole("textbox", { name: "terms.txt" }).inputValue(), /^Été à l’œuvre/);
  await accessible(page);
  await fitsWidth(page);
  await keepLook(page, "view-only-text-1280");

  const [zip] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download all (ZIP)" }).click(),
  ]);
  const packed = await readFile(await zip.path());
  for (const name of ["tone.wav", "film.webm", "plan.bin"]) assert.ok(packed.includes(Buffer.from(name)), name);
  for (const name of viewOnly) assert.ok(!packed.includes(Buffer.from(name)), `${name} is in the ZIP`);

  await page.emulateMedia({ media: "print" });
  await page.getByRole("heading", { name: "Plans" }).waitFor();
  assert.ok(((await page.locator(".letter__text").boundingBox())?.height ?? 0) > 10, "the text stays");
  for (const name of ["tone.wav", ...viewOnly]) await page.locator(".file__name", { hasText: name }).waitFor();
  assert.equal(await page.locator("button:visible, summary:visible, .file__preview:visible").count(), 0);
  await keepLook(page, "print");
  noFaults(watched);

  const out = join(folder, "out");
  const linked = await sendByCli(home, [...args, "--delivery", "link"]);
  const opened = await runCli(["open", linked.grants[0]?.link ?? "", "--out", out, "--json"], { home });
  assert.equal(opened.status, 0, opened.stderr);
  assert.deepEqual((await readdir(out)).sort(), ["film.webm", "message.txt", "plan.bin", "tone.wav"]);
  const told = JSON.parse(opened.stdout) as { attachments: { name: string; path?: string; restriction?: string }[] };
  for (const one of told.attachments) {
    assert.equal(one.restriction, viewOnly.includes(one.name) ? "view-only" : undefined, one.name);
    assert.equal(one.path === undefined, viewOnly.includes(one.name), one.name);
  }
  assert.match(opened.stderr, /plan\.png is to look at only/);
});
