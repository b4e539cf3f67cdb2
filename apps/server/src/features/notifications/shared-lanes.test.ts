/** The ways that all nodes share to one receiving domain, at their own seam. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openDatabase } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { onBothProfiles, type Profile } from "../../testing/profiles.ts";
import type { Scope } from "../../testing/world.ts";
import { createSharedLanes } from "./shared-lanes.ts";

const HOUR_MS = 3_600_000;
const WAYS = 3;

async function setUp(t: Scope, profile: Profile) {
  const place = await profile.place(t);
  let nowMs = Date.UTC(2026, 10, 1);
  const clock = { now: () => nowMs };
  const db = await openDatabase(place, clock.now);
  t.after(() => db.close());
  const lanes = createSharedLanes({ db, clock } as Services, {
    owner: "node",
    lanes: WAYS,
    gapMs: 0,
    leaseMs: 20_000,
    patienceMs: 0,
    isStopping: () => false,
  });
  /** How many of so many deliveries at once find a way. */
  const deliverAtOnce = async (count: number): Promise<number> => {
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const underWay = new Set<Promise<boolean>>();
    let given = 0;
    for (let index = 0; index < count; index++) {
      const begun = Promise.withResolvers<void>();
      const delivery = lanes.run("busy.example", () => {
        given += 1;
        begun.resolve();
        return over;
      });
      underWay.add(delivery);
      await Promise.race([begun.promise, delivery]);
    }
    end();
    await Promise.all(underWay);
    return given;
  };
  return { lanes, deliverAtOnce, move: (ms: number) => (nowMs += ms) };
}

onBothProfiles((profile) => {
  test("Q11: a domain that was quiet for hours, one mail now and then, has all its ways when many come", async (t) => {
    const { lanes, deliverAtOnce, move } = await setUp(t, profile);
    assert.equal(await deliverAtOnce(5), WAYS);
    for (let hour = 0; hour < 3; hour++) {
      move(HOUR_MS - 1);
      assert.equal(await deliverAtOnce(1), 1);
      move(1);
      await lanes.forget();
    }
    assert.equal(await deliverAtOnce(5), WAYS);
  });
});
