/** What journeys of members share: the first sign-in up to the page to write, a message written as people do, a device that locks. */
import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { type RunningServer, waitForMail } from "./harness.ts";

export const PASSPHRASE = "correct horse battery staple";

/** The link of the owner, pressed. */
export async function signIn(page: Page, server: Pick<RunningServer, "ownerLink">): Promise<void> {
  await page.goto(server.ownerLink());
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Nobody waits half a minute here for what could be taken back. */
export async function withoutHold(page: Page): Promise<void> {
  await page.route("**/api/v1/envelopes/*/send", async (route) => {
    const order = route.request().postDataJSON() as Record<string, unknown>;
    await route.continue({ postData: "grants" in order ? { ...order, holdSeconds: 0 } : order });
  });
}

/** The link that the member asks for, opened in the same browser. @param seen ids of mails that were taken before */
export async function followSignInLink(
  page: Page,
  server: RunningServer,
  { address, seen }: { readonly address: string; readonly seen: Set<string> },
): Promise<void> {
  const link = /https?:\/\/\S+\/app\/sign-in#[\w-]+/;
  await page.goto(`${server.origin}/app/sign-in`);
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Send me a sign-in link" }).click();
  await page.getByRole("heading", { name: "Look at your mailbox" }).waitFor();
  const mail = await waitForMail(server, address, ({ text }) => link.test(text), seen);
  await page.goto("about:blank");
  await page.goto(link.exec(mail.text)?.[0] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Who, keys, kit left for later. */
export async function welcome(page: Page, { name = "Camille Orvanne", remember = true } = {}): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await page.getByLabel("The same once more").fill(PASSPHRASE);
  if (!remember) await page.getByRole("checkbox", { name: /Unlock by itself/ }).uncheck();
  await page.getByRole("button", { name: "Make my keys" }).click();
  await page.getByRole("button", { name: "Later" }).click();
  await page.getByRole("link", { name: "Write the first message" }).click();
  await editorReady(page);
}

export async function editorReady(page: Page): Promise<void> {
  await page.locator('.write[aria-busy="false"]').waitFor();
}

export async function openWriting(page: Page, server: Pick<RunningServer, "origin">): Promise<void> {
  await page.goto(`${server.origin}/app/write`);
  await editorReady(page);
}

export const toField = (page: Page) => page.getByRole("combobox", { name: "To" });

export async function addPeople(page: Page, people: string): Promise<void> {
  await toField(page).fill(people);
  await page.keyboard.press("Enter");
}

/** Subject and text, typed. */
export async function writeText(page: Page, subject: string, text: string): Promise<void> {
  await page.getByLabel("Subject").fill(subject);
  await page.locator(".write").click();
  await page.keyboard.type(text);
}

/** Files by the picker's input. `megabytes` of noise each. */
export async function attach(page: Page, name: string, sizeBytes: number): Promise<Buffer> {
  const buffer = randomBytes(sizeBytes);
  await page
    .locator(".drop input[type=file]")
    .first()
    .setInputFiles([{ name, mimeType: "application/octet-stream", buffer }]);
  return buffer;
}

/** Review, send, and be on the page that follows. @returns the envelope's id */
export async function reviewAndSend(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Review and send" }).click();
  const ordered = page.waitForResponse(
    (answer) => answer.url().endsWith("/send") && answer.request().method() === "POST",
  );
  await page.getByRole("button", { name: "Send sealed" }).click();
  // From the address: a body is gone once the page has moved on, and the browser may be the faster one.
  const [, envelopeId = ""] = /\/envelopes\/([^/]+)\/send$/.exec((await ordered).url()) ?? [];
  await page.waitForURL(/\/app\/sent/);
  return envelopeId;
}

/** What one hears when a draft was kept on this device. */
export async function draftSaved(page: Page): Promise<void> {
  await page.getByText(/^Draft saved on this device/).waitFor();
}
