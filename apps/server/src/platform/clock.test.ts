/** Following another clock: whatever this machine's says. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Clock, followClock, isClockWrong } from "./clock.ts";

const OFF_MS = 10 * 60_000;

/** A machine on which time passes only while somebody is on their way: nothing else that it does is measured. */
function stillMachine(t: TestContext) {
  let passedMs = 0;
  const startMs = Date.UTC(2026, 10, 1);
  t.mock.method(performance, "now", () => passedMs);
  return {
    /** The time. */
    now: () => startMs + passedMs,
    /** Another clock that tells the time, now and then after a long way. */
    ask: (delaysMs: readonly number[]) => {
      let asked = 0;
      return async () => {
        const toldMs = startMs + passedMs;
        passedMs += delaysMs[asked++ % delaysMs.length] ?? 0;
        return toldMs;
      };
    },
  };
}

for (const offMs of [OFF_MS, -OFF_MS]) {
  test(`Q3: a machine whose clock is off by ${offMs / 60_000} minutes goes by the database's`, async (t) => {
    const machine = stillMachine(t);
    const own: Clock = { now: () => machine.now() + offMs };
    const told: number[] = [];
    const clock = await followClock(machine.ask([2]), own, (aheadMs) => told.push(aheadMs));
    if (clock === null) return assert.fail("there is one to follow");
    t.after(clock.stop);
    assert.ok(Math.abs(clock.now() - machine.now()) <= 1, String(clock.now() - machine.now()));
    assert.ok(Math.abs(clock.aheadMs() - offMs) <= 1, String(clock.aheadMs()));
    assert.ok(Math.abs((told[0] ?? 0) - offMs) <= 1);
    assert.ok(isClockWrong(clock));
  });
}

test("Q3: of several looks the one that was answered soonest counts", async (t) => {
  const machine = stillMachine(t);
  const clock = await followClock(machine.ask([200, 200, 2, 200, 200]), { now: machine.now }, () => {});
  if (clock === null) return assert.fail("there is one to follow");
  t.after(clock.stop);
  assert.ok(Math.abs(clock.now() - machine.now()) <= 1, String(clock.now() - machine.now()));
  assert.ok(!isClockWrong(clock));
});

test("Q3: a round of looks that does not come to its end changes nothing", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const second = Promise.withResolvers<number>();
  const asked = Promise.withResolvers<void>();
  const later = [
    async () => Date.now() + OFF_MS,
    () => {
      asked.resolve();
      return second.promise;
    },
  ];
  let isFirstRound = true;
  const ask = async () => (isFirstRound ? Date.now() : ((await later.shift()?.()) ?? assert.fail("asked once more")));
  const clock = await followClock(ask, { now: () => Date.now() }, () => {});
  if (clock === null) return assert.fail("there is one to follow");
  t.after(clock.stop);
  isFirstRound = false;
  t.mock.timers.tick(15_000);
  await asked.promise;
  assert.ok(Math.abs(clock.now() - Date.now()) < 1000, "one look of a round counted before the others");
  second.reject(new Error("the database is gone"));
  await new Promise(setImmediate);
  assert.ok(Math.abs(clock.now() - Date.now()) < 1000, "a round that failed counted");
  assert.ok(!isClockWrong(clock));
});

test("Q3: where there is no other clock, none is followed", async () => {
  assert.equal(
    await followClock(
      async () => null,
      { now: () => 0 },
      () => {},
    ),
    null,
  );
});
