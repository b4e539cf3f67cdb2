/** What every register of destruction must do, as a suite over an implementation. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Destruction, DestructionRegister } from "./register.ts";

export const NOW_MS = Date.UTC(2026, 10, 23, 23, 59, 59);

export interface RegisterBench {
  /** A register on the same place each time, of a clock that stands at `atMs`. */
  open(atMs: number): DestructionRegister;
}

const linesOf = (register: DestructionRegister, sinceMs = 0) => Array.fromAsync(register.read(sinceMs));

export function registerContract(name: string, create: () => Promise<RegisterBench>): void {
  describe(`register of destruction: ${name}`, () => {
    test("Z8: what was noted is read by the next process, in order, each line once", async () => {
      const bench = await create();
      const register = bench.open(NOW_MS);
      const lines: Destruction[] = [
        { at: NOW_MS, mark: "first" },
        { at: NOW_MS, envelope: "e1", how: "revoked" },
        { at: NOW_MS + 1, grant: "g1", how: "revoked" },
      ];
      for (const line of lines) await register.note([line]);
      // Not closed: as after a crash.
      assert.deepEqual(await linesOf(bench.open(NOW_MS)), lines);
      await register.close();
    });

    test("Z8: many at once lose none; over midnight neither; what is too old is not read", async () => {
      const bench = await create();
      const ids = Array.from({ length: 200 }, (_, index) => `e${index}`);
      const late = bench.open(NOW_MS);
      await Promise.all(ids.map((envelope) => late.note([{ at: NOW_MS, envelope, how: "destroyed" }])));
      const next = bench.open(NOW_MS + 2000);
      await next.note([{ at: NOW_MS + 2000, kept: "g1" }]);
      const found = await linesOf(next, NOW_MS);
      assert.deepEqual(
        new Set(found.map((line) => line !== null && "envelope" in line && line.envelope)),
        new Set([...ids, false]),
      );
      assert.equal(found.length, ids.length + 1);
      assert.deepEqual(await linesOf(next, NOW_MS + 1), [{ at: NOW_MS + 2000, kept: "g1" }]);
      await Promise.all([late.close(), next.close()]);
    });

    test("M5: openings noted for soon are there after the end", async () => {
      const bench = await create();
      const register = bench.open(NOW_MS);
      for (const used of [1, 2]) register.noteSoon({ at: NOW_MS, opened: "g1", used });
      await register.close();
      assert.deepEqual(await linesOf(bench.open(NOW_MS)), [
        { at: NOW_MS, opened: "g1", used: 1 },
        { at: NOW_MS, opened: "g1", used: 2 },
      ]);
    });

    test("Z8: lines stay for more than a year, and go after that", async () => {
      const bench = await create();
      const first = bench.open(NOW_MS);
      await first.note([{ at: NOW_MS, kept: "old" }]);
      await first.close();
      for (const [days, found] of [
        [390, ["old", "young"]],
        [440, ["young"]],
      ] as const) {
        const later = bench.open(NOW_MS + days * 24 * 3_600_000);
        await later.note([{ at: NOW_MS + days, kept: "young" }]);
        const lines = (await linesOf(later)).map((line) => (line !== null && "kept" in line ? line.kept : ""));
        assert.deepEqual([...new Set(lines)], found);
        await later.close();
      }
    });
  });
}
