/** What a sender wants to be told by mail (M9): at each first opening, at every one, never; and of what is destroyed unread. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { NotifyMe } from "@pli/core/wire";
import { endOverdue } from "./features/jobs/index.ts";
import { type MessageWishes, openBlindly, sendBlindly, waitForText } from "./testing/blind-sender.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { suiteScope, type World } from "./testing/world.ts";

const HOUR_MS = 3_600_000;

onBothProfiles(({ createWorld }) => {
  describe("notify me", () => {
    let world: World;
    const scope = suiteScope();
    before(async () => {
      world = await createWorld(scope);
    });
    const send = (wishes: MessageWishes) => sendBlindly(world, world.owner, { delivery: "link", ...wishes });
    /** Mails of one kind to the sender that were ordered, with the names in them. */
    async function told(envelopeId: string, kind: "opened" | "unread"): Promise<readonly string[]> {
      const rows = await world.server.services.db.read
        .selectFrom("outbox")
        .select("address")
        .where("envelope_id", "=", envelopeId)
        .where("kind", "=", kind)
        .execute();
      assert.ok(rows.every(({ address }) => address === world.owner.address));
      return rows.map(({ address }) => address);
    }

    test("M9: the sender is told of the first opening of each, of every one, or of none; never of coming back", async () => {
      const wanted: Readonly<Record<NotifyMe, number>> = { first: 2, each: 4, never: 0 };
      for (const [notify, mails] of Object.entries(wanted) as [NotifyMe, number][]) {
        const to = ["a@courriel.example", "b@courriel.example"];
        const { envelopeId, grants } = await send({ notify, openings: 3, to });
        for (const grant of grants) {
          const device = await openBlindly(world, grant);
          await openBlindly(world, grant, device);
          await openBlindly(world, grant);
        }
        assert.equal((await told(envelopeId, "opened")).length, mails, notify);
      }
    });

    test("M9: of what ends unread those are named who never opened it, not who was revoked; and who does not want it is not told", async () => {
      const to = ["never@courriel.example", "reader@courriel.example", "revoked@courriel.example"];
      const { envelopeId, grants } = await send({ to, expiresInMs: HOUR_MS });
      const [, reader, revoked] = grants;
      assert.ok(reader !== undefined && revoked !== undefined);
      await openBlindly(world, reader);
      const path = `/api/v1/envelopes/${envelopeId}/grants/${revoked.grantId}/revoke`;
      assert.equal((await world.owner.call("POST", path)).status, 204);
      const silent = await send({ to: ["silent@courriel.example"], expiresInMs: HOUR_MS, notifyUnread: false });
      const read = await send({ to: ["all.read@courriel.example"], expiresInMs: HOUR_MS });
      for (const grant of read.grants) await openBlindly(world, grant);
      world.advance(HOUR_MS + 1000);
      await endOverdue(world.server.services);
      const mail = await waitForText(world, world.owner.address, /^([\s\S]*never@courriel\.example[\s\S]*)$/);
      for (const absent of ["reader@", "revoked@"]) assert.ok(!mail.includes(absent), absent);
      assert.equal((await told(envelopeId, "unread")).length, 1);
      for (const other of [silent, read]) assert.deepEqual(await told(other.envelopeId, "unread"), []);
    });
  });
});
