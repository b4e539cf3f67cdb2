/** The order of endings: noted first, taken back only when it is sure that nothing came of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PliError } from "@pli/core/errors";
import { countKept, type Destruction, endNoted, type TakenBack, takeKept } from "./index.ts";

const AT = Date.UTC(2026, 10, 23);
const ENDING = { at: AT, grant: "g1", how: "revoked" } as const;

function memoryRegister() {
  const lines: Destruction[] = [];
  let isBroken = false;
  return {
    lines,
    breakDown: () => {
      isBroken = true;
    },
    note: async (some: readonly Destruction[]) => {
      if (isBroken) throw new Error("disk full");
      lines.push(...some);
    },
    noteSoon: () => undefined,
    read: async function* () {
      yield* lines;
    },
    close: async () => undefined,
  };
}

test("Z8: an ending is noted before it is done, and taken back when it was refused", async () => {
  const register = memoryRegister();
  await endNoted(register, [ENDING], async () => assert.deepEqual(register.lines, [ENDING]));
  assert.deepEqual(register.lines, [ENDING]);
  const refused = endNoted(register, [ENDING], () => Promise.reject(new PliError("too_late")));
  await assert.rejects(refused, { code: "too_late" });
  assert.deepEqual(register.lines, [ENDING, ENDING, { at: AT, kept: "g1" }]);
});

test("Z8: what may have been committed stays noted", async () => {
  const register = memoryRegister();
  const doubtful = endNoted(register, [ENDING], () => Promise.reject(new PliError("unavailable")));
  await assert.rejects(doubtful, { code: "unavailable" });
  assert.deepEqual(register.lines, [ENDING]);
});

test("Z8: without the register nothing is ended; a refusal is told though the register is gone since", async () => {
  const register = memoryRegister();
  const refused = endNoted(register, [ENDING], async () => {
    register.breakDown();
    throw new PliError("conflict");
  });
  await assert.rejects(refused, { code: "conflict" });
  await assert.rejects(
    endNoted(register, [ENDING], async () => assert.fail("ended, and nothing knows of it")),
    /disk full/,
  );
});

test("Z8: of two who ended the same in one millisecond one takes back its own line only", () => {
  const kept: TakenBack = new Map();
  countKept(kept, { at: AT, kept: "g1" });
  assert.equal(takeKept(kept, { ...ENDING, at: AT + 1 }), false);
  assert.equal(takeKept(kept, ENDING), true);
  assert.equal(takeKept(kept, ENDING), false);
});
