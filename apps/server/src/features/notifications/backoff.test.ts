/** When a mail is tried again (Q11): soon where somebody waits in front of a page, else later and later, for days. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextTryAtMs } from "./backoff.ts";

const MINUTE = 60_000;
const delays = (kind: "message" | "code" | "sign_in") =>
  Array.from({ length: 12 }, (_, index) => nextTryAtMs(kind, index + 1, 1000) - 1000);

test("Q11: a message is tried again after a minute, then later and later, and never given up for being tried", () => {
  const times = delays("message");
  assert.deepEqual([times[0], times.at(-1)], [MINUTE, 480 * MINUTE]);
  for (const [index, delay] of times.entries()) assert.ok(delay >= (times[index - 1] ?? 0));
  assert.ok(new Set(times).size > 5, "it does not grow");
});

test("Q11: codes and links to sign in are tried again while somebody waits for them", () => {
  for (const kind of ["code", "sign_in"] as const) {
    const times = delays(kind);
    assert.ok((times[0] ?? 0) <= 5_000 && times.every((delay) => delay <= MINUTE), kind);
    assert.ok(times.slice(0, 4).reduce((sum, delay) => sum + delay) < 2 * MINUTE, "four tries within two minutes");
  }
});
