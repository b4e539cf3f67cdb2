/** What journeys of recipients share: a page that reports every fault of its own, the steps people take, files to look at. */
import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import type { BrowserContextOptions, Page } from "playwright-core";
import { codeFor, type RunningServer, type TestBrowser } from "./harness.ts";

export { accessible } from "./harness/accessible.ts";

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 800 };

/** A page that keeps what went wrong in it: exceptions, refused content, messages of the console. */
export interface WatchedPage {
  readonly page: Page;
  readonly faults: string[];
}

/** Browsers print these for answers that the page expects and explains. */
const EXPECTED = /Failed to load resource: the server responded with a status of 4\d\d|Permissions-Policy header/;

export async function watchedPage(browser: TestBrowser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const page = await browser.newPage(options);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !EXPECTED.test(message.text())) faults.push(message.text());
  });
  return { page, faults };
}

export function noFaults({ faults }: WatchedPage): void {
  assert.deepEqual(faults, []);
}

/** Nothing is wider than the page. */
export async function fitsWidth(page: Page): Promise<void> {
  const [content, view] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(Number(content) <= Number(view), `content is ${content} px wide in ${view}`);
}

/** From the landing to the code step. */
export async function askCode(page: Page): Promise<void> {
  await page.getByRole("button", { name: /code by mail|code par courriel|code per e-mail/i }).click();
  await codeField(page).waitFor();
}

export function codeField(page: Page) {
  return page.locator('input[autocomplete="one-time-code"]');
}

/** From the landing through the code. @param seen mails that were used before */
export async function proveMailbox(
  server: Pick<RunningServer, "origin">,
  page: Page,
  address: string,
  seen = new Set<string>(),
): Promise<void> {
  await askCode(page);
  await codeField(page).fill(await codeFor(server, address, seen));
}

/** The letter is open. */
export function letter(page: Page) {
  return page.locator("article.letter--open");
}

/** A picture of one colour. */
export function png(width: number, height: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([red, green, blue]))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    signature,
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const sized = Buffer.alloc(4);
  sized.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([sized, body, sum]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A PDF of as many pages as there are lines of text, one on each. */
export function pdf(texts: readonly string[]): Buffer {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>"];
  const kids = texts.map((_, index) => `${4 + index * 2} 0 R`).join(" ");
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${texts.length} >>`);
  objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  texts.forEach((text, index) => {
    const content = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`;
    const stream = `${5 + index * 2} 0 R`;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${stream} >>`,
    );
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  });
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const end = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${end}\n%%EOF\n`;
  return Buffer.from(body, "latin1");
}
