/**
 * Traces and request ids (Q5): from the caller's header through the write, the store and the outbox into the mail, as a collector that reads
 * OTLP sees it; and a collector that is dead changes nothing for anybody.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startRelay } from "./features/notifications/testing/relay.ts";
import { readConfig } from "./server.ts";
import { prepareMessage, sendBlindly } from "./testing/blind-sender.ts";
import { startReceiver } from "./testing/otlp-receiver.ts";
import { createWorld } from "./testing/world.ts";

const PATIENCE = { timeout: 30_000, interval: 50 };
const TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN_ID = "00f067aa0ba902b7";
const CALLER = { traceparent: `00-${TRACE_ID}-${SPAN_ID}-01`, "x-request-id": "proxy-4711-abc" };

test("Q5: a trace goes from the caller through write and store to the mail, and tells nobody's name", async (t) => {
  const relay = await startRelay(t);
  const collector = await startReceiver(t);
  const world = await createWorld(t, {
    PLI_SMTP_URL: relay.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20abc",
    OTEL_SERVICE_NAME: "pli-test",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment=test",
  });
  const message = await prepareMessage(world, world.owner);
  const path = `/api/v1/envelopes/${message.envelopeId}/send`;
  const sent = await world.owner.call("POST", path, { json: message.order, headers: CALLER });
  assert.ok(sent.status < 300, sent.bytes.toString());
  assert.equal(sent.headers["x-request-id"], CALLER["x-request-id"], "the proxy's id is kept");
  const find = (name: string) => collector.spans.filter((span) => span.name === name);
  await t.waitFor(() => {
    assert.ok(collector.spans.some(({ traceId, parentSpanId }) => traceId === TRACE_ID && parentSpanId === SPAN_ID));
    assert.equal(find("mail message").length, 1);
    assert.ok(find("job overdue").length > 0);
  }, PATIENCE);

  const ofCaller = collector.spans.filter(({ traceId }) => traceId === TRACE_ID);
  const request = ofCaller.find(({ parentSpanId }) => parentSpanId === SPAN_ID);
  assert.ok(request, "the caller's trace goes on");
  assert.match(request.name, /^POST \/api\/v1\/envelopes\/\{\w+\}\/send$/);
  assert.equal(request.attributes["pli.request_id"], CALLER["x-request-id"]);
  const writes = ofCaller.filter(({ name }) => name === "database write");
  assert.ok(writes.length > 0 && writes.every(({ parentSpanId }) => parentSpanId === request.spanId));
  const put = collector.spans.find(({ name }) => name === "store put");
  assert.ok(put && collector.spans.some(({ spanId, name }) => spanId === put.parentSpanId && name.startsWith("PUT ")));
  const [mail] = find("mail message");
  assert.deepEqual(
    mail?.links.map(({ traceId, spanId }) => ({ traceId, spanId })),
    [{ traceId: TRACE_ID, spanId: request.spanId }],
  );
  assert.notEqual(mail?.traceId, TRACE_ID);
  const header = relay.received[0]?.mail.headers.find(({ key }) => key === "x-pli-request-id");
  assert.equal(header?.value, CALLER["x-request-id"]);

  assert.deepEqual(collector.faults, []);
  assert.equal(collector.headers[0]?.authorization, "Basic abc");
  assert.equal(collector.resources[0]?.["service.name"], "pli-test");
  assert.equal(collector.resources[0]?.["deployment.environment"], "test");
  const [grant] = message.grants;
  assert.ok(grant);
  const all = collector.bodies.join("\n");
  for (const secret of [
    grant.grantId,
    grant.linkSecret,
    grant.address,
    message.envelopeId,
    world.owner.address,
    "127.0.0.1",
  ]) {
    assert.ok(!all.includes(secret), `${secret} is in a span`);
  }
});

test("Q5: strangers choose neither the id of a request nor whether its trace is kept", async (t) => {
  const collector = await startReceiver(t);
  const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER: "parentbased_traceidratio" };
  const settings = { ...traced, OTEL_TRACES_SAMPLER_ARG: "0" };
  const ask = async (origin: string, headers: Record<string, string>) => {
    const answer = await fetch(`${origin}/healthz`, { headers });
    await answer.arrayBuffer();
    return answer.headers.get("x-request-id") ?? "";
  };
  const open = await createWorld(t, { ...settings, PLI_TRUST_PROXY: "0" });
  assert.match(await ask(open.origin, CALLER), /^[\w-]{12}$/);
  await open.server.close();
  assert.equal(collector.spans.length, 0);
  const behind = await createWorld(t, settings);
  assert.equal(await ask(behind.origin, CALLER), CALLER["x-request-id"]);
  for (const bad of ["short", "with space in it", "x".repeat(65), "semi;colon"]) {
    assert.match(await ask(behind.origin, { ...CALLER, "x-request-id": bad }), /^[\w-]{12}$/);
  }
  await behind.server.close();
  assert.equal(collector.spans.filter(({ traceId }) => traceId === TRACE_ID).length, 5);
});

test("Q5: a collector that hangs or is gone slows nobody, and not the end either", async (t) => {
  const hanging = await startReceiver(t, { hangs: true });
  for (const url of [hanging.url, "http://127.0.0.1:1"]) {
    const world = await createWorld(t, { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    await sendBlindly(world, world.owner);
    if (url === hanging.url) await t.waitFor(() => assert.ok(hanging.asked > 0), PATIENCE);
    await sendBlindly(world, world.owner);
    const startedMs = performance.now();
    await world.server.close();
    assert.ok(performance.now() - startedMs < 9_000, "the end waits for no collector");
  }
});

test("Q2, Q5: settings of metrics and traces are checked at the start, all at once", () => {
  const faultsOf = (settings: Readonly<Record<string, string>>) => {
    try {
      readConfig(settings);
      return [];
    } catch (error) {
      return (error as { faults: { name: string }[] }).faults.map(({ name }) => name);
    }
  };
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318" };
  assert.deepEqual(faultsOf({ PLI_METRICS: "[::1]:9464", ...endpoint }), []);
  for (const place of ["9464", "localhost", "localhost:99999", "a b:1", "127.0.0.1:8080"]) {
    assert.deepEqual(faultsOf({ PLI_METRICS: place }), ["PLI_METRICS"], place);
  }
  assert.deepEqual(
    faultsOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4317",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_TRACES_SAMPLER: "often",
      OTEL_EXPORTER_OTLP_HEADERS: "secret",
    }).toSorted(),
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_TRACES_SAMPLER"],
  );
  assert.equal(readConfig({ ...endpoint, OTEL_SDK_DISABLED: "true" }).traces, null);
  assert.equal(readConfig(endpoint).traces?.url, "http://localhost:4318/v1/traces");
});
