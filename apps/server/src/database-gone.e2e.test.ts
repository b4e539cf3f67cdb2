/** A PostgreSQL that goes away under a server that serves (Q5, Q10): callers are told when to come again, and nobody has to do anything. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startPostgres } from "../../../tools/services/postgres.ts";
import { askCode, blindGrant, sendBlindly } from "./testing/blind-sender.ts";
import { createWorld } from "./testing/world.ts";

test("Q5/Q10: without its database a server answers 503 with a time to wait and is not ready; then it goes on by itself", async (t) => {
  const cleaning: (() => Promise<void> | void)[] = [];
  const postgres = await startPostgres();
  const dataFolder = await mkdtemp(join(tmpdir(), "pli-gone-"));
  const settings = { PLI_DATABASE_URL: await postgres.createDatabase() };
  const world = await createWorld({ after: (clean) => void cleaning.push(clean) }, settings, { dataFolder });
  cleaning.push(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  t.after(async () => {
    for (const clean of cleaning) await clean();
    await postgres.stop();
  });
  const { owner } = world;
  const { envelopeId, grants } = await sendBlindly(world, owner, { openings: 2 });
  const grant = grants[0] ?? assert.fail("no grant");
  await askCode(world, world.visitor(), grant);
  const path = `/api/v1/envelopes/${envelopeId}`;
  const ready = async () => (await world.visitor().call("GET", "/readyz")).status;
  for (const how of ["fast", "immediate"] as const) {
    assert.equal(await ready(), 200);
    await postgres.halt(how);
    world.advance(2_000);
    const creation = blindGrant(`${how}@courriel.example`, { delivery: "link" }).creation;
    const answers = [
      await owner.call("GET", path),
      await owner.call("POST", "/api/v1/envelopes", { json: { kind: "message" } }),
      await owner.call("POST", `${path}/grants`, { json: creation }),
      await world.visitor().call("GET", `/api/v1/grants/${grant.grantId}`),
      await world.visitor().call("POST", `/api/v1/grants/${grant.grantId}/openings`, {
        json: { verifier: grant.verifier },
      }),
    ];
    for (const answer of answers) {
      assert.equal(answer.status, 503, answer.bytes.toString());
      assert.equal(answer.code, "unavailable");
      assert.ok(Number(answer.headers["retry-after"]) > 0);
      assert.ok(!/postgres|pg_|ECONN|127\.0\.0\.1/i.test(answer.bytes.toString()));
    }
    assert.equal(await ready(), 503);
    assert.equal((await world.visitor().call("GET", "/healthz")).status, 200);
    await postgres.resume();
    world.advance(2_000);
    assert.equal(await ready(), 200);
    assert.equal((await owner.call("GET", path)).status, 200);
    assert.equal((await owner.call("POST", `${path}/grants`, { json: creation })).status, 201);
  }
});
