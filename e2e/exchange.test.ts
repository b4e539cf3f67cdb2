/**
 * A member and five recipients in browsers of their own, all at once, doing at random what people do: send, open, come back, open from
 * another device, answer, revoke. Whatever the order, it ends in a state that the auditor finds sound and that each of them would agree to.
 * `PLI_EXCHANGE_SECONDS=120` and `PLI_EXCHANGE_SEED=7` make it longer, or the same again; the seed is told.
 */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { addPeople, openWriting, reviewAndSend, signIn, welcome, withoutHold, writeText } from "./app-journey.ts";
import { auditStored } from "./audit/auditor.ts";
import { createLedger } from "./audit/ledger.ts";
import { createRandom, type Random } from "./audit/random.ts";
import { folderPlace } from "./audit/stored-rows.ts";
import { codeFor, linkFor, loginCli, openBrowser, runCli, startServer } from "./harness.ts";
import { codeField, letter, PHONE, type WatchedPage, watchedPage } from "./open-journey.ts";

const SECONDS = Number(process.env.PLI_EXCHANGE_SECONDS ?? 25);
const SEED = Number(process.env.PLI_EXCHANGE_SEED ?? randomInt(2 ** 31));
/** How long a button that can no longer be pressed is waited for. */
const ENDED_MS = 30_000;
const PEOPLE = ["ana", "bram", "celia", "dirk", "elif"].map((name) => `${name}@courriel.example`);

interface Passed {
  readonly grantId: string;
  readonly link: string;
  readonly openings: number;
  tried: number;
  given: number;
}

interface Story {
  readonly sent: { readonly envelopeId: string; revoked: boolean }[];
  readonly replies: string[];
  /** Ids of the mails whose link was taken. */
  readonly mailsSeen: Set<string>;
  /** What reached each mailbox, by address. */
  readonly passed: ReadonlyMap<string, Passed[]>;
  endsMs: number;
}

/** Whichever comes first. @returns its name */
async function first<Name extends string>(page: Page, places: Readonly<Record<Name, Locator>>): Promise<Name> {
  const all = Object.values<Locator>(places);
  await all
    .reduce((any, one) => any.or(one))
    .first()
    .waitFor();
  for (const name of Object.keys(places) as Name[]) if (await places[name].first().isVisible()) return name;
  return first(page, places);
}

async function sendTo(page: Page, story: Story, people: readonly string[], openings: number): Promise<void> {
  await openWriting(page, server);
  await addPeople(page, people.join(", "));
  await writeText(page, `Message ${story.sent.length + 1}`, "What there is to say.");
  await page.getByLabel("Openings", { exact: true }).fill(String(openings));
  const envelopeId = await reviewAndSend(page);
  story.sent.push({ envelopeId, revoked: false });
  for (const address of people) {
    const mails = story.passed.get(address) ?? [];
    const link = await linkFor(server, address, story.mailsSeen);
    mails.push({ grantId: new URL(link).pathname.slice(3), link, openings, tried: 0, given: 0 });
  }
}

async function member(page: Page, story: Story, random: Random): Promise<void> {
  const living = () => story.sent.filter(({ revoked }) => !revoked);
  while (performance.now() < story.endsMs) {
    const one = random.pick(living());
    if (one === undefined || living().length < 3 || random.next() < 0.7) {
      const people = PEOPLE.filter(() => random.next() < 0.5);
      if (people.length > 0) await sendTo(page, story, people, random.between(1, 3));
      continue;
    }
    await page.goto(`${server.origin}/app/sent/${one.envelopeId}`);
    await page.getByText("More", { exact: true }).click();
    await page.getByRole("button", { name: "Revoke and destroy" }).click();
    one.revoked = true;
    await page.getByRole("button", { name: "Destroy the message" }).click();
    await page.getByText("The text and the files are destroyed").waitFor();
  }
}

async function recipient(address: string, story: Story, random: Random): Promise<WatchedPage[]> {
  const seen = new Set<string>();
  const devices = [await watchedPage(browser, { viewport: PHONE })];
  const mails = story.passed.get(address) ?? [];
  while (performance.now() < story.endsMs) {
    const mail = random.pick(mails);
    assert.ok(mail);
    let device = devices.at(-1) as WatchedPage;
    if (random.next() < 0.2) {
      device = await watchedPage(browser, { viewport: PHONE });
      devices.push(device);
    }
    const opened = await visit(device.page, mail, { address, seen });
    if (opened && random.next() < 0.4) await answer(device.page, story, `Answer ${story.replies.length} of ${address}`);
  }
  return devices;
}

/** Follows a link as far as it goes. @returns whether the letter is open */
async function visit(
  page: Page,
  mail: Passed,
  { address, seen }: { readonly address: string; readonly seen: Set<string> },
): Promise<boolean> {
  await page.goto("about:blank");
  await page.goto(mail.link);
  const places = {
    letter: letter(page),
    refused: page.locator(".refused"),
    code: codeField(page),
    act: page.locator("main button[type=button].btn--big.btn--wide"),
  };
  let isNew = false;
  for (;;) {
    const place = await first(page, places);
    if (place === "refused") return false;
    if (place === "letter") {
      if (isNew) mail.given += 1;
      return true;
    }
    if (place === "code") {
      const code = await codeFor(server, address, seen);
      await codeField(page).fill(code);
      await codeField(page).waitFor({ state: "detached" });
      continue;
    }
    const words = (await places.act.textContent()) ?? "";
    isNew = !/again/i.test(words);
    if (isNew) mail.tried += 1;
    await places.act.click();
    await places.act.waitFor({ state: "detached" });
  }
}

async function answer(page: Page, story: Story, text: string): Promise<void> {
  // revoked by the member meanwhile: before the first word, or after the last
  const ended = page.locator(".banner--bad").or(page.getByText("it takes no more replies")).first();
  const reply = page.getByRole("button", { name: /^Reply/ });
  const send = page.getByRole("button", { name: "Send sealed", disabled: false });
  try {
    if ((await first(page, { ended, reply })) === "ended") return;
    await reply.click({ timeout: ENDED_MS });
    await page.getByRole("textbox", { name: "Your text" }).click();
    await page.keyboard.type(text);
    if ((await first(page, { ended, send })) === "ended") return;
    await send.click({ timeout: ENDED_MS });
  } catch (error) {
    if (await ended.isVisible()) return;
    throw error;
  }
  const sent = page.getByRole("heading", { name: "Your reply is on its way" });
  if ((await first(page, { sent, ended })) === "sent") story.replies.push(text);
}

const server = await startServer({ after });
const browser = await openBrowser({ after });

test(`Q10, M5, M16, M18, M21: a member and five recipients at once, at random, agree in the end (seed ${SEED})`, async (t) => {
  t.diagnostic(`PLI_EXCHANGE_SEED=${SEED} PLI_EXCHANGE_SECONDS=${SECONDS}`);
  const owner = await watchedPage(browser);
  await signIn(owner.page, server);
  await welcome(owner.page);
  const story: Story = {
    sent: [],
    replies: [],
    mailsSeen: new Set(),
    passed: new Map(PEOPLE.map((address) => [address, []])),
    endsMs: Number.POSITIVE_INFINITY,
  };
  // the half minute to take a message back is not waited for
  await withoutHold(owner.page);
  await sendTo(owner.page, story, PEOPLE, 3);
  story.endsMs = performance.now() + SECONDS * 1000;
  const [, ...devices] = await Promise.all([
    member(owner.page, story, createRandom(SEED)),
    ...PEOPLE.map((address, index) => recipient(address, story, createRandom(SEED + index + 1))),
  ]).catch(async (error: unknown) => {
    throw new Error(`the member reads: ${await owner.page.locator("main").innerText()}`, { cause: error });
  });
  const faults = [owner, ...devices.flatMap((one) => one ?? [])].flatMap((one) => one.faults);
  assert.deepEqual(faults, [], "no page had a fault of its own");

  const grants = [...story.passed.values()].flat();
  assert.ok(story.sent.length > 0 && grants.some(({ given }) => given > 0), "people did something");
  t.diagnostic(
    `${story.sent.length} messages, ${grants.length} links, ${grants.reduce((sum, one) => sum + one.given, 0)} openings, ${story.replies.length} replies`,
  );
  const ledger = createLedger();
  for (const { grantId, link, openings, tried, given } of grants) {
    const facts = { envelopeId: "", grantId, address: "", link, delivery: "mail" as const, openingsAllowed: openings };
    ledger.grants.set(grantId, { ...facts, openingsTried: tried, openingsGiven: given });
  }
  assert.deepEqual(await auditStored(folderPlace(server.dataFolder), ledger), []);

  const home = await loginCli({ after }, server);
  for (const { envelopeId, revoked } of story.sent) {
    const status = await runCli(["status", envelopeId, "--json"], { home });
    assert.equal(status.status, 0, status.stderr);
    const { state } = JSON.parse(status.stdout) as { state: string };
    assert.equal(state === "revoked", revoked, `${envelopeId} is ${state}`);
  }
});
