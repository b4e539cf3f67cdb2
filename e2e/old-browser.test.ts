/**
 * The oldest browser that Pli serves (M19): what came to browsers after Chrome 111, Firefox 115 and Safari 16.4 is taken away from pages and workers,
 * and a message is read all the same. Not taken away is what no script can (styles, ciphers).
 */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { loginCli, openBrowser, sendByCli, startServer, temporaryFolder } from "./harness.ts";
import { letter, noFaults, pdf, proveMailbox, watchedPage } from "./open-journey.ts";

const LATER: Readonly<Record<string, readonly string[]>> = {
  Array: ["fromAsync"],
  "ArrayBuffer.prototype": ["transfer", "transferToFixedLength", "resize"],
  "Blob.prototype": ["bytes"],
  Intl: ["DurationFormat"],
  "Iterator.prototype": [
    "drop",
    "every",
    "filter",
    "find",
    "flatMap",
    "forEach",
    "map",
    "reduce",
    "some",
    "take",
    "toArray",
  ],
  Map: ["groupBy"],
  "Map.prototype": ["getOrInsert", "getOrInsertComputed"],
  Object: ["groupBy"],
  Promise: ["try", "withResolvers"],
  ReadableStream: ["from"],
  "ReadableStream.prototype": ["values"],
  "Response.prototype": ["bytes"],
  "Set.prototype": [
    "difference",
    "intersection",
    "isDisjointFrom",
    "isSubsetOf",
    "isSupersetOf",
    "symmetricDifference",
    "union",
  ],
  "String.prototype": ["isWellFormed", "toWellFormed"],
  URL: ["canParse", "parse"],
  AbortSignal: ["any"],
  Uint8Array: ["fromBase64", "fromHex"],
  "Uint8Array.prototype": ["setFromBase64", "setFromHex", "toBase64", "toHex"],
  "WeakMap.prototype": ["getOrInsert", "getOrInsertComputed"],
  globalThis: ["Float16Array", "showSaveFilePicker"],
};
const TAKEN_AWAY = Object.entries(LATER)
  .flatMap(([place, names]) => names.map((name) => `delete ${place}.${name};`))
  .concat("delete ReadableStream.prototype[Symbol.asyncIterator];", "delete globalThis.Iterator;\n")
  .join("");

const server = await startServer({ after });
const browser = await openBrowser({ after });

test("M14, M16, M19: with the oldest browser that is served one reads, looks at a PDF, keeps a file, and answers", async () => {
  const home = await loginCli({ after }, server);
  const folder = await temporaryFolder({ after });
  const [report, password] = [join(folder, "Report.pdf"), join(folder, "password")];
  await writeFile(report, pdf(["First page", "Second page"]));
  await writeFile(password, "a-word-of-mouth");
  const to = "old@courriel.example";
  const about = ["--subject", "For all", "--text", "Whatever you read it with", "--attach", report];
  const { grants } = await sendByCli(home, ["--to", to, ...about, "--password-file", password]);

  const watched = await watchedPage(browser);
  const { page } = watched;
  await page.addInitScript(TAKEN_AWAY);
  await page.route(/\/assets\/[^/]*worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: TAKEN_AWAY + (await response.text()) });
  });
  await page.goto(grants[0]?.link ?? "");
  assert.equal(await page.evaluate(() => "isWellFormed" in String.prototype || "parse" in URL), false);
  await proveMailbox(server, page, to);
  await page.getByLabel("Password", { exact: true }).fill("a-word-of-mouth");
  await page.keyboard.press("Enter");
  await letter(page).waitFor();
  await page.getByRole("button", { name: "Preview Report.pdf" }).click();
  await page.getByText("Page 1 of 2").waitFor();
  await page.getByText("First page").waitFor({ state: "attached" });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download Report.pdf" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "Report.pdf");
  await page.getByRole("button", { name: /^Reply/ }).click();
  await page.getByRole("textbox", { name: "Your text" }).fill("An answer");
  await page.getByRole("button", { name: "Send sealed", disabled: false }).click();
  await page.getByRole("heading", { name: "Your reply is on its way" }).waitFor();
  noFaults(watched);
});
