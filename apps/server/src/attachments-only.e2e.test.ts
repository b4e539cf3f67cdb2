/**
 * Messages whose attachments alone are sealed (M2): the mail carries the text and a slip, by mail alone, where the sender said so. Until the next
 * server has it, the text lies encrypted in the outbox; afterwards nowhere.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, describe, test } from "node:test";
import { type ClearText, type Envelope, LIMITS, type SendMessage } from "@pli/core/wire";
import { prepareMessage, sendBlindly, waitForText } from "./testing/blind-sender.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { databaseBytes } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

const SHA256 = randomBytes(32);
const clear: ClearText = {
  subject: "Your building permit <b>4217</b>",
  text: "Hello Jeanne,\n\nplease find the plans enclosed & signed.\n\u202eGreetings",
  files: [{ name: "Plan <ground floor>.pdf", sizeBytes: 1_234_567, sha256: SHA256.toString("base64url") }],
};

onBothProfiles(({ createWorld }) => {
  describe("attachments only", () => {
    const scope = suiteScope();
    let world: World;
    before(async () => {
      world = await createWorld(scope);
    });

    const order = async (change: Partial<SendMessage>, wishes: Parameters<typeof prepareMessage>[2] = {}) => {
      const { envelopeId, order: whole } = await prepareMessage(world, world.owner, wishes);
      const json = { ...whole, ...change };
      const answer = await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json });
      return { answer, envelopeId };
    };
    const outbox = (envelopeId: string) =>
      world.server.services.db.read
        .selectFrom("outbox")
        .select(["state", "secret", "facts"])
        .where("envelope_id", "=", envelopeId)
        .execute();
    const kept = async (text: string) => (await databaseBytes(world)).includes(text);

    test("M2, Z15: the mail has the text and the slip, in both forms; the database never has them in clear", async () => {
      const to = ["jeanne@courriel.example"];
      const { answer, envelopeId } = await order(
        { protect: "attachments", clear },
        { to, holdSeconds: 60, openings: 2 },
      );
      assert.equal(answer.status, 200, answer.bytes.toString());
      const [held] = await outbox(envelopeId);
      assert.notEqual(held?.secret, null);
      for (const text of ["enclosed & signed", "ground floor", "building permit"])
        assert.equal(await kept(text), false, `${text} lies in clear while the mail is held`);
      const shown = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>();
      assert.equal(shown.protect, "attachments");
      world.advance(61_000);
      await waitForText(world, "jeanne@courriel.example", /(plans enclosed & signed)/);
      const mails = (await (await fetch(`${world.origin}/dev/mailbox.json?to=${to[0]}`)).json()) as readonly {
        subject: string;
        text: string;
        html: string;
      }[];
      const mail = mails.find(({ subject }) => subject === clear.subject);
      assert.ok(mail !== undefined, "the subject is the message's own");
      assert.match(mail.text, /Hello Jeanne,/);
      assert.match(mail.text, /Plan <ground floor>\.pdf/);
      assert.ok(mail.text.includes(SHA256.toString("hex")));
      assert.match(mail.text, /1\.2\sMB/);
      assert.match(mail.text, /2 times/);
      assert.match(mail.text, /This text is not sealed/);
      assert.match(mail.html, /Plan &lt;ground floor&gt;\.pdf/);
      assert.match(mail.html, /4217&lt;\/b&gt;/);
      assert.ok(!mail.text.includes("\u202e"), "no direction tricks");
      const deadlineMs = performance.now() + 30_000;
      while ((await outbox(envelopeId)).some(({ secret }) => secret !== null)) {
        assert.ok(performance.now() < deadlineMs, "the text stays in the outbox");
        await new Promise((resume) => setTimeout(resume, 20));
      }
      for (const { facts } of await outbox(envelopeId)) assert.ok(!facts.includes("Jeanne,"));
    });

    test("M2: taken back, the text is gone with the mails; sent anew, it is what it is then", async () => {
      const { envelopeId } = await order({ protect: "attachments", clear }, { holdSeconds: 60 });
      const back = await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/take-back`, { json: {} });
      assert.equal(back.status, 200);
      for (const { secret } of await outbox(envelopeId)) assert.equal(secret, null);
      // Sent anew as a whole: what it was before is not remembered.
      const again = await sendBlindly(world, world.owner, { delivery: "link" });
      const shown = (await world.owner.call("GET", `/api/v1/envelopes/${again.envelopeId}`)).json<Envelope>();
      assert.equal(shown.protect, "message");
    });

    test("M2: text in clear goes by mail alone, with the files it is about, and only when it is asked for", async () => {
      const refused = async (change: Record<string, unknown>, wishes = {}) => {
        const { answer, envelopeId } = await order(change as Partial<SendMessage>, wishes);
        assert.equal(answer.code, "bad_input", JSON.stringify(change).slice(0, 200));
        assert.deepEqual(await outbox(envelopeId), []);
      };
      await refused({ protect: "attachments" });
      await refused({ clear });
      await refused({ protect: "message", clear });
      await refused({ protect: "attachments", clear }, { delivery: "link" });
      await refused({ protect: "attachments", clear: { ...clear, files: [] } });
      await refused({ protect: "attachments", clear }, { partBytes: [2000] });
      const [file] = clear.files;
      await refused({ protect: "attachments", clear: { ...clear, files: [{ ...file, name: "two\nlines" }] } });
      await refused({ protect: "attachments", clear: { ...clear, files: [{ ...file, sha256: "short" }] } });
      await refused({ protect: "attachments", clear: { ...clear, text: "x".repeat(LIMITS.clearTextCharacters + 1) } });
      await refused({ protect: "attachments", clear: { ...clear, html: "<b>no</b>" } });
    });

    test("P5: an organisation that seals whole messages gets nothing else", async () => {
      const administrator = await world.newMember("administrator");
      const put = (policies: unknown, version: number) =>
        administrator.call("PUT", "/api/v1/organisation/policies", { json: { version, policies } });
      assert.equal((await put({ protect: { value: "message", locked: true } }, 0)).status, 200);
      const { answer } = await order({ protect: "attachments", clear });
      assert.equal(answer.code, "policy_refused");
      assert.equal(answer.json<{ details: { rule: string } }>().details.rule, "protect");
      // The other way round, what protects more is not refused.
      assert.equal((await put({ protect: { value: "attachments", locked: true } }, 1)).status, 200);
      assert.equal((await order({})).answer.status, 200);
    });
  });
});
