/** The limits, at their own seam: the doors that use them are tested where they are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PliError } from "@pli/core/errors";
import fc from "fast-check";
import { type DatabasePlace, openDatabase } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { onBothProfiles, type Profile } from "../../testing/profiles.ts";
import type { Scope } from "../../testing/world.ts";
import { cleanLimits, type Limit, reset, secondsToWait, take, takeWeightedIn } from "./index.ts";

const limit: Limit = { door: "test", key: "somebody@here.example", limit: 5, windowSeconds: 60 };

async function node(t: Scope, place: DatabasePlace, clock: { now(): number }): Promise<Services> {
  const db = await openDatabase(place, clock.now);
  t.after(() => db.close());
  return { db, clock } as Services;
}

async function setUp(t: Scope, profile: Profile) {
  const place = await profile.place(t);
  let nowMs = Date.UTC(2026, 10, 1);
  const clock = { now: () => nowMs };
  return { place, clock, services: await node(t, place, clock), advance: (ms: number) => (nowMs += ms) };
}

const refused = (error: unknown) => error instanceof PliError && error.code === "rate_limited";

onBothProfiles((profile) => {
  test("Q8: of fifty at once exactly five get in, on two nodes that share the database", async (t) => {
    const { place, clock, services } = await setUp(t, profile);
    const other = await node(t, place, clock);
    const tries = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => take(i % 2 === 0 ? services : other, limit)),
    );
    assert.equal(tries.filter((one) => one.status === "fulfilled").length, 5);
    for (const one of tries) if (one.status === "rejected") assert.ok(refused(one.reason));
  });

  test("Q8: turns come back one by one; the time to wait is true to the second", async (t) => {
    const { services, advance } = await setUp(t, profile);
    for (let i = 0; i < 5; i++) await take(services, limit);
    const waitSeconds = await secondsToWait(services.db.read, services.clock.now(), limit);
    assert.equal(waitSeconds, 12);
    advance(waitSeconds * 1000 - 1000);
    await assert.rejects(take(services, limit), refused);
    advance(1000);
    await take(services, limit);
    await assert.rejects(take(services, limit), refused);
  });

  test("Q8: who stands at a shut door takes no turn at the next, alone or in a crowd", async (t) => {
    const { services, advance } = await setUp(t, profile);
    const narrow = { ...limit, door: "narrow", limit: 2 };
    const wide = { ...limit, door: "wide", limit: 10 };
    const tries = await Promise.allSettled(Array.from({ length: 30 }, () => take(services, narrow, wide)));
    assert.equal(tries.filter((one) => one.status === "fulfilled").length, 2);
    for (let turn = 0; turn < 8; turn++) await take(services, wide);
    await assert.rejects(take(services, wide), refused);
    // Known to be shut, and open again.
    await assert.rejects(take(services, narrow), refused);
    advance(30_000);
    await take(services, narrow, wide);
  });

  test("Q8: more at once than there are turns is refused, also to who never came before, and takes none", async (t) => {
    const { services } = await setUp(t, profile);
    const weigh = (weight: number, keys: readonly string[] = ["a", "b"]) =>
      services.db.write((tx) => takeWeightedIn(tx, services.clock.now(), { ...limit, keys, weight }));
    await assert.rejects(weigh(6), refused);
    await weigh(2, ["b"]);
    await assert.rejects(weigh(4), refused);
    await weigh(5, ["a"]);
    await weigh(3, ["b"]);
    await assert.rejects(weigh(1, ["b"]), refused);
  });

  test("Q8: other keys and doors are not touched; a reset gives all turns back", async (t) => {
    const { services } = await setUp(t, profile);
    for (let i = 0; i < 5; i++) await take(services, limit);
    await take(services, { ...limit, key: "other" });
    await take(services, { ...limit, door: "other" });
    await services.db.write((tx) => reset(tx, limit.door, limit.key));
    await take(services, limit);
  });

  test("Q8: never more than the limit in any window, and rows that limit nobody are removed", async (t) => {
    const { services, advance } = await setUp(t, profile);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 40 }),
        async (pauses) => {
          const key = `${Math.random()}`;
          const taken: number[] = [];
          for (const pause of pauses) {
            advance(pause);
            await take(services, { ...limit, key }).then(
              () => taken.push(services.clock.now()),
              (error: unknown) => assert.ok(refused(error)),
            );
          }
          // A burst of the whole limit may follow turns that came back: at most twice the limit, less one, in one window.
          for (const start of taken) {
            assert.ok(taken.filter((at) => at >= start && at < start + 60_000).length <= 2 * limit.limit - 1);
          }
        },
      ),
      { numRuns: 30 },
    );
    advance(120_000);
    await cleanLimits(services);
    assert.deepEqual(await services.db.read.selectFrom("limits").selectAll().execute(), []);
  });

  test("Q8: the address of a key is not in the database", async (t) => {
    const { services } = await setUp(t, profile);
    await take(services, limit);
    const rows = await services.db.read.selectFrom("limits").selectAll().execute();
    assert.ok(!JSON.stringify(rows).includes("somebody"));
  });
});
