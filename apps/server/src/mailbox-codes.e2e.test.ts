/** Mailbox codes through the public doors: two mails in a row, wrong and expired told apart, limits that lock nobody else out. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type GrantInfo, LIMITS, type RegisterEntry } from "@pli/core/wire";
import {
  askCode,
  type BlindGrant,
  blindGrant,
  prepareMessage,
  proveMailbox,
  sendBlindly,
} from "./testing/blind-sender.ts";
import { type Answer, createPerson, type Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { suiteScope, type World } from "./testing/world.ts";

const MINUTE_MS = 60_000;

onBothProfiles(({ createWorld }) => {
  describe("mailbox codes", () => {
    let world: World;
    let serial = 0;
    const scope = suiteScope();
    before(async () => {
      world = await createWorld(scope);
    });

    async function mailed(
      address = `reader${++serial}@courriel.example`,
    ): Promise<BlindGrant & { envelopeId: string }> {
      const { grants, envelopeId } = await sendBlindly(world, world.owner, { to: [address], openings: 5 });
      const [grant] = grants;
      if (grant === undefined) throw new Error("no grant");
      return { ...grant, envelopeId };
    }
    const prove = (device: Person, grant: BlindGrant, code: string): Promise<Answer> =>
      device.call("POST", `/api/v1/grants/${grant.grantId}/proofs`, { json: { code } });
    const open = (device: Person, grant: BlindGrant): Promise<Answer> =>
      device.call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json: { verifier: grant.verifier } });
    const other = (code: string) =>
      String((Number(code) + 1) % 10 ** LIMITS.codeDigits).padStart(LIMITS.codeDigits, "0");

    test("M13: two mails in a row open with one code", async () => {
      const first = await mailed();
      const second = await mailed(first.address.toUpperCase());
      const device = world.visitor();
      await proveMailbox(device, first.grantId, await askCode(world, device, first));
      assert.equal((await open(device, first)).status, 200);
      const info = (await device.call("GET", `/api/v1/grants/${second.grantId}`)).json<GrantInfo>();
      assert.equal(info.device.mailboxProven, true);
      assert.equal((await open(device, second)).status, 200);
      assert.equal((await open(world.visitor(), second)).code, "mailbox_proof_required");
    });

    test("M13: a resend never invalidates: the first code still opens, on either mail", async () => {
      const grant = await mailed();
      const sibling = await mailed(grant.address);
      const device = world.visitor();
      const code = await askCode(world, device, grant);
      world.advance((LIMITS.codeAgainSeconds + 1) * 1000);
      assert.equal((await device.call("POST", `/api/v1/grants/${grant.grantId}/codes`, { json: {} })).status, 202);
      const spaced = `${code.slice(0, 4)} ${code.slice(4)}`;
      assert.equal((await prove(device, sibling, spaced)).status, 200);
    });

    test("M13: asked again within 30 seconds says how long to wait, and sends nothing; another mail need not wait", async () => {
      const grant = await mailed();
      const sibling = await mailed(grant.address);
      const device = world.visitor();
      await askCode(world, device, grant);
      const again = await device.call("POST", `/api/v1/grants/${grant.grantId}/codes`, { json: {} });
      assert.equal(again.code, "rate_limited");
      assert.ok(Number(again.headers["retry-after"]) > 0 && Number(again.headers["retry-after"]) <= 30);
      assert.equal((await device.call("POST", `/api/v1/grants/${sibling.grantId}/codes`, { json: {} })).status, 202);
    });

    test("M13: wrong and expired are told apart, and an expired code opens nothing", async () => {
      const grant = await mailed();
      const device = world.visitor();
      const code = await askCode(world, device, grant);
      const wrong = await prove(device, grant, other(code));
      assert.equal(wrong.code, "wrong_code");
      assert.equal(wrong.json<{ details: { triesLeft: number } }>().details.triesLeft, LIMITS.codeTries - 1);
      world.advance(LIMITS.codeMinutes * MINUTE_MS + 1000);
      assert.equal((await prove(device, grant, code)).code, "code_expired");
      assert.equal((await open(device, grant)).code, "mailbox_proof_required");
    });

    test("M13/Q8: five wrong codes shut this browser out, not another; a new code lets it in again", async () => {
      const grant = await mailed();
      const [guesser, owner] = [world.visitor(), world.visitor()];
      const code = await askCode(world, guesser, grant);
      for (let left = LIMITS.codeTries - 1; left >= 0; left--) {
        const wrong = await prove(guesser, grant, other(code));
        assert.equal(wrong.json<{ details: { triesLeft: number } }>().details.triesLeft, left);
      }
      assert.equal((await prove(guesser, grant, code)).code, "locked");
      assert.equal((await prove(owner, grant, code)).status, 200);
      world.advance((LIMITS.codeAgainSeconds + 1) * 1000);
      assert.equal((await prove(guesser, grant, await askCode(world, guesser, grant))).status, 200);
    });

    test("M13: a proven mailbox stays so for 15 minutes, or 12 hours on a private computer", async () => {
      const grant = await mailed();
      const [passing, own] = [world.visitor(), world.visitor()];
      const code = await askCode(world, passing, grant);
      await proveMailbox(passing, grant.grantId, code);
      const json = { code, privateComputer: true };
      assert.equal((await own.call("POST", `/api/v1/grants/${grant.grantId}/proofs`, { json })).status, 200);
      world.advance(LIMITS.proofMinutes * MINUTE_MS + 1000);
      assert.equal((await open(passing, grant)).code, "mailbox_proof_required");
      assert.equal((await open(own, grant)).status, 200);
      world.advance(LIMITS.proofPrivateHours * 60 * MINUTE_MS);
      assert.equal((await open(own, grant)).code, "mailbox_proof_required");
    });

    test("M13: a right code gives all five tries back, and a proof for 12 hours is not cut by one for 15 minutes", async () => {
      const grant = await mailed();
      const device = world.visitor();
      const code = await askCode(world, device, grant);
      for (let turn = 1; turn < LIMITS.codeTries; turn++) await prove(device, grant, other(code));
      const json = { code, privateComputer: true };
      assert.equal((await device.call("POST", `/api/v1/grants/${grant.grantId}/proofs`, { json })).status, 200);
      const wrong = await prove(device, grant, other(code));
      assert.equal(wrong.json<{ details: { triesLeft: number } }>().details.triesLeft, LIMITS.codeTries - 1);
      assert.equal((await prove(device, grant, code)).status, 200);
      world.advance(LIMITS.proofMinutes * MINUTE_MS + 1000);
      assert.equal((await open(device, grant)).status, 200);
    });

    test("M13: a browser that has proven more than twenty mailboxes opens the mail of each", async () => {
      const to = Array.from({ length: 24 }, (_, index) => `many${index}@courriel.example`);
      const { grants } = await sendBlindly(world, world.owner, { to });
      const device = world.visitor();
      for (const grant of grants) await proveMailbox(device, grant.grantId, await askCode(world, device, grant));
      for (const grant of grants) assert.equal((await open(device, grant)).status, 200, grant.address);
    });

    test("Q8: a mailbox gets so many codes and no more, from wherever they are asked for", async () => {
      const grant = await mailed();
      const ask = (device: Person) => device.call("POST", `/api/v1/grants/${grant.grantId}/codes`, { json: {} });
      let sent = 0;
      while (sent < 40 && (await ask(world.visitor())).status === 202) {
        sent += 1;
        world.advance((LIMITS.codeAgainSeconds + 1) * 1000);
      }
      assert.ok(sent >= 12 && sent <= 24, `${sent} in ${Math.round((sent * 31) / 60)} minutes`);
      assert.equal((await ask(world.visitor())).code, "rate_limited");
      const sibling = await mailed();
      assert.equal((await world.visitor().call("POST", `/api/v1/grants/${sibling.grantId}/codes`)).status, 202);
    });

    test("Q8: codes are guessed so often and no more, with ever new browsers from one network, then from everywhere", async () => {
      const grant = await mailed();
      const guesser = world.visitor();
      const code = await askCode(world, guesser, grant);
      const guess = (by: Person) => {
        by.cookies.clear();
        return prove(by, grant, other(code));
      };
      const near: (string | null)[] = [];
      for (let turn = 0; turn < 32; turn++) near.push((await guess(guesser)).code);
      assert.deepEqual(near, [...Array<string>(30).fill("wrong_code"), "rate_limited", "rate_limited"]);
      const crowd = Array.from({ length: 290 }, () => createPerson(world.origin));
      const far = await Promise.all(crowd.map(async (by) => (await guess(by)).code));
      const heard = far.filter((one) => one === "wrong_code").length;
      assert.ok(heard >= 270 && heard < 280, `${heard} of everywhere were heard`);
      world.advance(60 * MINUTE_MS);
      assert.equal((await prove(world.visitor(), grant, code)).code, "code_expired");
    });

    test("M12/Q8: without the mailbox's proof a wrong verifier counts nothing", async () => {
      const grant = await mailed();
      const json = { verifier: "A".repeat(43) };
      for (let turn = 0; turn < 8; turn++) {
        const answer = await world.visitor().call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json });
        assert.equal(answer.code, "mailbox_proof_required");
      }
      const device = world.visitor();
      await proveMailbox(device, grant.grantId, await askCode(world, device, grant));
      assert.equal((await open(device, grant)).status, 200);
    });

    test("M8: a message by link asks no code, and mails none", async () => {
      const link = { to: ["by.link@courriel.example"], delivery: "link" } as const;
      const { envelopeId: message, grants } = await sendBlindly(world, world.owner, link);
      const [grant] = grants;
      if (grant === undefined) throw new Error("no grant");
      const asked = await world.visitor().call("POST", `/api/v1/grants/${grant.grantId}/codes`, { json: {} });
      assert.equal(asked.code, "conflict");
      assert.equal((await open(world.visitor(), grant)).status, 200);
      // Nor where others of the same message are mailed.
      const { envelopeId, order } = await prepareMessage(world, world.owner, { delivery: "link" });
      const { creation } = blindGrant("by.mail@courriel.example");
      const json = { ...order, grants: [...order.grants, creation] };
      const sent = await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json });
      assert.equal(sent.status, 200, sent.bytes.toString());
      const ordered = await world.server.services.db.read
        .selectFrom("outbox")
        .select("address")
        .where("envelope_id", "in", [envelopeId, message])
        .execute();
      assert.deepEqual(
        ordered.map(({ address }) => address),
        ["by.mail@courriel.example"],
      );
    });

    test("M22: the register tells each try, its outcome, where from, and the code's reference, never the code", async () => {
      const grant = await mailed();
      const device = world.visitor();
      const code = await askCode(world, device, grant);
      await prove(device, grant, other(code));
      await proveMailbox(device, grant.grantId, code);
      await open(device, grant);
      const register = await world.owner.call("GET", `/api/v1/envelopes/${grant.envelopeId}/register`);
      const { items } = register.json<{ items: RegisterEntry[] }>();
      const events = items.map(({ event }) => event).filter((event) => event !== "notified");
      assert.deepEqual(events, ["opened", "mailbox_proven", "code_wrong", "code_asked", "sent"]);
      assert.match(items.find(({ event }) => event === "code_asked")?.codeReference ?? "", /^[A-Z][2-9] [A-Z][2-9]$/);
      assert.match(items.find(({ event }) => event === "opened")?.network ?? "", /\.0\/24$/);
      assert.ok(!register.bytes.toString().includes(code));
    });
  });
});
