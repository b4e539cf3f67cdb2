/**
 * What somebody can do who knows a grant's id and little else (M16, M17, Q8): knocking leaves no endless trace, guessing comes to an end,
 * and whoever reads already is not shut out by it.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import { before, describe, test } from "node:test";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Envelope, RegisterEntry } from "@pli/core/wire";
import {
  type BlindGrant,
  blindGrant,
  chunkPath,
  openBlindly,
  prepareReply,
  sendBlindly,
} from "./testing/blind-sender.ts";
import type { Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { contentGone, readRows, readStored } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WRONG = "A".repeat(43);

onBothProfiles(({ name, createWorld }) => {
  describe("a grant's doors", () => {
    const scope = suiteScope();
    let world: World;
    before(async () => {
      world = await createWorld(scope);
    });

    async function sent(openings = 3): Promise<{ envelopeId: string; grant: BlindGrant }> {
      const { envelopeId, grants } = await sendBlindly(world, world.owner, { delivery: "link", openings });
      const [grant] = grants;
      if (grant === undefined) throw new Error("no grant");
      return { envelopeId, grant };
    }

    const open = (device: Person, grant: BlindGrant, verifier = grant.verifier) =>
      device.call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json: { verifier } });

    async function register(envelopeId: string, event: RegisterEntry["event"]): Promise<readonly RegisterEntry[]> {
      const answer = await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/register`);
      return answer.json<{ items: RegisterEntry[] }>().items.filter((entry) => entry.event === event);
    }

    /** Mails that were ordered, waiting or sent. */
    const mails = async () => ((await readRows(world)).outbox ?? []).length;

    test("M17: a request that waits is not made again, nor mailed; once dealt with, it may be; a month after the end, never", async () => {
      const { envelopeId, grant } = await sent();
      const ask = (reason: string) =>
        world.visitor().call("POST", `/api/v1/grants/${grant.grantId}/requests`, { json: { reason } });
      const requests = async () =>
        (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>().requests;
      const before = await mails();
      const answers = await Promise.all([ask("not_me"), ask("not_me")]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [202, 202],
      );
      world.advance(HOUR_MS);
      assert.equal((await ask("not_me")).status, 202);
      assert.equal((await ask("new_copy")).status, 202);
      assert.equal((await requests()).length, 2);
      assert.equal((await mails()) - before, 2);
      const waiting = (await requests()).find(({ reason }) => reason === "not_me");
      await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/requests/${waiting?.requestId}/done`);
      world.advance(HOUR_MS);
      assert.equal((await ask("not_me")).status, 202);
      assert.equal((await requests()).length, 3);
      world.advance(62 * DAY_MS);
      assert.equal((await ask("not_for_me")).code, "expired");
      assert.equal((await requests()).length, 3);
      assert.equal((await mails()) - before, 3);
    });

    test("M17/Q8: three requests an hour at one link, whoever asks; a fourth is told when", async () => {
      const { grant } = await sent();
      const ask = (reason: string) =>
        world.visitor().call("POST", `/api/v1/grants/${grant.grantId}/requests`, { json: { reason } });
      for (const reason of ["new_copy", "not_me", "not_for_me"]) assert.equal((await ask(reason)).status, 202);
      const fourth = await ask("new_copy");
      assert.equal(fourth.code, "rate_limited");
      assert.ok(Number(fourth.headers["retry-after"]) > 60);
    });

    test("M12: scanners that come by GET and HEAD stand in the register as machines, and the message stays unread", async () => {
      const { envelopeId, grant } = await sent(1);
      const browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36";
      const followed = {
        accept: "text/html",
        "accept-language": "fr",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
      };
      const visits: readonly (readonly [string, Record<string, string>])[] = [
        ["GET", { "user-agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" }],
        ["HEAD", { ...followed, "user-agent": browser }],
        ["GET", { ...followed, "user-agent": browser, "sec-purpose": "prefetch" }],
        ["GET", { "user-agent": "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)" }],
      ];
      const before = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>();
      for (const [method, headers] of visits) {
        const scanner = world.visitor();
        await scanner.call(method, `/o/${grant.grantId}`, { headers });
        await scanner.call(method, `/api/v1/grants/${grant.grantId}`, { headers });
      }
      await world.visitor().call("GET", `/o/${grant.grantId}`, { headers: { ...followed, "user-agent": browser } });
      let visited: readonly RegisterEntry[] = [];
      for (const endMs = Date.now() + 20_000; visited.length < 5 && Date.now() < endMs; await setTimeout(50))
        visited = await register(envelopeId, "visited");
      assert.deepEqual(visited.map(({ agent, machine }) => `${agent}: ${machine}`).sort(), [
        "Bing: true",
        "Chrome, Windows: false",
        "Chrome, Windows: true",
        "Chrome, Windows: true",
        "Slack: true",
      ]);
      const { state, recipientsOpened, grants } = (
        await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)
      ).json<Envelope>();
      assert.deepEqual(
        { state, recipientsOpened, grants },
        { state: "sent", recipientsOpened: 0, grants: before.grants },
      );
    });

    test("M22: knocking at a door that is shut is noted once a minute, and a month after the end not at all", async () => {
      const { envelopeId, grant } = await sent();
      await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/revoke`);
      const knocker = world.visitor();
      const knock = async (times: number) => {
        for (let i = 0; i < times; i++) assert.equal((await open(knocker, grant)).code, "revoked");
      };
      await knock(10);
      assert.equal((await register(envelopeId, "refused")).length, 1);
      await open(world.visitor(), grant);
      assert.equal((await register(envelopeId, "refused")).length, 2, "another network is another line");
      world.advance(MINUTE_MS + 1);
      await knock(10);
      assert.equal((await register(envelopeId, "refused")).length, 3);
      world.advance(62 * DAY_MS);
      await knock(3);
      assert.equal((await register(envelopeId, "refused")).length, 3);
    });

    test("M16: what was revoked is answered no more: neither chunks nor the reply get in, and what was uploaded goes", async () => {
      for (const whole of [true, false]) {
        const { envelopeId, grant } = await sent();
        const device = await openBlindly(world, grant);
        const reply = await prepareReply(device, grant.grantId);
        const other = await sent();
        const otherDevice = await openBlindly(world, other.grant);
        const otherReply = await prepareReply(otherDevice, other.grant.grantId);
        const path = `/api/v1/envelopes/${envelopeId}`;
        const revoked = await world.owner.call("POST", `${path}${whole ? "" : `/grants/${grant.grantId}`}/revoke`);
        assert.equal(revoked.status, 204);
        const chunk = await device.call("PUT", chunkPath(reply.envelopeId, 1, 0), {
          body: "late",
          headers: { "content-type": "application/octet-stream" },
        });
        assert.equal(chunk.code, "revoked");
        const send = (by: Person, { envelopeId: id, order }: typeof reply) =>
          by.call("POST", `/api/v1/envelopes/${id}/send`, { json: order });
        assert.equal((await send(device, reply)).code, "revoked");
        await contentGone(world, reply.envelopeId);
        assert.equal((await send(otherDevice, otherReply)).status, 200, "another message's reply is not touched");
        const inbox = (await world.owner.call("GET", "/api/v1/inbox")).json<{ items: { envelopeId: string }[] }>();
        assert.ok(!inbox.items.some((item) => item.envelopeId === reply.envelopeId));
      }
    });

    // A bucket has no folder that could go from under a chunk: there it stays, and the clean-up finds it.
    if (name === "sqlite") {
      test("M16, Z8: whoever sends a chunk while their reply is revoked is told so, and nothing of it stays", async () => {
        const { envelopeId, grant } = await sent();
        const device = await openBlindly(world, grant);
        const reply = await prepareReply(device, grant.grantId);
        const half = Buffer.alloc(500, 7);
        const going = request(new URL(chunkPath(reply.envelopeId, 1, 1), world.origin), {
          method: "PUT",
          headers: {
            cookie: [...device.cookies].map((pair) => pair.join("=")).join("; "),
            "content-type": "application/octet-stream",
            "content-length": 2 * half.length,
          },
        });
        going.write(half);
        const isComing = async () => (await readStored(world)).files.some((file) => file.includes(".tmp"));
        while (!(await isComing())) await setImmediate();
        assert.equal((await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/revoke`)).status, 204);
        await contentGone(world, reply.envelopeId);
        going.end(half);
        const [answer] = (await once(going, "response")) as [IncomingMessage];
        assert.deepEqual([answer.statusCode, ((await json(answer)) as { code: string }).code], [410, "revoked"]);
        await contentGone(world, reply.envelopeId);
      });
    }

    /** A grant with a password, openable fifty times. */
    async function sentWithPassword(): Promise<{ envelopeId: string; grant: BlindGrant }> {
      const { envelopeId } = await sent();
      const grant = blindGrant("guessed@courriel.example", { delivery: "link", openings: 50 });
      const passwordParams = { salt: "A".repeat(22), memoryKiB: 19_456, passes: 2, lanes: 1 };
      const json = { ...grant.creation, passwordParams };
      assert.equal((await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/grants`, { json })).status, 201);
      return { envelopeId, grant };
    }

    const minutesLocked = async (device: Person, grant: BlindGrant, verifier = grant.verifier) => {
      const answer = await open(device, grant, verifier);
      assert.equal(answer.code, "locked");
      return Math.round(
        (answer.json<{ details: { retryAfterSeconds: number } }>().details.retryAfterSeconds ?? 0) / 60,
      );
    };

    test("Q8: locks grow from 15 minutes to an hour to a day, also when the recipient opens in between", async () => {
      const { grant } = await sentWithPassword();
      const guesser = world.visitor();
      for (const minutes of [15, 60, 24 * 60]) {
        for (let i = 0; i < 4; i++) assert.equal((await open(guesser, grant, WRONG)).code, "wrong_password");
        assert.equal(await minutesLocked(guesser, grant, WRONG), minutes);
        world.advance(minutes * MINUTE_MS + 1000);
        await openBlindly(world, grant);
      }
    });

    test("Q8: after fifty wrong passwords in all only the sender unlocks", async () => {
      const { envelopeId, grant } = await sentWithPassword();
      const guesser = world.visitor();
      let wrong = 0;
      for (; wrong < 49; wrong++) {
        assert.equal((await open(guesser, grant, WRONG)).code, "wrong_password");
        // A recipient who comes meanwhile does not give the guesser new tries.
        if (wrong % 4 === 3) await openBlindly(world, grant);
      }
      assert.ok((await minutesLocked(guesser, grant, WRONG)) > 24 * 60);
      world.advance(25 * HOUR_MS);
      await minutesLocked(world.visitor(), grant);
      const path = `/api/v1/envelopes/${envelopeId}/grants/${grant.grantId}`;
      assert.equal((await world.owner.call("PATCH", path, { json: { openingsLeft: 5 } })).status, 200);
      await openBlindly(world, grant);
      for (let i = 0; i < 4; i++) assert.equal((await open(guesser, grant, WRONG)).code, "wrong_password");
      assert.equal(await minutesLocked(guesser, grant, WRONG), 15);
    });

    test("M5: who reads already goes on though a stranger has locked the grant; a wrong verifier does not", async () => {
      const { grant } = await sent();
      const reader = await openBlindly(world, grant);
      const stranger = world.visitor();
      for (let i = 0; i < 5; i++) await open(stranger, grant, WRONG);
      assert.equal(await minutesLocked(world.visitor(), grant), 15);
      const again = await open(reader, grant);
      assert.equal(again.status, 200);
      assert.equal(again.json<{ openingsLeft: number }>().openingsLeft, 2);
      assert.equal(await minutesLocked(reader, grant, WRONG), 15);
      assert.equal(await minutesLocked(world.visitor(), grant), 15);
    });
  });
});
