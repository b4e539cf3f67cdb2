/** What ends by the clock, in a real browser before a server whose clock moves: codes, messages, and the hour of the last opening. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { codeFor, loginCli, openBrowser, sendByCli, signIn, startMovedServer } from "./harness.ts";
import {
  accessible,
  askCode,
  codeField,
  DESK,
  fitsWidth,
  letter,
  noFaults,
  PHONE,
  proveMailbox,
  watchedPage,
} from "./open-journey.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Every journey has its own server: one clock moves for all who are on it. */
async function newServer() {
  const server = await startMovedServer({ after }, { PLI_ORGANISATION: "Ville d’Aubrelune" });
  return { server, home: await loginCli({ after }, server) };
}

const browser = await openBrowser({ after });

for (const [name, viewport] of Object.entries({ "360 px": PHONE, "1280 px": DESK })) {
  test(`M13: a code past its 15 minutes is told as that, and a new one opens, at ${name}`, async () => {
    const { server, home } = await newServer();
    const address = "slow@courriel.example";
    const sent = await sendByCli(home, ["--to", address, "--subject", "Your file", "--text", "Text."]);
    const watched = await watchedPage(browser, { viewport });
    const { page } = watched;
    const seen = new Set<string>();
    await page.clock.install();
    await page.goto(sent.grants[0]?.link ?? "");
    await askCode(page);
    const old = await codeFor(server, address, seen);
    await server.advance(15 * MINUTE_MS + 1000);
    await page.clock.fastForward(15 * MINUTE_MS + 1000);
    await codeField(page).fill(old);
    await page.getByText("This code was right, but its 15 minutes are over.").waitFor();
    assert.equal(await codeField(page).inputValue(), "", "the next code is typed into an empty field");
    await accessible(page);
    await fitsWidth(page);
    // what is needed now lies open
    await page.getByRole("button", { name: "Send another code" }).click();
    await page.getByText("Another code is on its way").waitFor();
    const fresh = await codeFor(server, address, seen);
    assert.notEqual(fresh, old);
    await codeField(page).fill(fresh);
    await letter(page).waitFor();
    noFaults(watched);
  });

  test(`M6, M17: past its expiry a message shows that it expired, to the reader and to the sender, at ${name}`, async () => {
    const { server, home } = await newServer();
    const address = "never@courriel.example";
    const args = ["--to", address, "--subject", "Your file", "--text", "Text.", "--expires", "2d", "--openings", "3"];
    const sent = await sendByCli(home, args);
    const link = sent.grants[0]?.link ?? "";
    const reader = await watchedPage(browser, { viewport });
    await reader.page.goto(link);
    await reader.page.getByRole("button", { name: /code by mail/ }).waitFor();
    await server.advance(2 * DAY_MS + MINUTE_MS);
    // the page was open all the time: its button tells it too
    await reader.page.getByRole("button", { name: /code by mail/ }).click();
    await reader.page.getByRole("heading", { name: "This message has expired" }).waitFor();
    await reader.page.reload();
    await reader.page.getByRole("heading", { name: "This message has expired" }).waitFor();
    await accessible(reader.page);
    await fitsWidth(reader.page);
    await reader.page.getByRole("button", { name: "Ask for a new copy" }).click();
    await reader.page.getByText(/Your request is with/).waitFor();
    assert.doesNotMatch((await reader.page.textContent("body")) ?? "", /Your file/);
    noFaults(reader);
  });

  test(`M18: the last opening ends with its hour, everything is destroyed, and the sender sees it, at ${name}`, async () => {
    const { server, home } = await newServer();
    const address = "last@courriel.example";
    const sender = await watchedPage(browser, { viewport });
    await signIn(sender.page, server);
    const sent = await sendByCli(home, [
      "--to",
      address,
      "--subject",
      "Your file",
      "--text",
      "The text of the letter.",
    ]);
    const link = sent.grants[0]?.link ?? "";
    const reader = await watchedPage(browser, { viewport });
    const { page } = reader;
    await page.clock.install();
    await page.goto(link);
    await proveMailbox(server, page, address);
    await letter(page).waitFor();
    await page.getByText(/This is the last opening: (59|60) minutes left/).waitFor();
    await accessible(page);
    await fitsWidth(page);
    await page.clock.fastForward(55 * MINUTE_MS);
    await server.advance(55 * MINUTE_MS);
    await page.getByText(/This is the last opening: [45] minutes left/).waitFor();
    await page.clock.fastForward(6 * MINUTE_MS);
    await server.advance(6 * MINUTE_MS);
    await page.getByRole("heading", { name: "The 60 minutes are over" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "All openings have been used" }).waitFor();
    await accessible(page);
    await fitsWidth(page);
    assert.doesNotMatch((await page.textContent("body")) ?? "", /Your file|The text of the letter/);
    noFaults(reader);

    await sender.page.goto(`${server.origin}/app/sent/${sent.envelopeId}`);
    await sender.page.locator(".timeline").getByText("Destroyed").waitFor();
    const destroyed = sender.page
      .getByRole("table", { name: "Register of openings" })
      .getByRole("row", { name: /Destroyed/ });
    assert.match((await destroyed.textContent()) ?? "", /Pli, by itself/, "nobody did it");
    await accessible(sender.page);
    await fitsWidth(sender.page);
    noFaults(sender);
  });
}
