/** One member's notifications are bounded (Q8): in all and to one mailbox, by whatever door they are ordered; refused is refused whole. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { blindGrant, prepareMessage, sendBlindly } from "./testing/blind-sender.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { readRows } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

const HOUR_MS = 3_600_000;

onBothProfiles(({ createWorld }) => {
  describe("mail limits", () => {
    const scope = suiteScope();

    const send = async (world: World, to: readonly string[]) => {
      const { envelopeId, order } = await prepareMessage(world, world.owner, { to });
      return await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order });
    };
    const crowd = (count: number, name: string) =>
      Array.from({ length: count }, (_, i) => `${name}${i}@courriel.example`);

    test("Q8: recipients of an hour are counted, not messages; what is too many is not sent at all", async () => {
      const world = await createWorld(scope, { PLI_MAILS_PER_HOUR: "200" });
      assert.equal((await send(world, crowd(150, "a"))).status, 200);
      const mails = async () => (await readRows(world)).outbox?.length;
      const before = await mails();
      const refused = await send(world, crowd(60, "b"));
      assert.equal(refused.status, 429);
      assert.equal(refused.code, "rate_limited");
      assert.ok(Number(refused.headers["retry-after"]) > 60);
      assert.equal(await mails(), before);
      // What is refused takes no turn, links that are not mailed none either, and others have their own.
      assert.equal((await send(world, crowd(50, "c"))).status, 200);
      await sendBlindly(world, world.owner, { delivery: "link", to: crowd(100, "d") });
      await sendBlindly(world, world.colleague, { to: crowd(100, "e") });
      world.advance(HOUR_MS);
      // An order that fails in the end has told nobody.
      const taken = await sendBlindly(world, world.colleague, { delivery: "link" });
      const { envelopeId, order } = await prepareMessage(world, world.owner, { to: crowd(199, "x") });
      const json = { ...order, grants: [...order.grants, taken.order.grants[0]] };
      assert.equal(
        (await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json })).code,
        "already_exists",
      );
      assert.equal((await send(world, crowd(200, "f"))).status, 200);
    });

    test("Q8: one mailbox gets so many of one member, however they are ordered", async () => {
      const world = await createWorld(scope, { PLI_MAILS_PER_MAILBOX: "3" });
      const address = "flooded@courriel.example";
      const { envelopeId, grants } = await sendBlindly(world, world.owner, { to: [address] });
      const path = `/api/v1/envelopes/${envelopeId}/grants`;
      const { creation } = blindGrant(address.toUpperCase());
      assert.equal((await world.owner.call("POST", path, { json: creation })).status, 201);
      const resend = () =>
        world.owner.call("POST", `${path}/${grants[0]?.grantId}/resend`, {
          json: { linkSecret: grants[0]?.linkSecret },
        });
      assert.equal((await resend()).status, 204);
      assert.equal((await resend()).code, "rate_limited");
      assert.equal((await world.owner.call("POST", path, { json: blindGrant(address).creation })).code, "rate_limited");
      assert.equal((await send(world, [address])).code, "rate_limited");
      assert.equal((await send(world, ["other@courriel.example"])).status, 200);
      await sendBlindly(world, world.colleague, { to: [address] });
      world.advance(HOUR_MS);
      assert.equal((await send(world, [address])).status, 200);
    });
  });
});
