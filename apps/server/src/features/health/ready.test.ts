/** Readiness is found out by writing, and must not be a way to make the server write (Q5, Q8). */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PliError } from "@pli/core/errors";
import { createFsStore } from "../../platform/blobs/index.ts";
import { createServer, readConfig } from "../../server.ts";

test("Q8: asking a hundred times looks once a second, and then tells what is new", async (t) => {
  const dataFolder = await mkdtemp(join(tmpdir(), "pli-ready-"));
  t.after(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  const store = createFsStore(join(dataFolder, "blobs"));
  let looks = 0;
  let isFull = false;
  let nowMs = Date.UTC(2026, 10, 1);
  const server = await createServer(readConfig({ PLI_PORT: "0", PLI_DATA: dataFolder, PLI_LOG: "silent" }), {
    clock: { now: () => nowMs },
    blobs: {
      ...store,
      checkWritable: async () => {
        looks++;
        if (isFull) throw new PliError("storage_full");
        await store.checkWritable();
      },
    },
  });
  t.after(() => server.close());
  const origin = await server.listen();
  const ask = async () => (await fetch(`${origin}/readyz`)).status;
  const answers = await Promise.all(Array.from({ length: 100 }, ask));
  assert.deepEqual(new Set(answers), new Set([200]));
  assert.equal(looks, 1);
  isFull = true;
  nowMs += 1000;
  assert.deepEqual([await ask(), await ask()], [503, 503]);
  assert.equal(looks, 2);
  isFull = false;
  nowMs += 1000;
  assert.equal(await ask(), 200);
});
