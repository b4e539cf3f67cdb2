/** Work on many chunks at once: what fails stops the rest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inTurns } from "./content.ts";

test("Q6: when one chunk fails none is begun after it, and none is under way when that is said", async () => {
  const begun: number[] = [];
  let underWay = 0;
  const items = Array.from({ length: 50 }, (_, index) => index);
  const work = inTurns(items, async (item) => {
    begun.push(item);
    underWay += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (item !== 5) await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    if (item === 5) throw new Error("lost");
    return item;
  });
  await assert.rejects(work, /lost/);
  assert.equal(underWay, 0);
  assert.ok(begun.length < 10, `${begun.length} were begun`);
  assert.deepEqual(await inTurns(items, async (item) => item), items);
});
