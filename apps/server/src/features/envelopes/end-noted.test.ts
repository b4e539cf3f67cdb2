/** Endings and the register of destruction (Z8): where it cannot be written nothing ends, and the sender is told so. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Envelope } from "@pli/core/wire";
import { sendBlindly } from "../../testing/blind-sender.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import { endOverdue } from "../jobs/index.ts";

onBothProfiles(({ createWorld }) => {
  test("Z8: a message is not revoked before the register knows, nor one recipient", async (t) => {
    const world = await createWorld(t);
    const { owner, server } = world;
    const { envelopeId, grants } = await sendBlindly(world, owner, {
      delivery: "link",
      to: ["a@r.example", "b@r.example"],
    });
    const { destroyed } = server.services;
    const note = destroyed.note;
    const path = `/api/v1/envelopes/${envelopeId}`;
    const doors = [`${path}/revoke`, `${path}/grants/${grants[0]?.grantId}/revoke`];
    destroyed.note = () => Promise.reject(new Error("no space"));
    for (const door of doors) assert.equal((await owner.call("POST", door, { json: {} })).status, 500);
    const shown = (await owner.call("GET", path)).json<Envelope>();
    assert.notEqual(shown.state, "revoked");
    assert.deepEqual([...new Set(shown.grants.map(({ state }) => state))], ["active"]);
    destroyed.note = note;
    for (const door of doors.toReversed()) assert.equal((await owner.call("POST", door, { json: {} })).status, 204);
  });

  test("Z8: of what time ends the register knows before its content goes; as long as it does not, the content stays", async (t) => {
    const world = await createWorld(t);
    const { services } = world.server;
    const { envelopeId } = await sendBlindly(world, world.owner, { delivery: "link", expiresInMs: 3_600_000 });
    world.advance(3_601_000);
    const { destroyed } = services;
    const full = { ...destroyed, note: () => Promise.reject(new Error("no space")) };
    await assert.rejects(endOverdue({ ...services, destroyed: full }), /no space/);
    assert.ok((await services.blobs.listChunks(envelopeId)).length > 0, "erased, and no register knows");
    await endOverdue(services);
    assert.deepEqual(await services.blobs.listChunks(envelopeId), []);
    const known: unknown[] = [];
    for await (const line of destroyed.read(0)) if (line !== null && "envelope" in line) known.push(line.envelope);
    assert.ok(known.includes(envelopeId));
  });
});
