/** Mails whose names were typed by somebody who means harm. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, type Language } from "@pli/core/wire";
import fc from "fast-check";
import { oneLine } from "../../platform/smtp/index.ts";
import { createWorld } from "../../testing/world.ts";
import { composeMail } from "./compose-mail.ts";
import type { OutboxTable } from "./outbox.table.ts";
import { orderMessage, outboxRow } from "./testing/order.ts";
import { startRelay } from "./testing/relay.ts";
import { waitingRow } from "./testing/samples.ts";

const house = { origin: "https://plis.aubrelune.example", organisation: "Ville", mailFrom: "plis@aubrelune.example" };

function row(facts: object, language: Language = "en"): OutboxTable {
  return { ...waitingRow("message", facts), address: "a@b.example", language };
}
const facts = (senderName: string) => ({
  senderName,
  senderAddress: "camille@aubrelune.example",
  expiresAtMs: 0,
  timeZone: "UTC",
  openings: 1,
  password: true,
});

test("M11: whatever a name holds, the HTML has the same elements and the headers the same lines", () => {
  const tags = (text: string) => [...text.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => name);
  const honest = composeMail(row(facts("Camille")), "s", house, 0);
  const evil = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constantFrom(
      "<script>alert(1)</script>",
      '"><img src=x onerror=alert(1)>',
      "a\r\nBcc: x@y.example",
      "\u202egpj",
      "&lt;b&gt;",
      "plis.aubrelune.example",
    ),
  );
  fc.assert(
    fc.property(evil, fc.constantFrom(...LANGUAGES), (name, language) => {
      // Nobody's name is the address, which is then not repeated.
      fc.pre(oneLine(name) !== "");
      const mail = composeMail(row(facts(name), language), "s", house, 0);
      for (const line of [mail.subject, mail.from.name, mail.replyTo?.name ?? ""]) {
        assert.doesNotMatch(line, /[\r\n\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
      }
      const withoutHost = (list: (string | undefined)[]) => list.filter((tag) => tag !== "b");
      assert.deepEqual(withoutHost(tags(mail.html)), withoutHost(tags(honest.html)));
      assert.equal(mail.html.match(/ href="/g)?.length, 2);
    }),
    { numRuns: 200 },
  );
});

test("M11: a member without a name is called by their address", () => {
  const mail = composeMail(row(facts("")), "s", house, 0);
  assert.equal(mail.subject, "camille@aubrelune.example sent you a confidential message");
  assert.equal(mail.from.name, "camille@aubrelune.example, Ville");
  const code = { ...row({ reference: "K7 Q4", minutes: 15, senderName: "" }), kind: "code" as const };
  assert.doesNotMatch(composeMail(code, "12345678", house, 0).text, /message from/);
});

test("M11: a name with a line break or mark-up adds no header, no recipient and no element, as the relay got it", async (t) => {
  const relay = await startRelay(t);
  const world = await createWorld(t, { PLI_SMTP_URL: relay.url });
  const name = 'Eve <script>"\r\nBcc: all@here.example\r\n\r\nBody';
  const ordered = await orderMessage(world, "a@b.example", { facts: { ...facts(name), password: false } });
  await t.waitFor(async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"), { timeout: 30_000 });
  const [got] = relay.received;
  assert.deepEqual(got?.recipients, ["a@b.example"]);
  assert.ok(!got?.mail.headers.some(({ key }) => key === "bcc"));
  assert.equal(got?.mail.bcc, undefined);
  assert.match(got?.mail.from?.name ?? "", /^Eve <script>" Bcc: all@here\.example Body, Pli$/);
  assert.doesNotMatch(got?.mail.html ?? "", /<script/i);
});
