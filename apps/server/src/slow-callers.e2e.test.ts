/** Callers that are slow or hang up (Q8, Q10): a body that never ends is cut off, a chunk is not, and a page that was not waited for is no fault. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { type TestContext, test } from "node:test";
import { type Logger, pino } from "pino";
import { createServer, readConfig } from "./server.ts";
import { chunkPath, createDraft } from "./testing/blind-sender.ts";
import { createPerson } from "./testing/http.ts";
import { createWorld } from "./testing/world.ts";

const BODY_TIME_MS = 300;

/** A second server on the world's folder, with little patience and a log that is kept. */
async function impatient(t: TestContext) {
  const world = await createWorld(t);
  const webFolder = await mkdtemp(join(tmpdir(), "pli-pages-"));
  t.after(() => rm(webFolder, { recursive: true, force: true }));
  await mkdir(join(webFolder, "assets"));
  await writeFile(join(webFolder, "assets/large.js"), randomBytes(16 * 1024 * 1024));
  const lines: { level: number; msg: string }[] = [];
  const sink = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(JSON.parse(line.toString()));
      done();
    },
  });
  const logger: Logger = pino({ level: "debug", base: null }, sink);
  const config = readConfig({ PLI_PORT: "0", PLI_DATA: world.dataFolder, PLI_WEB: webFolder });
  const server = await createServer(config, { logger, bodyTimeMs: BODY_TIME_MS });
  t.after(() => server.close());
  const origin = await server.listen();
  const author = createPerson(origin, { token: (world.owner.headers.authorization ?? "").slice("Bearer ".length) });
  return { origin, author, lines };
}

/** Sends a head and then a byte now and then, `times` at most, until the server ends it. @returns the socket, and when it was ended */
function drip(
  origin: string,
  head: readonly string[],
  everyMs: number,
  times = Number.POSITIVE_INFINITY,
): { socket: Socket; ended: Promise<void> } {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.write(`${head.join("\r\n")}\r\nHost: ${hostname}:${port}\r\n\r\n`);
  let sent = 0;
  const timer = setInterval(() => {
    // More than the body has would be answered with a reset, which may overtake the answer.
    if (sent++ < times) socket.write("1");
  }, everyMs);
  socket.on("error", () => undefined).resume();
  const ended = new Promise<void>((resolve) => {
    socket.on("close", () => {
      clearInterval(timer);
      resolve();
    });
  });
  return { socket, ended };
}

test("Q8: a body that comes byte by byte is cut off after its time, whoever sends it and wherever", {
  timeout: 30_000,
}, async (t) => {
  const { origin } = await impatient(t);
  for (const path of ["/api/v1/sign-in/links", "/api/v1/envelopes", "/nowhere"]) {
    const startedMs = performance.now();
    const head = [`POST ${path} HTTP/1.1`, "Content-Type: application/json", "Content-Length: 100000"];
    await drip(origin, head, 20).ended;
    assert.ok(performance.now() - startedMs >= BODY_TIME_MS - 50, path);
  }
});

test("Q8: a chunk over a slow line may take longer than that", async (t) => {
  const { origin, author } = await impatient(t);
  const { envelopeId } = await createDraft(author);
  const sizeBytes = 30;
  const head = [
    `PUT ${chunkPath(envelopeId, 1, 0)} HTTP/1.1`,
    `Authorization: ${author.headers.authorization}`,
    "Content-Type: application/octet-stream",
    `Content-Length: ${sizeBytes}`,
    "Connection: close",
  ];
  const startedMs = performance.now();
  const { socket, ended } = drip(origin, head, (2 * BODY_TIME_MS) / sizeBytes, sizeBytes);
  let answer = "";
  socket.on("data", (piece: Buffer) => {
    answer += piece.toString("latin1");
  });
  await ended;
  assert.match(answer, /^HTTP\/1\.1 204 /);
  assert.ok(performance.now() - startedMs > BODY_TIME_MS);
});

test("Q10: a page whose reader hung up is no fault in the log", async (t) => {
  const { origin, lines } = await impatient(t);
  const { hostname, port } = new URL(origin);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once("data", () => socket.resetAndDestroy());
    socket.on("close", () => resolve());
    socket.write(`GET /assets/large.js HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  });
  await t.waitFor(() => assert.ok(lines.some(({ msg }) => msg === "broken off")), { timeout: 30_000, interval: 10 });
  assert.deepEqual(
    lines.filter(({ level }) => level >= 40).map(({ msg }) => msg),
    [],
  );
});
