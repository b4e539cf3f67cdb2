/** Taking back (M10): as often as one sends, and as long as nobody was told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { blindGrant, openBlindly, prepareMessage, sendBlindly } from "../../testing/blind-sender.ts";
import { onBothProfiles } from "../../testing/profiles.ts";

onBothProfiles(({ createWorld }) => {
  test("M10: what was taken back and sent again can be taken back again", async (t) => {
    const world = await createWorld(t);
    const { owner } = world;
    const { envelopeId, order } = await sendBlindly(world, owner, { holdSeconds: 30 });
    const path = `/api/v1/envelopes/${envelopeId}`;
    for (let round = 1; round <= 3; round++) {
      assert.equal((await owner.call("POST", `${path}/take-back`, { json: {} })).status, 200, `round ${round}`);
      const again = { ...order, grants: [blindGrant("other@courriel.example").creation] };
      assert.equal((await owner.call("POST", `${path}/send`, { json: again })).status, 200);
    }
    world.advance(31_000);
    assert.equal((await owner.call("POST", `${path}/take-back`, { json: {} })).code, "too_late");
  });

  test("M10: what one recipient has opened by a link cannot be taken back from the others, nor links after the 30 seconds", async (t) => {
    const world = await createWorld(t);
    const { owner } = world;
    const prepared = await prepareMessage(world, owner, { holdSeconds: 30 });
    const early = blindGrant("early@courriel.example", { delivery: "link" });
    const json = { ...prepared.order, grants: [...prepared.order.grants, early.creation] };
    const path = `/api/v1/envelopes/${prepared.envelopeId}`;
    assert.equal((await owner.call("POST", `${path}/send`, { json })).status, 200);
    await openBlindly(world, early);
    assert.equal((await owner.call("POST", `${path}/take-back`, { json: {} })).code, "too_late");

    const links = await sendBlindly(world, owner, { holdSeconds: 30, delivery: "link" });
    world.advance(31_000);
    const late = await owner.call("POST", `/api/v1/envelopes/${links.envelopeId}/take-back`, { json: {} });
    assert.equal(late.code, "too_late");
  });

  test("M10: a message of which one recipient was revoked can be taken back, not one that went out to somebody", async (t) => {
    const world = await createWorld(t);
    const { owner } = world;
    const to = ["jeanne@courriel.example", "marc@courriel.example"];
    const { envelopeId, grants } = await sendBlindly(world, owner, { holdSeconds: 30, to });
    const path = `/api/v1/envelopes/${envelopeId}`;
    const revoked = await owner.call("POST", `${path}/grants/${grants[0]?.grantId}/revoke`, { json: {} });
    assert.equal(revoked.status, 204);
    assert.equal((await owner.call("POST", `${path}/take-back`, { json: {} })).status, 200);

    const told = await sendBlindly(world, owner, { holdSeconds: 30, to });
    const early = blindGrant("early@courriel.example");
    const added = await owner.call("POST", `/api/v1/envelopes/${told.envelopeId}/grants`, { json: early.creation });
    assert.equal(added.status, 201);
    const late = await owner.call("POST", `/api/v1/envelopes/${told.envelopeId}/take-back`, { json: {} });
    assert.equal(late.code, "too_late");
  });
});
