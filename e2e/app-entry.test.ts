/** The member's first minutes in a real browser: signing in by mail, the welcome, keys, recovery kit, unlocking elsewhere. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { draftSaved, editorReady, openWriting, PASSPHRASE, signIn, welcome } from "./app-journey.ts";
import { openBrowser, startServer, waitForMail } from "./harness.ts";
import { accessible, DESK, fitsWidth, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const browser = await openBrowser({ after });
const OWNER = "owner@example.org";
const LINK = /https?:\/\/\S+\/app\/sign-in#[\w-]+/;

async function newServer() {
  return startServer({ after }, { env: { PLI_ORGANISATION: "Ville d’Aubrelune" } });
}

async function askLink(page: Page, origin: string): Promise<string> {
  await page.goto(`${origin}/app/sent`);
  await page.getByLabel("Your e-mail address").fill(OWNER);
  await page.getByRole("button", { name: "Send me a sign-in link" }).click();
  await page.getByRole("heading", { name: "Look at your mailbox" }).waitFor();
  return (await page.locator(".check-code").textContent()) ?? "";
}

for (const [name, viewport] of Object.entries({ "360 px": PHONE, "1280 px": DESK })) {
  test(`A1, A4: link by mail, welcome in three steps, kit, at ${name}, accessible, without a fault`, async () => {
    const server = await newServer();
    const watched = await watchedPage(browser, { viewport, timezoneId: "Europe/Paris" });
    const { page } = watched;
    await askLink(page, server.origin);
    await accessible(page);
    const link = LINK.exec((await waitForMail(server, OWNER)).text)?.[0] ?? "";
    const tab = await page.context().newPage();
    await tab.goto(link);
    await tab.getByRole("button", { name: "Sign in" }).click();
    await tab.getByRole("heading", { name: "Who you are" }).waitFor();
    // the page that asked goes on by itself
    await page.getByRole("heading", { name: "Sent", exact: true }).waitFor();
    await page.close();

    await accessible(tab);
    await fitsWidth(tab);
    assert.equal(await tab.getByLabel("Time zone").inputValue(), "Europe/Paris");
    await tab.getByRole("button", { name: "Continue" }).click();
    await tab.getByText("Write your name").waitFor();
    await tab.getByLabel("Your name").fill("Camille Orvanne");
    await tab.getByRole("button", { name: "Continue" }).click();
    await tab.getByLabel("Passphrase", { exact: true }).fill("password1");
    await tab.getByText("very weak").waitFor();
    await tab.getByRole("button", { name: "Make my keys" }).click();
    await tab.getByText("Too easy to guess").waitFor();
    await tab.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await tab.getByLabel("The same once more").fill("correct horse battery stable");
    await tab.getByText(/^(strong|very strong)$/).waitFor();
    await tab.getByRole("button", { name: "Make my keys" }).click();
    await tab.getByText("The two are not the same").waitFor();
    await accessible(tab);
    await tab.getByLabel("The same once more").fill(PASSPHRASE);
    await tab.getByRole("button", { name: "Make my keys" }).click();

    await tab.getByRole("heading", { name: "Your recovery kit", level: 1 }).waitFor();
    await tab.locator(".kit__words li").nth(14).waitFor();
    const words = await tab.locator(".kit__words li").allTextContents();
    assert.equal(words.length, 15);
    await accessible(tab);
    await fitsWidth(tab);
    const saving = tab.waitForEvent("download");
    await tab.getByRole("button", { name: "Save as a file" }).click();
    const file = await readFile((await (await saving).path()) ?? "", "utf8");
    for (const word of words) assert.ok(file.includes(word.replace(/^\d+/, "").trim()));
    assert.ok(await tab.getByRole("button", { name: "Finish" }).isDisabled());
    await tab.getByLabel("The kit is in a safe place").check();
    await tab.getByRole("button", { name: "Finish" }).click();
    await tab.getByRole("link", { name: "Write the first message" }).click();
    await editorReady(tab);
    assert.equal(await tab.getByText("Save your recovery kit").count(), 0);
    assert.deepEqual(watched.faults, []);
  });
}

test("A1: a scanner that loads the link uses nothing; another browser needs the four characters", async () => {
  const server = await newServer();
  const asking = await watchedPage(browser);
  const check = await askLink(asking.page, server.origin);
  const link = LINK.exec((await waitForMail(server, OWNER)).text)?.[0] ?? "";
  const scanner = await watchedPage(browser);
  await scanner.page.goto(link);
  await scanner.page.getByRole("button", { name: "Sign in" }).click();
  await scanner.page.getByRole("heading", { name: "One more check" }).waitFor();
  await accessible(scanner.page);
  await scanner.page.getByLabel("4 characters").fill(check === "AAAA" ? "BBBB" : "AAAA");
  await scanner.page.getByRole("button", { name: "Confirm and sign in" }).click();
  await scanner.page.locator(".field__error").waitFor();
  await scanner.page.getByLabel("4 characters").fill(check.toLowerCase());
  await scanner.page.getByRole("button", { name: "Confirm and sign in" }).click();
  await scanner.page.getByRole("heading", { name: "Who you are" }).waitFor();
  // once used it is gone: the asking browser is told so
  // in the tab that asked, where only what is behind # changes
  await asking.page.goto(link);
  await asking.page.getByRole("button", { name: "Sign in" }).click();
  await asking.page.getByRole("button", { name: "Ask for a new link" }).waitFor();
  noFaults(scanner);
});

test("Z10, Z11: this device unlocks by itself; another asks once, by passphrase or by the words of the kit", async () => {
  const server = await newServer();
  const first = await watchedPage(browser);
  await signIn(first.page, server);
  await welcome(first.page);
  await first.page.goto(`${server.origin}/app/settings#kit`);
  await first.page.locator(".kit__words li").nth(14).waitFor();
  const words = (await first.page.locator(".kit__words li").allTextContents()).map((one) => one.replace(/^\d+/, ""));
  await first.page.getByLabel("The kit is in a safe place").check();
  await first.page.getByRole("button", { name: "Finish" }).click();
  await first.page.getByText("Recovery kit saved").waitFor();
  await first.page.goto(`${server.origin}/app/sent`);
  await first.page.getByRole("heading", { name: "Nothing sent yet" }).waitFor();
  assert.equal(await first.page.getByRole("button", { name: "Unlock" }).count(), 0);

  const second = await watchedPage(browser);
  await askLink(second.page, server.origin);
  const link = LINK.exec((await waitForMail(server, OWNER)).text)?.[0] ?? "";
  await second.page.goto(link);
  await second.page.getByRole("button", { name: "Sign in" }).click();
  await editorReady(second.page);
  await second.page.goto(`${server.origin}/app/sent`);
  await second.page.getByRole("button", { name: "Unlock" }).click();
  await second.page.getByLabel("Passphrase", { exact: true }).last().fill("not the passphrase");
  await second.page.keyboard.press("Enter");
  await second.page.getByText("That is not it").waitFor();
  await accessible(second.page);
  await second.page.getByText("Recovery words", { exact: true }).click();
  const typed = words.map((word) => ` ${word.trim().toUpperCase()} `).join(" ");
  await second.page.getByRole("textbox", { name: "Recovery words" }).fill(typed);
  await second.page.getByRole("dialog").getByRole("button", { name: "Unlock" }).click();
  await second.page.getByText("Unlocked", { exact: true }).waitFor();
  // once per device
  await second.page.reload();
  await second.page.getByRole("heading", { name: "Nothing sent yet" }).waitFor();
  assert.equal(await second.page.getByRole("button", { name: "Unlock" }).count(), 0);
  noFaults(first);
  noFaults(second);
});

test("Z11: a server that shows another key is found out, and nothing can be sent", async () => {
  const server = await newServer();
  const { page } = await watchedPage(browser);
  await signIn(page, server);
  await welcome(page);
  await page.route("**/api/v1/me/keyring", async (route) => {
    const answer = await route.fetch();
    const keyring = (await answer.json()) as { kemPublic: string };
    const other = keyring.kemPublic.startsWith("A") ? "B" : "A";
    await route.fulfill({ response: answer, json: { ...keyring, kemPublic: other + keyring.kemPublic.slice(1) } });
  });
  await openWriting(page, server);
  await page.getByText("Stop: the server shows another key than yours").waitFor();
  assert.ok(await page.getByRole("button", { name: "Review and send" }).isDisabled());
  await accessible(page);
});

test("A1: a session that ends while one writes is taken up again in place, and nothing is lost", async () => {
  const server = await newServer();
  const { page } = await watchedPage(browser);
  await signIn(page, server);
  await welcome(page);
  await page.getByLabel("Subject").fill("Still here");
  await page.context().clearCookies();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
  await page.getByRole("button", { name: "Send me a sign-in link" }).click();
  await page.getByText(/If owner@example.org/).waitFor();
  const link = LINK.exec((await waitForMail(server, OWNER)).text)?.[0] ?? "";
  const tab = await page.context().newPage();
  await tab.goto(link);
  await tab.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "You are signed out" }).waitFor({ state: "detached" });
  await page.goBack();
  await editorReady(page);
  assert.equal(await page.getByLabel("Subject").inputValue(), "Still here");
});

test("Z11: keys unlocked for one member do not serve the next in the same tab", async () => {
  const server = await newServer();
  const { page } = await watchedPage(browser);
  // the page's own line to the worker that holds the keys
  await page.addInitScript(() => {
    const Original = Worker;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name === "pli-keys") (globalThis as { keys?: Worker }).keys = this;
      }
    };
  });
  await signIn(page, server);
  await welcome(page);
  const ask = (name: string, input?: unknown) =>
    page.evaluate(
      ([name, input]) =>
        new Promise((resolve) => {
          const worker = (globalThis as unknown as { keys: Worker }).keys;
          const id = 1_000_000 + Math.random();
          worker.addEventListener("message", ({ data }) => data.id === id && resolve(data));
          worker.postMessage({ id, name, input });
        }),
      [name, input] as const,
    ) as Promise<{ output?: unknown; error?: { code: string } }>;
  await page.getByLabel("Subject").fill("Of the first");
  await draftSaved(page);
  const draftId = ((await ask("listDrafts")).output as { draftId: string }[])[0]?.draftId ?? "";
  assert.ok((await ask("newKit", { name: "k", language: "en" })).output);
  assert.deepEqual((await ask("begin", { memberId: "somebody-else" })).output, { state: "locked", passkeys: [] });
  assert.equal((await ask("newKit", { name: "k", language: "en" })).error?.code, "keyring_locked");
  assert.equal((await ask("keepKit", { replace: [] })).error?.code, "bad_input");
  assert.equal((await ask("openDraft", { draftId })).output, null);
});
