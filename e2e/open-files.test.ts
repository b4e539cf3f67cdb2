/** Files of an open letter in a real browser, by hand: a download that is paused and goes on, a reply with several files, a reply that fails. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import type { InboxItem } from "@pli/core/wire";
import type { Route } from "playwright-core";
import { loginCli, openBrowser, runCli, sendByCli, startServer, temporaryFolder } from "./harness.ts";
import { accessible, DESK, fitsWidth, letter, noFaults, PHONE, proveMailbox, watchedPage } from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });
const home = await loginCli({ after }, server);
const folder = await temporaryFolder({ after });

async function openLetter(address: string, args: readonly string[], viewport = DESK) {
  const sent = await sendByCli(home, ["--to", address, "--subject", "Files", "--text", "Text.", ...args]);
  const watched = await watchedPage(browser, { viewport });
  await watched.page.goto(sent.grants[0]?.link ?? "");
  await proveMailbox(server, watched.page, address);
  await letter(watched.page).waitFor();
  return { ...watched, sent };
}

for (const [name, viewport] of Object.entries({ "360 px": PHONE, "1280 px": DESK })) {
  test(`M14: a download is paused by hand, waits as long as one likes, and goes on to the last byte, at ${name}`, async () => {
    const content = randomBytes(9_000_000);
    const path = join(folder, `plans ${viewport.width}.bin`);
    await writeFile(path, content);
    const watched = await openLetter(`pauser.${viewport.width}@courriel.example`, ["--attach", path], viewport);
    const { page } = watched;
    const file = page.locator(".file", { hasText: "plans" });
    const held: Route[] = [];
    let letGo = false;
    const whenAsked = new Promise<void>((asked) => {
      void page.context().route(/\/parts\/\d+\/content$/, (route) => {
        asked();
        if (letGo) return route.continue();
        held.push(route);
        return undefined;
      });
    });
    let arrived = false;
    page.on("download", () => {
      arrived = true;
    });
    await page.getByRole("button", { name: /^Download plans/ }).click();
    await whenAsked;
    await page.getByRole("button", { name: /^Pause plans/ }).click();
    await file.getByText("paused", { exact: true }).waitFor();
    letGo = true;
    const loaded = page.waitForEvent("requestfinished", { predicate: ({ url }) => /\/content$/.test(url()) });
    for (const route of held) await route.continue();
    // everything may be here by now: what is paused is not handed over all the same
    await Promise.race([loaded, file.getByRole("progressbar").waitFor()]);
    await accessible(page);
    await fitsWidth(page);
    await file.getByText("paused", { exact: true }).waitFor();
    assert.equal(arrived, false);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /^Go on with plans/ }).click();
    assert.deepEqual(await readFile(await (await download).path()), content);
    await file.getByText("complete and verified").waitFor();
    noFaults(watched);
  });
}

test("M14: a download that was stopped leaves nothing, and can be begun again", async () => {
  const path = join(folder, "stopped.bin");
  await writeFile(path, randomBytes(400_000));
  const watched = await openLetter("stopper@courriel.example", ["--attach", path]);
  const { page } = watched;
  let asked = 0;
  const whenAsked = new Promise<void>((first) => {
    void page.context().route(/\/parts\/\d+\/content$/, (route) => {
      asked += 1;
      first();
      return asked === 1 ? undefined : route.continue();
    });
  });
  await page.getByRole("button", { name: "Download stopped.bin" }).click();
  // stopped before it had begun, the next one would be the first
  await whenAsked;
  await page.getByRole("button", { name: "Pause stopped.bin" }).click();
  await page.getByRole("button", { name: "Stop stopped.bin" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download stopped.bin" }).click();
  await download;
  await page.locator(".file .done-line", { hasText: "complete and verified" }).waitFor();
});

test("M16: files chosen together all arrive with the reply; one that could not be sent says so and stays", async () => {
  const watched = await openLetter("several@courriel.example", []);
  const { page } = watched;
  await page.getByRole("button", { name: /^Reply to/ }).click();
  await page.getByRole("textbox", { name: "Your text" }).click();
  await page.keyboard.type("All of them.");
  const names = ["one.txt", "two.txt", "three.txt", "four.txt"];
  await page
    .locator("input[type=file]")
    .setInputFiles(names.map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) })));
  await page.locator(".file .done-line").nth(3).waitFor();
  let refuse = true;
  await page.context().route(/\/envelopes\/\w+\/send$/, (route) => {
    const body = JSON.stringify({ type: "about:blank", title: "", status: 409, code: "conflict" });
    return refuse ? route.fulfill({ status: 409, contentType: "application/problem+json", body }) : route.continue();
  });
  await page.getByRole("button", { name: "Send sealed" }).click();
  const said = page.locator(".field__error");
  await said.waitFor();
  await page.getByRole("button", { name: "Send sealed" }).waitFor();
  assert.notEqual(await said.textContent(), "", "it stays to be read when the text can be changed again");
  await accessible(page);
  refuse = false;
  await page.getByRole("button", { name: "Send sealed" }).click();
  await page.getByRole("heading", { name: "Your reply is on its way" }).waitFor();
  const listed = await runCli(["inbox", "--json"], { home });
  const [item] = JSON.parse(listed.stdout) as InboxItem[];
  assert.ok(item);
  const read = await runCli(["inbox", item.envelopeId, "--out", join(folder, "several")], { home });
  assert.equal(read.status, 0, read.stderr);
  const arrived = await readdir(join(folder, "several"), { recursive: true });
  for (const name of names)
    assert.ok(
      arrived.some((one) => one.endsWith(name)),
      arrived.join(", "),
    );
  noFaults(watched);
});
