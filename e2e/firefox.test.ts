/** A message read in a real Firefox: another engine, its own cryptography, cookies, workers and downloads. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { openFirefox } from "./harness/firefox.ts";
import { codeFor, loginCli, sendByCli, startServer, temporaryFolder } from "./harness.ts";

const server = await startServer({ after });
const home = await loginCli({ after }, server);
const { page, downloadFolder } = await openFirefox({ after });

/** When it is there with as many bytes. */
async function downloaded(name: string, sizeBytes: number): Promise<Buffer> {
  const deadlineMs = performance.now() + 30_000;
  for (;;) {
    const content = await readFile(join(downloadFolder, name)).catch(() => Buffer.alloc(0));
    if (content.length >= sizeBytes || performance.now() > deadlineMs) return content;
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

test("M12, M13, M14: landing, code, password, letter and download in Firefox", async () => {
  const address = "fox@courriel.example";
  const folder = await temporaryFolder({ after });
  const content = randomBytes(3_000_000);
  const attachment = join(folder, "données.bin");
  const passwordFile = join(folder, "password");
  await writeFile(attachment, content);
  await writeFile(passwordFile, "Tournesol 48 été", { mode: 0o600 });
  const message = [
    "--to",
    address,
    "--subject",
    "From afar",
    "--text",
    "Read in Firefox",
    "--language",
    "en",
    "--openings",
    "1",
  ];
  const sent = await sendByCli(home, [...message, "--attach", attachment, "--password-file", passwordFile]);
  await page.goto(sent.grants[0]?.link ?? "");
  await page.click("button", "code by mail");
  await page.until(`document.activeElement?.getAttribute("autocomplete") === "one-time-code"`);
  await page.type(await codeFor(server, address));
  await page.until(`document.activeElement?.type === "password"`);
  await page.type("Tournesol 48 été");
  await page.click("button", "Read the message");
  assert.equal(await page.until(`document.querySelector("article.letter--open h1")?.textContent`), "From afar");
  await page.click("button[aria-label='Download données.bin']");
  await page.until(
    `[...document.querySelectorAll(".done-line")].some((line) => line.textContent.includes("complete and verified"))`,
  );
  assert.ok(content.equals(await downloaded("données.bin", content.length)), "the file is whole");
  // the only opening is used; this device may come back while it lasts
  await page.goto("about:blank");
  await page.goto(sent.grants[0]?.link ?? "");
  await page.click("button", "Go on reading");
  await page.until(`document.activeElement?.type === "password"`);
  await page.type("Tournesol 48 été");
  await page.click("button", "Read the message");
  assert.equal(await page.until(`document.querySelector("article.letter--open h1")?.textContent`), "From afar");
});
