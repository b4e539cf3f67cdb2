/**
 * Metrics (Q5): people send, open and are refused through the public doors, and the figures move by exactly that much. Nothing of anybody is
 * in them, and they are nowhere but on their own listener.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { orderMessage, outboxRow } from "./features/notifications/testing/order.ts";
import { startRelay } from "./features/notifications/testing/relay.ts";
import { openBlindly, sendBlindly } from "./testing/blind-sender.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { createWorld as createSimpleWorld, type World } from "./testing/world.ts";

const MINUTE_MS = 60_000;
const SOMEWHERE = { PLI_METRICS: "127.0.0.1:0" };
const PATIENCE = { timeout: 30_000, interval: 20 };

/** Series and values, `name{label="word",…}` with labels in order of name. */
type Figures = ReadonlyMap<string, number>;

function metricsUrl(world: World): string {
  const line = world.server.announcements.find((one) => one.startsWith("Metrics: "));
  assert.ok(line, "the listener is announced");
  return line.slice("Metrics: ".length);
}

async function scrape(world: World): Promise<{ readonly figures: Figures; readonly text: string }> {
  const answer = await fetch(metricsUrl(world));
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  const figures = new Map<string, number>();
  for (const line of text.split("\n")) {
    const [, name = "", labels = "", value = ""] = /^([a-z_:]\w*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === "") continue;
    const sorted = [...labels.matchAll(/\w+="[^"]*"/g)].map(([label]) => label).toSorted();
    figures.set(sorted.length === 0 ? name : `${name}{${sorted.join(",")}}`, Number(value));
  }
  return { figures, text };
}

onBothProfiles(({ name, createWorld }) => {
  test("Q5: the figures move by exactly what people did, and tell nobody's name", async (t) => {
    const world = await createWorld(t, SOMEWHERE);
    const before = await scrape(world);
    const message = await sendBlindly(world, world.owner, { partBytes: [2000, 5000], openings: 1 });
    const [grant] = message.grants;
    assert.ok(grant);
    const device = await openBlindly(world, grant);
    const openings = `/api/v1/grants/${grant.grantId}/openings`;
    const json = { verifier: grant.verifier };
    assert.equal((await device.call("POST", openings, { json })).status, 200);
    assert.equal((await world.visitor().call("POST", openings, { json })).code, "used_up");
    assert.equal((await device.call("GET", `/api/v1/grants/${grant.grantId}/parts/1/content`)).bytes.length, 5000);
    assert.equal((await device.call("GET", "/api/v1/nothing-here")).status, 404);
    assert.equal((await device.call("DELETE", `/api/v1/grants/${grant.grantId}`)).status, 405);
    // The envelopes are counted anew after ten minutes.
    world.advance(11 * MINUTE_MS);

    await t.waitFor(async () => {
      const after = await scrape(world);
      const moved = (series: string) => (after.figures.get(series) ?? 0) - (before.figures.get(series) ?? 0);
      const expected: Readonly<Record<string, number>> = {
        'pli_openings_total{turn="new"}': 1,
        'pli_openings_total{turn="again"}': 1,
        'pli_journal_entries_total{event="sent"}': 1,
        'pli_journal_entries_total{event="opened"}': 1,
        'pli_http_refusals_total{code="used_up"}': 1,
        'pli_http_refusals_total{code="not_found"}': 2,
        'pli_http_requests_total{method="POST",route="/api/v1/grants/{grantId}/openings",status="200"}': 2,
        'pli_http_requests_total{method="POST",route="/api/v1/grants/{grantId}/openings",status="410"}': 1,
        'pli_http_request_duration_seconds_count{method="POST",route="/api/v1/grants/{grantId}/openings"}': 3,
        'pli_http_requests_total{method="PUT",route="/api/v1/envelopes/{id}/parts/{part}/chunks/{chunk}",status="204"}': 2,
        'pli_http_requests_total{method="GET",route="unmatched",status="404"}': 1,
        'pli_chunk_bytes_total{direction="in"}': 7000,
        'pli_chunk_bytes_total{direction="out"}': 5000,
        'pli_store_operation_duration_seconds_count{operation="put"}': 2,
        'pli_store_operation_duration_seconds_count{operation="read"}': 1,
        'pli_mail_deliveries_total{kind="message",outcome="accepted"}': 1,
        'pli_mail_deliveries_total{kind="code",outcome="accepted"}': 1,
        'pli_mail_delivery_duration_seconds_count{outcome="accepted"}': 2,
        'pli_envelopes{kind="message",state="sent"}': 1,
        'pli_stored_bytes{kind="message"}': 7000,
        'pli_outbox_mails{state="due"}': 0,
        pli_http_requests_in_progress: 0,
        pli_trace_exports_failed_total: 0,
      };
      const seen = Object.fromEntries(Object.keys(expected).map((series) => [series, moved(series)]));
      assert.deepEqual(seen, expected);
      assert.ok(moved("pli_database_write_duration_seconds_count") >= 6);
      assert.ok((after.figures.get('pli_job_runs_total{job="overdue",outcome="done"}') ?? 0) >= 1);
      // Nobody knows what is left in a bucket: an alert on a zero would be a false one.
      if (name === "cluster") assert.equal(after.figures.get("pli_store_free_bytes"), undefined);
      else assert.ok((after.figures.get("pli_store_free_bytes") ?? 0) > 0);
      assert.ok((after.figures.get("process_resident_memory_bytes") ?? 0) > 0);
      assert.ok((after.figures.get('pli_sessions{kind="token"}') ?? 0) >= 3);
      const secrets = [grant.grantId, grant.linkSecret, grant.address, message.envelopeId, world.owner.memberId];
      for (const secret of [...secrets, "courriel.example", world.owner.address]) {
        assert.ok(!after.text.includes(secret), `${secret} is in the figures`);
      }
    }, PATIENCE);
  });

  test("Q5/Q10: of 30 openings at once with 3 left exactly 3 are counted, however often their writes ran", async (t) => {
    const world = await createWorld(t, SOMEWHERE);
    const [grant] = (await sendBlindly(world, world.owner, { delivery: "link", openings: 3 })).grants;
    assert.ok(grant);
    const json = { verifier: grant.verifier };
    await Promise.all(
      Array.from({ length: 30 }, () =>
        world.visitor().call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json }),
      ),
    );
    await t.waitFor(async () => {
      const { figures } = await scrape(world);
      assert.equal(figures.get('pli_openings_total{turn="new"}'), 3);
      assert.equal(figures.get('pli_http_refusals_total{code="used_up"}'), 27);
    }, PATIENCE);
  });

  test("Q5: mails that wait, their age and their tries are told", async (t) => {
    const relay = await startRelay(t, [{ at: "rcpt", code: 451, text: "later" }]);
    const world = await createWorld(t, { ...SOMEWHERE, PLI_SMTP_URL: relay.url });
    const ordered = await orderMessage(world, "a@b.example");
    await t.waitFor(async () => assert.equal((await outboxRow(world, ordered)).tries, 1), PATIENCE);
    const waiting = await scrape(world);
    assert.equal(waiting.figures.get('pli_mail_deliveries_total{kind="message",outcome="retried"}'), 1);
    assert.equal(waiting.figures.get('pli_outbox_mails{state="later"}'), 1);
    world.advance(2 * MINUTE_MS);
    await t.waitFor(async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"), PATIENCE);
    world.advance(MINUTE_MS);
    const sent = await scrape(world);
    assert.equal(sent.figures.get('pli_mail_deliveries_total{kind="message",outcome="accepted"}'), 1);
    assert.equal(sent.figures.get('pli_outbox_mails{state="later"}'), 0);
    assert.equal(sent.figures.get('pli_outbox_oldest_seconds{state="later"}'), 0);
  });
});

test("Q5: mails that nobody can send grow old, and how late they are is told", async (t) => {
  // Not only this machine can reach it, and there is no relay: mails wait.
  const world = await createSimpleWorld(t, { ...SOMEWHERE, PLI_URL: "https://pli.example.org" });
  await orderMessage(world, "a@b.example");
  world.advance(10 * MINUTE_MS);
  const { figures } = await scrape(world);
  assert.equal(figures.get('pli_outbox_mails{state="due"}'), 1);
  for (const series of ["pli_outbox_late_seconds", 'pli_outbox_oldest_seconds{state="due"}']) {
    const seconds = figures.get(series) ?? 0;
    assert.ok(seconds >= 600 && seconds < 660, `${series} ${seconds}`);
  }
});

test("Q5: figures are served on their own listener only, and nothing else is served there", async (t) => {
  const world = await createSimpleWorld(t, SOMEWHERE);
  assert.equal((await fetch(`${world.origin}/metrics`)).status, 404);
  const { origin } = new URL(metricsUrl(world));
  for (const path of ["/", "/healthz", "/api/v1/server", "/metrics/", "/dev/mailbox.json"]) {
    assert.equal((await fetch(origin + path)).status, 404, path);
  }
  assert.equal((await fetch(`${origin}/metrics`, { method: "POST" })).status, 404);
  assert.equal(await (await fetch(`${origin}/metrics`, { method: "HEAD" })).text(), "");
  await world.server.close();
  await assert.rejects(fetch(`${origin}/metrics`), "it ends with the server");
});

test("Q5: without PLI_METRICS nothing listens and nothing is counted", async (t) => {
  const world = await createSimpleWorld(t);
  assert.equal((await fetch(`${world.origin}/metrics`)).status, 404);
  assert.deepEqual(
    world.server.announcements.filter((line) => line.includes("etrics")),
    [],
  );
  assert.equal((await world.server.services.telemetry.meters.expose()).text, "");
});
