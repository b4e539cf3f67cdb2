/** The rest of the account (A3): which mails come, figures of the months; and in which language SMS are (M7). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MailChoices, Usage } from "@pli/core/wire";
import { readAnnouncements } from "./admin-announce.ts";
import { announce } from "./features/notifications/index.ts";
import { newId } from "./platform/database/index.ts";
import {
  askCode,
  askSmsCode,
  openBlindly,
  prepareMessage,
  proveMailbox,
  sendBlindly,
  waitForText,
} from "./testing/blind-sender.ts";
import { answerBlindly, replyBlindly } from "./testing/blind-thread.ts";
import { addNumber } from "./testing/factor-acts.ts";
import type { Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import type { World } from "./testing/world.ts";

const PATIENCE = { timeout: 30_000, interval: 20 };
const NUMBER = "+33612345678";
const TEXT = `[en] Maintenance on Sunday

Pli rests from 22:00
to 23:00.

Nothing is lost.

[fr] Maintenance dimanche
Pli se repose de 22 h à 23 h.
`;

interface LocalMail {
  readonly subject: string;
  readonly text: string;
}
async function mailsTo(world: World, address: string): Promise<readonly LocalMail[]> {
  const answer = await fetch(`${world.origin}/dev/mailbox.json?to=${encodeURIComponent(address)}`);
  return (await answer.json()) as readonly LocalMail[];
}

onBothProfiles(({ createWorld }) => {
  test("A3: the operator's word goes to all who want it, in their language, with a link that ends it; security always goes", async (t) => {
    const world = await createWorld(t);
    const { services } = world.server;
    const french = await world.newMember();
    assert.equal((await french.call("PATCH", "/api/v1/me", { json: { language: "fr" } })).status, 200);
    const dutch = await world.newMember();
    await dutch.call("PATCH", "/api/v1/me", { json: { language: "nl" } });
    const choose = async (by: Person, json: object) => await by.call("PATCH", "/api/v1/me/mails", { json });
    const all = { opened: true, unread: true, news: true, maintenance: true };
    assert.deepEqual((await world.colleague.call("GET", "/api/v1/me/mails")).json<MailChoices>(), all);
    const off = await choose(world.colleague, { maintenance: false });
    assert.deepEqual(off.json<MailChoices>(), { ...all, maintenance: false });
    assert.deepEqual((await world.owner.call("GET", "/api/v1/me/mails")).json<MailChoices>(), all, "one's own alone");
    await choose(french, { news: false });
    for (const json of [{ security: false }, { news: 1 }, { maintenance: null }, []]) {
      assert.equal((await choose(world.owner, json)).code, "bad_input", JSON.stringify(json));
    }

    const announcements = readAnnouncements(TEXT);
    const rehearsed = await announce(services, "maintenance", announcements, true);
    assert.equal(rehearsed.unwanted, 1);
    assert.equal(rehearsed.mails.get("fr"), 1);
    const waiting = services.db.read.selectFrom("outbox").select("mail_id").where("kind", "=", "maintenance");
    assert.deepEqual(await waiting.execute(), [], "a rehearsal orders nothing");
    assert.deepEqual(await announce(services, "maintenance", announcements, false), rehearsed);
    await t.waitFor(async () => {
      const [mail] = await mailsTo(world, french.address);
      assert.equal(mail?.subject, "Maintenance dimanche");
      assert.match(mail.text, /de 22 h à 23 h/);
      assert.match(mail.text, /\/stop\//);
      const [english] = await mailsTo(world, dutch.address);
      assert.match(english?.text ?? "", /Pli rests from 22:00 to 23:00\.\s+Nothing is lost\./);
    }, PATIENCE);
    await t.waitFor(async () => {
      const left = await waiting.where("state", "=", "waiting").execute();
      assert.deepEqual(left, []);
    }, PATIENCE);
    assert.deepEqual(await mailsTo(world, world.colleague.address), []);

    // The link in the mail and the account's page are one choice.
    const path = /\/stop\/[\w.-]+/.exec((await mailsTo(world, french.address))[0]?.text ?? "")?.[0] ?? "";
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const ended = await world.visitor().call("POST", path, { body: "List-Unsubscribe=One-Click", headers });
    assert.equal(ended.status, 200);
    assert.equal((await french.call("GET", "/api/v1/me/mails")).json<MailChoices>().maintenance, false);
    assert.equal((await choose(french, { maintenance: true })).json<MailChoices>().maintenance, true);
    const theirs = (await world.colleague.call("GET", "/api/v1/me/mails")).json<MailChoices>();
    assert.equal(theirs.maintenance, false, "one's own alone");
  });

  test("A3: the operator's word goes to more members than one statement takes, once to each", async (t) => {
    const world = await createWorld(t, { PLI_SMTP_URL: "smtp://127.0.0.1:9" });
    const { services } = world.server;
    const { organisationId } = world.owner;
    const row = {
      organisation_id: organisationId,
      entity_id: null,
      role: "member",
      time_zone: "Europe/Paris",
    } as const;
    const crowd = Array.from({ length: 430 }, (_, at) => ({
      ...{ ...row, name: "", defaults: "{}", created_at_ms: world.now(), language: at % 3 === 0 ? "fr" : "en" },
      ...{ member_id: newId(world.now()), address: `crowd${at}@here.example` },
    }));
    // There is no public door for so many at once.
    await services.db.write((tx) => tx.insertInto("members").values(crowd).execute());
    const told = await announce(services, "news", readAnnouncements(TEXT), false);
    assert.deepEqual(Object.fromEntries(told.mails), { fr: 144, en: 286 + 4 });
    const ordered = await services.db.read
      .selectFrom("outbox")
      .select(["address", "language"])
      .where("kind", "=", "news")
      .execute();
    const mailed = new Map(ordered.map(({ address, language }) => [address, language]));
    assert.deepEqual([ordered.length, mailed.size], [434, 434]);
    for (const { address, language } of crowd) assert.equal(mailed.get(address), language, address);
  });

  test("A3: figures of this month and the last: what was sent, to how many, how much, replies, SMS by whomever", async (t) => {
    const world = await createWorld(t);
    const usage = async (by: Person) => (await by.call("GET", "/api/v1/me/usage")).json<Usage>().months;
    const zero = { messages: 0, recipients: 0, sizeBytes: 0, sms: 0, replies: 0 };
    const [now, before] = await usage(world.owner);
    assert.deepEqual(
      [now, before],
      [
        { month: now?.month, ...zero },
        { month: before?.month, ...zero },
      ],
    );
    const to = ["a@b.example", "c@d.example"];
    const { envelopeId, grants } = await sendBlindly(world, world.owner, { delivery: "link", to });
    const [first] = grants;
    assert.ok(first);
    const device = await openBlindly(world, first);
    await replyBlindly(device, first.grantId);
    await answerBlindly(world.owner, envelopeId, [first]);
    const texted = await sendBlindly(world, world.owner, { to: ["e@f.example"], mobile: NUMBER, smsCode: true });
    const [grant] = texted.grants;
    assert.ok(grant);
    const reader = world.visitor();
    await proveMailbox(reader, grant.grantId, await askCode(world, reader, grant));
    await askSmsCode(world, reader, grant.grantId, NUMBER);
    await sendBlindly(world, world.owner, { to: ["e@f.example"], mobile: NUMBER, delivery: "sms" });
    await addNumber(await world.newSession(world.owner), world);
    const [used] = await usage(world.owner);
    assert.ok(used && used.sizeBytes > 1000);
    assert.deepEqual([used.messages, used.recipients, used.replies, used.sms], [3, 4, 1, 3]);
    assert.deepEqual((await usage(world.colleague))[0], { month: used.month, ...zero }, "nobody else's");
    assert.equal((await world.visitor().call("GET", "/api/v1/me/usage")).code, "not_signed_in");
    const today = new Date(world.now());
    const hour = 3_600_000;
    world.advance(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1) - world.now() - hour);
    const late = await prepareMessage(world, world.owner, { delivery: "link", to: ["g@h.example"] });
    world.advance(2 * hour);
    const sent = await world.owner.call("POST", `/api/v1/envelopes/${late.envelopeId}/send`, { json: late.order });
    assert.equal(sent.status, 200, sent.bytes.toString());
    const [begun, over] = await usage(world.owner);
    assert.deepEqual(over, used, "the last month");
    const { sizeBytes } = begun ?? zero;
    assert.deepEqual(begun, { ...zero, month: begun?.month, messages: 1, recipients: 1, sizeBytes }, "by its sending");
  });

  test("M7, M4: SMS are in the language of their recipient, as mails are, whichever the pages are in", async (t) => {
    const world = await createWorld(t);
    await world.owner.call("PATCH", "/api/v1/me", { json: { language: "de" } });
    const { grants } = await sendBlindly(world, world.owner, {
      to: ["jeanne@courriel.example"],
      mobile: NUMBER,
      delivery: "sms",
      smsCode: true,
      language: "fr",
    });
    const [grant] = grants;
    assert.ok(grant);
    await waitForText(world, NUMBER, /(message confidentiel)/);
    const device = world.visitor();
    await proveMailbox(device, grant.grantId, await askCode(world, device, grant));
    await askSmsCode(world, device, grant.grantId, NUMBER);
    const code = await waitForText(world, NUMBER, /^(\d{6} .*)$/s);
    assert.match(code, /votre code/);
  });
});
