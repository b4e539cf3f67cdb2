/** A message read in a real Firefox: another engine, its own cryptography, cookies, workers and downloads. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { openFirefox } from "./harness/firefox.ts";
import { codeFor, loginCli, runCli, sendByCli, startServer, temporaryFolder } from "./harness.ts";

const server = await startServer({ after });
const home = await loginCli({ after }, server);
const { page, downloadFolder } = await openFirefox({ after });

/** When it is there as a whole, or as far as it came in half a minute. */
async function downloaded(name: string, isWhole: (content: Buffer) => boolean): Promise<Buffer> {
  const deadlineMs = performance.now() + 30_000;
  for (;;) {
    const content = await readFile(join(downloadFolder, name)).catch(() => Buffer.alloc(0));
    if (isWhole(content) || performance.now() > deadlineMs) return content;
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

const SUBJECT = `document.querySelector("article.letter--open h1")?.textContent`;

test("M3, M12, M13, M14, M16: landing, code, password, letter, preview, downloads and reply in Firefox", async () => {
  const address = "fox@courriel.example";
  const folder = await temporaryFolder({ after });
  const content = randomBytes(3_000_000);
  const attachment = join(folder, "données.bin");
  const note = join(folder, "note.txt");
  const passwordFile = join(folder, "password");
  await writeFile(attachment, content);
  await writeFile(note, "The key is under the stone.");
  await writeFile(passwordFile, "Tournesol 48 été", { mode: 0o600 });
  const sent = await sendByCli(home, [
    ...["--to", address, "--subject", "From afar", "--text", "Read in Firefox", "--language", "en", "--openings", "1"],
    ...["--attach", attachment, "--attach", note, "--password-file", passwordFile],
  ]);
  await page.goto(sent.grants[0]?.link ?? "");
  await page.click("button", "code by mail");
  await page.until(`document.activeElement?.getAttribute("autocomplete") === "one-time-code"`);
  await page.type(await codeFor(server, address));
  await page.until(`document.activeElement?.type === "password"`);
  await page.type("Tournesol 48 été");
  await page.click("button", "Read the message");
  assert.equal(await page.until(SUBJECT), "From afar");
  await page.click("button.btn", "Preview");
  await page.until(`document.querySelector(".preview__text")?.value.includes("under the stone")`);
  await page.click("button[aria-label='Download données.bin']");
  await page.until(
    `[...document.querySelectorAll(".done-line")].some((line) => line.textContent.includes("complete and verified"))`,
  );
  const isSame = (found: Buffer) => found.equals(content);
  assert.ok(isSame(await downloaded("données.bin", isSame)), "the file is whole");
  await page.click("button", "Download all (ZIP)");
  const hasBoth = (zip: Buffer) => zip.includes(content) && zip.includes("The key is under the stone.");
  assert.ok(hasBoth(await downloaded("attachments.zip", hasBoth)), "the ZIP holds both");

  await page.click("button", "Reply");
  await page.click(".rich__text[role=textbox]");
  await page.type("Found it.");
  await page.click("button", "Send sealed");
  await page.until(`document.body.innerText.includes("Your reply is on its way")`);
  const inbox = await runCli(["inbox", "--json"], { home });
  assert.ok(inbox.stdout.includes("Found it."), inbox.stdout + inbox.stderr);

  // the only opening is used; this device may come back while it lasts
  await page.goto("about:blank");
  await page.goto(sent.grants[0]?.link ?? "");
  await page.click("button", "Go on reading");
  await page.until(`document.activeElement?.type === "password"`);
  await page.type("Tournesol 48 été");
  await page.click("button", "Read the message");
  assert.equal(await page.until(SUBJECT), "From afar");
});

test("S1: a secret is shown once in Firefox", async () => {
  const made = await runCli(["secret", "--json"], { home, input: "zebra-7-river-2" });
  const { link } = JSON.parse(made.stdout) as { link: string };
  await page.goto(link);
  await page.click("button", "Show the secret");
  assert.equal(await page.until(`document.querySelector("textarea")?.value`), "zebra-7-river-2");
  await page.goto("about:blank");
  await page.goto(link);
  await page.until(`document.querySelector("h1")?.textContent === "This secret was already shown"`);
});
