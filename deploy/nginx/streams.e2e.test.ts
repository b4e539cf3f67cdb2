/**
 * The nginx example, run by nginx itself (Q7): what passes through it, how, and what does not. In front of bare servers, because Pli has no
 * stream of events or socket to upgrade yet, and because a node that breaks off at a chosen instant must be one of our making.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { type RequestOptions, request } from "node:https";
import { test } from "node:test";
import { connect as connectTls } from "node:tls";
import { type RunningProxy, startProxy } from "./testing/proxy.ts";
import { startStandIn } from "./testing/stand-in.ts";

const HALF_BYTES = 4 * 1024 * 1024;
const CHUNK = Buffer.alloc(2 * HALF_BYTES, 7);

function ask(proxy: RunningProxy, method: string, options: RequestOptions = {}) {
  return request(proxy.origin, { method, ca: proxy.certificate, agent: false, path: "/api/v1/x", ...options });
}

async function statusOf(proxy: RunningProxy, method: string, body = ""): Promise<number> {
  const asked = ask(proxy, method).end(body);
  const [answer] = await once(asked, "response");
  answer.resume();
  await once(answer, "end");
  return answer.statusCode;
}

/** A node that tells when half a chunk has come, while the other half is not sent yet. */
async function halfTaken(t: Parameters<typeof startStandIn>[0]) {
  const half = Promise.withResolvers<void>();
  let received = 0;
  const node = await startStandIn(t, (incoming, outgoing) => {
    incoming.on("data", (piece: Buffer) => {
      received += piece.length;
      if (received >= HALF_BYTES) half.resolve();
    });
    incoming.on("end", () => outgoing.writeHead(204).end());
  });
  return { node, half: half.promise, received: () => received };
}

test("Q7: an upload is at the node while it is still being sent, and never on the proxy's disk", async (t) => {
  const { node, half, received } = await halfTaken(t);
  const proxy = await startProxy(t, [node.port, node.port]);
  const asked = ask(proxy, "PUT", { headers: { "content-length": CHUNK.length } });
  const answered = once(asked, "response");
  asked.write(CHUNK.subarray(0, HALF_BYTES));
  await half;
  asked.end(CHUNK.subarray(HALF_BYTES));
  const [answer] = await answered;
  assert.equal(answer.statusCode, 204);
  assert.equal(received(), CHUNK.length);
  assert.deepEqual(await proxy.spilled(), []);
});

test("Q7: the same over HTTP/2, which the proxy offers", async (t) => {
  const { node, half, received } = await halfTaken(t);
  const proxy = await startProxy(t, [node.port, node.port]);
  const session = connectHttp2(proxy.origin, { ca: proxy.certificate });
  t.after(() => session.destroy());
  const stream = session.request({ ":method": "PUT", ":path": "/api/v1/x", "content-length": CHUNK.length });
  const answered = once(stream, "response");
  stream.write(CHUNK.subarray(0, HALF_BYTES));
  await half;
  stream.end(CHUNK.subarray(HALF_BYTES));
  const [headers] = await answered;
  assert.equal(headers[":status"], 204);
  assert.equal(received(), CHUNK.length);
  assert.equal(node.requests[0]?.headers.host, `127.0.0.1:${proxy.port}`);
  assert.deepEqual(await proxy.spilled(), []);
});

test("Q7: the disk would be seen: with buffering, which is nginx's default, both bodies land there", async (t) => {
  const node = await startStandIn(t, (incoming, outgoing) => {
    incoming.resume().on("end", () => outgoing.end(CHUNK));
  });
  const proxy = await startProxy(
    t,
    [node.port, node.port],
    [
      [/proxy_request_buffering off;/, "proxy_request_buffering on;"],
      [/proxy_buffering off;/, "proxy_buffering on;"],
      [/proxy_max_temp_file_size 0;/, "proxy_max_temp_file_size 1024m;"],
    ],
  );
  const asked = ask(proxy, "PUT").end(CHUNK);
  const [answer] = await once(asked, "response");
  // Read late, so that the answer has to wait somewhere.
  await t.waitFor(async () => assert.equal((await proxy.spilled()).length, 2), { timeout: 10_000, interval: 20 });
  answer.resume();
  await once(answer, "end");
});

test("Q7: a large download does not wait on the proxy's disk for a slow reader", async (t) => {
  const large = 64 * 1024 * 1024;
  let written = 0;
  const node = await startStandIn(t, (_, outgoing) => {
    outgoing.writeHead(200, { "content-length": large });
    const more = () => {
      while (written < large) {
        written += CHUNK.length;
        if (!outgoing.write(CHUNK)) return void outgoing.once("drain", more);
      }
      outgoing.end();
    };
    more();
  });
  const proxy = await startProxy(t, [node.port, node.port]);
  const [answer] = await once(ask(proxy, "GET").end(), "response");
  let read = 0;
  for await (const piece of answer) {
    if (read === 0) assert.ok(written < large, "the proxy took it all before it was read");
    read += piece.length;
  }
  assert.equal(read, large);
  assert.deepEqual(await proxy.spilled(), []);
});

test("Q7: events arrive one by one, and an upgraded connection carries both ways", async (t) => {
  const next = Promise.withResolvers<void>();
  const node = await startStandIn(t, (_, outgoing) => {
    outgoing.writeHead(200, { "content-type": "text/event-stream" });
    outgoing.write("data: 1\n\n");
    next.promise.then(() => outgoing.end("data: 2\n\n"));
  });
  const proxy = await startProxy(t, [node.port, node.port]);
  const [answer] = await once(ask(proxy, "GET").end(), "response");
  const [first] = await once(answer, "data");
  assert.equal(String(first), "data: 1\n\n");
  next.resolve();
  const [second] = await once(answer, "data");
  assert.equal(String(second), "data: 2\n\n");

  const socket = connectTls({ port: proxy.port, host: "127.0.0.1", servername: "localhost", ca: proxy.certificate });
  t.after(() => socket.destroy());
  socket.write(`GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n`);
  const [head] = await once(socket, "data");
  assert.match(String(head), /^HTTP\/1\.1 101 /);
  socket.write("ping");
  const [echo] = await once(socket, "data");
  assert.equal(String(echo), "ping");
});

test("Q7: what callers say of where they come from is replaced", async (t) => {
  const node = await startStandIn(t, (_, outgoing) => outgoing.end());
  const proxy = await startProxy(t, [node.port, node.port]);
  const lies = {
    "x-forwarded-for": "203.0.113.7, 203.0.113.8",
    "x-forwarded-proto": "http",
    "x-forwarded-host": "evil.example",
    "x-real-ip": "203.0.113.7",
    "x-request-id": "chosen-by-a-stranger",
    forwarded: "for=203.0.113.7;host=evil.example",
  };
  const [answer] = await once(ask(proxy, "GET", { headers: lies }).end(), "response");
  answer.resume();
  const { headers } = node.requests[0] ?? assert.fail("nothing arrived");
  assert.equal(headers["x-forwarded-for"], "127.0.0.1");
  assert.equal(headers["x-forwarded-proto"], "https");
  assert.equal(headers.host, `127.0.0.1:${proxy.port}`);
  assert.match(String(headers["x-request-id"]), /^[0-9a-f]{32}$/);
  for (const name of ["x-forwarded-host", "x-real-ip", "forwarded"]) assert.equal(headers[name], undefined, name);
});

test("Q7: a node that breaks off costs no request that may be repeated, and repeats none that may not", async (t) => {
  const nodes = [
    await startStandIn(t, (incoming, outgoing) => incoming.resume().on("end", () => outgoing.end("well"))),
    await startStandIn(t, (incoming, outgoing) => incoming.resume().on("end", () => outgoing.end("well"))),
  ] as const;
  const proxy = await startProxy(t, [nodes[0].port, nodes[1].port]);
  nodes[0].breakOff();
  const count = (method: string) => nodes.map(({ requests }) => requests.filter((one) => one.method === method).length);
  for (let turn = 0; turn < 6; turn++) assert.equal(await statusOf(proxy, "GET"), 200);
  assert.ok((count("GET")[0] ?? 0) > 0, "the broken one was never asked");
  const statuses = new Set<number>();
  for (let turn = 0; turn < 6; turn++) statuses.add(await statusOf(proxy, "POST", "{}"));
  assert.deepEqual([...statuses].sort(), [200, 502]);
  assert.equal(
    count("POST").reduce((sum, one) => sum + one),
    6,
    "each was given to one node",
  );
  // Nobody listens: nothing was sent, so anything may go to the other.
  await nodes[0].close();
  for (let turn = 0; turn < 6; turn++) assert.equal(await statusOf(proxy, "POST", "{}"), 200);
});

test("Q7: the size of a chunk passes, a body that Pli would not take does not, and plain HTTP leads to HTTPS", async (t) => {
  const node = await startStandIn(t, (incoming, outgoing) => incoming.resume().on("end", () => outgoing.end()));
  const proxy = await startProxy(t, [node.port, node.port]);
  assert.equal(await statusOf(proxy, "PUT", CHUNK.toString("latin1")), 200);
  const tooLarge = ask(proxy, "PUT", { headers: { "content-length": 3 * CHUNK.length } });
  tooLarge.on("error", () => undefined).flushHeaders();
  const [refused] = await once(tooLarge, "response");
  assert.equal(refused.statusCode, 413);
  tooLarge.destroy();
  const plain = await fetch(`http://127.0.0.1:${proxy.plainPort}/o/x?y=1`, {
    redirect: "manual",
    headers: { host: "localhost" },
  });
  assert.equal(plain.status, 308);
  assert.match(plain.headers.get("location") ?? "", /^https:\/\/[^/]+\/o\/x\?y=1$/);
});
