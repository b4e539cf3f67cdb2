/**
 * M20, M21: mails that do not arrive, as a sender meets them by the keyboard alone: one mailbox does not exist, one is full for a while. Both are told in
 * words; the one gets the right address, the other the mail once more, and the focus is never lost on the way.
 */
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import type { Envelope } from "@pli/core/wire";
import type { Page } from "playwright-core";
import { SMTPServer } from "smtp-server";
import { addPeople, openWriting, reviewAndSend, signIn, welcome, withoutHold, writeText } from "./app-journey.ts";
import { readByEar } from "./harness/by-ear.ts";
import { openBrowser, startServer } from "./harness.ts";
import { accessible, fitsWidth, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const [NOBODY, PATIENCE, RIGHT] = ["nobody@there.example", "patience@there.example", "somebody@there.example"];

/** A relay that knows no such user, and that makes one wait. */
const taken: string[] = [];
let isFull = true;
const relay = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  authOptional: true,
  disableReverseLookup: true,
  onRcptTo: ({ address }, _session, done) => {
    const refuse = (responseCode: number, words: string) => done(Object.assign(new Error(words), { responseCode }));
    if (address === NOBODY) return refuse(550, "5.1.1 no such user here");
    if (address === PATIENCE && isFull) return refuse(452, "4.2.2 mailbox full, try later");
    taken.push(address);
    done();
  },
  onData: (stream, _session, done) => void stream.resume().on("end", () => done()),
});
await new Promise<void>((listening) => relay.listen(0, "127.0.0.1", () => listening()));
after(() => new Promise<void>((closed) => relay.close(() => closed())));

const { port } = relay.server.address() as AddressInfo;
const server = await startServer({ after }, { env: { PLI_SMTP_URL: `smtp://127.0.0.1:${port}` } });
const browser = await openBrowser({ after });

/** What became of the mails to those who are in `wanted`, as the sender's page is told. */
function states(page: Page, envelopeId: string, wanted: Readonly<Record<string, string>>): Promise<object> {
  return page.evaluate(
    async ({ path, people }) => {
      const { grants } = (await (await fetch(path)).json()) as Envelope;
      const found = grants.map(({ recipient, notification }) => [recipient.address, notification?.state] as const);
      return Object.fromEntries(found.filter(([address]) => people.includes(address)));
    },
    { path: `/api/v1/envelopes/${envelopeId}`, people: Object.keys(wanted) },
  );
}

test("M20, M21: by keys alone, whom the mail did not reach gets the right address, and who had to wait gets it again", async (t) => {
  const watched = await watchedPage(browser);
  const { page } = watched;
  await signIn(page, server);
  await welcome(page);
  await withoutHold(page);
  await openWriting(page, server);
  await addPeople(page, `${NOBODY}, ${PATIENCE}`);
  await writeText(page, "Your plan", "Here it is.");
  const envelopeId = await reviewAndSend(page);
  const people = page.getByRole("table", { name: "Recipients" });
  const row = (address: string) => people.getByRole("row", { name: new RegExp(address) });
  const becomes = (wanted: Readonly<Record<string, string>>) =>
    t.waitFor(async () => assert.deepEqual(await states(page, envelopeId, wanted), wanted), {
      timeout: 30_000,
      interval: 300,
    });
  await becomes({ [NOBODY]: "failed", [PATIENCE]: "delayed" });
  await page.goto(`${server.origin}/app/sent/${envelopeId}`);
  await row(NOBODY).getByText("This mailbox does not exist. Check the address. 5.1.1").waitFor();
  await row(PATIENCE).getByText("delayed", { exact: true }).waitFor();
  await row(NOBODY).getByText("not delivered", { exact: true }).waitFor();
  await accessible(page);
  await page.setViewportSize(PHONE);
  await accessible(page);
  await fitsWidth(page);

  const ear = await readByEar(page);
  await ear.press("button", `Correct the address ${NOBODY}`);
  await ear.press("button", "Revoke the old and send to the new");
  await ear.at(/textbox Address/);
  await page.getByText("This is the address that it went to. Write the right one.").waitFor();
  await ear.write("textbox", "Address", RIGHT);
  await page.keyboard.press("Enter");
  await ear.hears("Address corrected");
  await row(RIGHT).waitFor();
  await row(NOBODY).getByText("revoked", { exact: true }).waitFor();
  await ear.at(/rowheader .*nobody@/);
  await t.waitFor(() => assert.ok(taken.includes(RIGHT)), { timeout: 15_000, interval: 50 });

  isFull = false;
  await ear.press("DisclosureTriangle", PATIENCE);
  await ear.press("button", "Send again");
  await ear.hears(`Sent again to ${PATIENCE}`);
  await ear.at(new RegExp(`DisclosureTriangle .*${PATIENCE}`));
  await t.waitFor(() => assert.ok(taken.includes(PATIENCE)), { timeout: 15_000, interval: 50 });
  await becomes({ [PATIENCE]: "accepted" });
  await page.reload();
  await row(PATIENCE).locator(".done-line").first().waitFor();
  await page.getByRole("region", { name: "Time line" }).getByText("2 of 2 notified").waitFor();
  assert.equal(await row(PATIENCE).getByText("delayed").count(), 0);
  noFaults(watched);
});
