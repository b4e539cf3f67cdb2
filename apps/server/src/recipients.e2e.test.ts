/** What a sender does with one recipient after sending (M21), and where it ends (M6, Q8); what the list finds by (M20), and the inbox (M25). */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Envelope, EnvelopeListItem, GrantStatus, InboxItem, Page } from "@pli/core/wire";
import { endOverdue } from "./features/jobs/index.ts";
import { type BlindGrant, blindGrant, openBlindly, prepareReply, sendBlindly } from "./testing/blind-sender.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { suiteScope, type World } from "./testing/world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

onBothProfiles(({ createWorld }) => {
  describe("recipients", () => {
    let world: World;
    const scope = suiteScope();
    before(async () => {
      world = await createWorld(scope);
    });
    const grantPath = (envelopeId: string, grant: BlindGrant) =>
      `/api/v1/envelopes/${envelopeId}/grants/${grant.grantId}`;
    const change = (envelopeId: string, grant: BlindGrant, json: object) =>
      world.owner.call("PATCH", grantPath(envelopeId, grant), { json });
    const resend = (envelopeId: string, grant: BlindGrant) =>
      world.owner.call("POST", `${grantPath(envelopeId, grant)}/resend`, { json: { linkSecret: grant.linkSecret } });
    const pair = (grants: readonly BlindGrant[]) => grants as readonly [BlindGrant, BlindGrant];

    test("M21: openings that were used stay counted when more are given; a key that is gone comes back by nobody", async () => {
      const to = ["a@courriel.example", "b@courriel.example"];
      const { envelopeId, grants } = await sendBlindly(world, world.owner, { delivery: "link", openings: 1, to });
      const [first, second] = pair(grants);
      await openBlindly(world, first);
      const changed = (await change(envelopeId, first, { openingsLeft: 2 })).json<GrantStatus>();
      assert.deepEqual([changed.openingsLeft, changed.openingsTotal], [2, 3]);
      await openBlindly(world, second);
      world.advance(HOUR_MS + 1000);
      await endOverdue(world.server.services);
      assert.equal((await change(envelopeId, second, { openingsLeft: 2 })).code, "conflict");
      await openBlindly(world, first);
    });

    test("M6: an expiry is never later than thirty days from now, given at once or changed", async () => {
      const most = () => world.now() + 720 * HOUR_MS;
      const expiresInMs = 720 * HOUR_MS + 5 * MINUTE_MS;
      const { envelopeId, grants } = await sendBlindly(world, world.owner, { delivery: "link", expiresInMs });
      const { expiresAt } = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>();
      assert.ok(Date.parse(expiresAt ?? "") <= most());
      const json = { expiresAt: new Date(world.now() + expiresInMs).toISOString() };
      const [grant] = pair(grants);
      const changed = (await change(envelopeId, grant, json)).json<GrantStatus>();
      assert.ok(Date.parse(changed.expiresAt) <= most(), changed.expiresAt);
    });

    test("M21/Q8: a link is sent again ten times an hour and no more; one that was not mailed is not", async () => {
      const { envelopeId, grants } = await sendBlindly(world, world.owner, { to: ["again@courriel.example"] });
      const [grant] = pair(grants);
      for (let times = 1; times <= 10; times++) assert.equal((await resend(envelopeId, grant)).status, 204);
      assert.equal((await resend(envelopeId, grant)).code, "rate_limited");
      const link = await sendBlindly(world, world.owner, { delivery: "link" });
      const refused = await resend(link.envelopeId, pair(link.grants)[0]);
      assert.deepEqual([refused.code, refused.json<{ details: object }>().details], ["conflict", { state: "link" }]);
    });

    test("M21: nobody is added to a message that has two hundred recipients; M22: what was done is in the register", async () => {
      const to = Array.from({ length: 200 }, (_, index) => `p${index}@courriel.example`);
      const { envelopeId } = await sendBlindly(world, world.owner, { delivery: "link", to });
      const path = `/api/v1/envelopes/${envelopeId}/grants`;
      const { creation } = blindGrant("one.more@courriel.example");
      const refused = await world.owner.call("POST", path, { json: creation });
      assert.deepEqual([refused.code, refused.json<{ details: object }>().details], ["limit_reached", { limit: 200 }]);

      const small = await sendBlindly(world, world.owner, { to: ["small@courriel.example"] });
      const [grant] = pair(small.grants);
      const added = await world.owner.call("POST", `/api/v1/envelopes/${small.envelopeId}/grants`, { json: creation });
      assert.equal(added.status, 201);
      assert.equal((await resend(small.envelopeId, grant)).status, 204);
      assert.equal((await change(small.envelopeId, grant, { openingsLeft: 3 })).status, 200);
      const register = await world.owner.call("GET", `/api/v1/envelopes/${small.envelopeId}/register`);
      const { items } = register.json<Page<{ event: string; grantId?: string }>>();
      const noted = items
        .filter(({ event }) => !event.startsWith("notif"))
        .map(({ event, grantId }) => [event, grantId]);
      assert.deepEqual(noted, [
        ["changed", grant.grantId],
        ["resent", grant.grantId],
        ["grant_added", creation.grantId],
        ["sent", undefined],
      ]);
    });

    test("M20: a reference finds its message, by itself or among all words; days find what was written in them", async () => {
      const list = async (query: string) =>
        (await world.owner.call("GET", `/api/v1/envelopes?${query}`))
          .json<Page<EnvelopeListItem>>()
          .items.map(({ envelopeId }) => envelopeId);
      world.advance(48 * HOUR_MS);
      const from = new Date(world.now()).toISOString();
      const link = { delivery: "link" } as const;
      const { envelopeId } = await sendBlindly(world, world.owner, { ...link, reference: "Case 2026/17" });
      world.advance(1000);
      const to = new Date(world.now()).toISOString();
      const later = await sendBlindly(world, world.owner, { ...link, reference: "Case 2026/18" });
      for (const query of ["reference=case+2026%2F17", "q=2026%2F17", `from=${from}&to=${to}`]) {
        assert.deepEqual(await list(query), [envelopeId], query);
      }
      assert.deepEqual(await list(`from=${to}`), [later.envelopeId]);
    });

    test("M25: replies that came in one millisecond follow one another in pages; past their time none is shown", async () => {
      const member = await world.newMember();
      const { grants } = await sendBlindly(world, member, { delivery: "link" });
      const [grant] = pair(grants);
      const device = await openBlindly(world, grant);
      const sent: string[] = [];
      for (let count = 0; count < 53; count++) {
        const { envelopeId, order } = await prepareReply(device, grant.grantId);
        const answer = await device.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order });
        assert.equal(answer.status, 200);
        sent.push(envelopeId);
      }
      const at = { sent_at_ms: world.now() };
      await world.server.services.db.write((tx) =>
        tx.updateTable("envelopes").set(at).where("envelope_id", "in", sent).execute(),
      );
      const page = async (cursor?: string) =>
        (await member.call("GET", `/api/v1/inbox${cursor === undefined ? "" : `?cursor=${cursor}`}`)).json<
          Page<InboxItem>
        >();
      const first = await page();
      const second = await page(first.next);
      assert.deepEqual([first.items.length, second.items.length, second.next], [50, 3, undefined]);
      const shown = [...first.items, ...second.items].map(({ envelopeId }) => envelopeId);
      assert.deepEqual(shown, sent.toSorted().toReversed());
      world.advance(400 * 24 * HOUR_MS);
      assert.deepEqual((await page()).items, []);
    });
  });
});
