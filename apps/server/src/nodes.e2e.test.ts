/**
 * Several nodes are one server (Q3): the same key, the same time, one of them does what is to be done once. What many people do at once at
 * all of them is in `side-by-side.e2e.test.ts`.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { EnvelopeDraft, RobotChallenge } from "@pli/core/wire";
import { SMTPServer } from "smtp-server";
import { testDatabase } from "../../../tools/services/shared-postgres.ts";
import { solve } from "./features/accounts/testing/robot.ts";
import { createDraft } from "./features/envelopes/index.ts";
import { endOverdue } from "./features/jobs/index.ts";
import { forgetKey } from "./features/nodes/index.ts";
import type { Clock } from "./platform/clock.ts";
import { createServer, type PliServer, readConfig } from "./server.ts";
import { prepareMessage, sendBlindly, waitForText } from "./testing/blind-sender.ts";
import { createPerson, type Person } from "./testing/http.ts";
import { createWorld, type Scope } from "./testing/world.ts";

const HOUR_MS = 3_600_000;

/** What was made last goes first: the database when no node stands on it any more. */
function scopeOf(t: TestContext): Scope {
  const cleaning: (() => Promise<void> | void)[] = [];
  t.after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  return { after: (clean) => void cleaning.push(clean) };
}

async function folderOf(scope: Scope): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pli-nodes-"));
  scope.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A world on PostgreSQL with two more nodes, and their addresses. */
async function threeNodes(t: TestContext, environment: Readonly<Record<string, string>> = {}) {
  const scope = scopeOf(t);
  const world = await createWorld(scope, { PLI_DATABASE_URL: await testDatabase(scope), ...environment });
  const nodes = [world.server];
  for (let count = 1; count < 3; count++) {
    // As on a machine of its own: all that it shares is named.
    const settings = {
      ...world.settings,
      PLI_DATA: await folderOf(scope),
      PLI_KEY_FILE: join(world.dataFolder, "server.key"),
      PLI_BLOBS: join(world.dataFolder, "blobs"),
      PLI_DESTROYED: join(world.dataFolder, "destroyed"),
    };
    const node = await createServer(readConfig(settings), { clock: { now: () => world.now() } });
    scope.after(() => node.close());
    await node.listen();
    nodes.push(node);
  }
  return { scope, world, nodes };
}

/** The same person at another node. */
function at(nodes: readonly PliServer[], person: Person, index: number): Person {
  const token = person.headers.authorization?.slice("Bearer ".length);
  const origin = nodes[index % nodes.length]?.url ?? assert.fail("no node");
  return createPerson(origin, { cookies: person.cookies, ...(token === undefined ? {} : { token }) });
}

test("C1/Q3: the same order under one key at three nodes at once is done once, and all are told the same", async (t) => {
  const { world, nodes } = await threeNodes(t);
  for (let round = 0; round < 5; round++) {
    const headers = { "idempotency-key": `round ${round}`.replace(" ", "-") };
    const begin = (index: number) =>
      at(nodes, world.owner, index).call("POST", "/api/v1/envelopes", { json: { kind: "message" }, headers });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => begin(index)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]), answers.map(String).join());
    assert.equal(new Set(answers.map((answer) => answer.json<EnvelopeDraft>().envelopeId)).size, 1);
    assert.equal(answers.filter(({ headers: got }) => got["idempotency-replayed"] === "true").length, 11);
  }
  const rows = await world.server.services.db.read.selectFrom("envelopes").select("envelope_id").execute();
  assert.equal(rows.length, 5);
  // A key is free again when nothing came of the request; other content under a used one is refused, at any node.
  const call = (index: number, path: string, json: object, key: string) =>
    at(nodes, world.owner, index).call("POST", path, { json, headers: { "idempotency-key": key } });
  const { envelopeId, order } = await prepareMessage(world, world.owner);
  const path = `/api/v1/envelopes/${envelopeId}/send`;
  const taken = await sendBlindly(world, world.colleague, { delivery: "link" });
  const broken = { ...order, grants: taken.order.grants };
  assert.equal((await call(1, path, broken, "again")).code, "already_exists");
  assert.equal((await call(2, path, order, "again")).status, 200);
  assert.equal((await call(0, path, broken, "again")).code, "idempotency_mismatch");
  // Refused after it had written something: whoever asks again is not kept waiting.
  const resend = `/api/v1/envelopes/${taken.envelopeId}/grants/${taken.grants[0]?.grantId}/resend`;
  const ask = (index: number) =>
    at(nodes, world.colleague, index).call("POST", resend, {
      json: { linkSecret: taken.grants[0]?.linkSecret },
      headers: { "idempotency-key": "resend" },
    });
  for (const index of [0, 1, 2]) {
    const askedMs = performance.now();
    assert.deepEqual((await ask(index)).json<{ details: object }>().details, { state: "link" });
    assert.ok(performance.now() - askedMs < 4_000, "somebody waited for a request that is over");
  }
});

test("C1/Q10: a request that died with its node may be made again at another", async (t) => {
  const { world, nodes } = await threeNodes(t);
  const key = "died";
  const ask = (index: number) =>
    at(nodes, world.owner, index).call("POST", "/api/v1/envelopes", {
      json: { kind: "message" },
      headers: { "idempotency-key": key },
    });
  assert.equal((await ask(0)).status, 201);
  // As it would be had the first node died between its commit and its answer.
  const { db } = world.server.services;
  await db.write((tx) => tx.updateTable("idempotency_keys").set({ claim: "dead", status: 0, body: "" }).execute());
  world.advance(60_000);
  const answer = await ask(1);
  assert.equal(answer.status, 201, answer.bytes.toString());
  assert.equal((await ask(2)).json<EnvelopeDraft>().envelopeId, answer.json<EnvelopeDraft>().envelopeId);
});

test("Q8: notifications of one member are counted together on all nodes", async (t) => {
  const { world, nodes } = await threeNodes(t, { PLI_MAILS_PER_HOUR: "200" });
  const prepared = await Promise.all(
    Array.from({ length: 30 }, (_, message) =>
      prepareMessage(world, world.owner, {
        to: Array.from({ length: 10 }, (__, index) => `m${message}r${index}@courriel.example`),
        partBytes: [500],
      }),
    ),
  );
  const answers = await Promise.all(
    prepared.map(({ envelopeId, order }, index) =>
      at(nodes, world.owner, index).call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 20);
  assert.equal(answers.filter(({ code }) => code === "rate_limited").length, 10);
});

test("A1/M12/Q3: robot check, sign-in link, session and its end each at another node; a visit noted by all is one line", async (t) => {
  const { world, nodes } = await threeNodes(t);
  const browser = world.visitor();
  const move = (index: number) => {
    const there = createPerson(nodes[index]?.url ?? "", { cookies: browser.cookies });
    return async (method: string, path: string, json?: object) => {
      const answer = await there.call(method, path, json === undefined ? {} : { json });
      // One browser: what one node set, the next is shown.
      for (const [name, value] of there.cookies) browser.cookies.set(name, value);
      for (const name of browser.cookies.keys()) if (!there.cookies.has(name)) browser.cookies.delete(name);
      return answer;
    };
  };
  const { address } = world.colleague;
  const challenge = (await move(0)("GET", "/api/v1/sign-in/challenge")).json<RobotChallenge>();
  const asked = await move(1)("POST", "/api/v1/sign-in/links", {
    address,
    language: "en",
    robotCheck: solve(challenge),
  });
  assert.equal(asked.status, 202, asked.bytes.toString());
  const again = await move(2)("POST", "/api/v1/sign-in/links", {
    address,
    language: "en",
    robotCheck: solve(challenge),
  });
  assert.equal(again.code, "robot_check_failed", "a solved challenge serves once on all nodes");
  const token = await waitForText(world, address, /\/app\/sign-in#([\w-]{43})/);
  assert.equal((await move(2)("POST", "/api/v1/sign-in/sessions", { token })).status, 201);
  assert.equal((await move(0)("GET", "/api/v1/me")).status, 200);
  const kept = new Map(browser.cookies);
  assert.equal((await move(1)("DELETE", "/api/v1/me/sessions/current")).status, 204);
  assert.equal((await createPerson(nodes[2]?.url ?? "", { cookies: kept }).call("GET", "/api/v1/me")).status, 401);

  const { envelopeId, grants } = await sendBlindly(world, world.owner, { delivery: "link" });
  const page = `/o/${grants[0]?.grantId}`;
  const headers = { "x-forwarded-for": "192.0.2.7", "user-agent": "Mozilla/5.0 Firefox/140.0" };
  // A node that stops writes down what it had noted.
  for (const node of nodes.slice(1))
    assert.equal((await createPerson(node.url).call("GET", page, { headers })).status, 200);
  for (const node of nodes.slice(1)) await node.close();
  const register = await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/register`);
  const { items } = register.json<{ items: readonly { event: string }[] }>();
  assert.equal(items.filter(({ event }) => event === "visited").length, 1);
});

/** A relay that takes its time, and counts how many deliveries to one domain it sees at once. */
async function startSlowRelay(scope: Scope) {
  const received: { readonly to: string; readonly atMs: number }[] = [];
  const open = new Map<string, number>();
  let most = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo[0]?.address ?? "";
      const domain = to.split("@")[1] ?? "";
      const count = (open.get(domain) ?? 0) + 1;
      open.set(domain, count);
      most = Math.max(most, count);
      stream.resume();
      stream.on("end", () => {
        setTimeout(() => {
          open.set(domain, (open.get(domain) ?? 1) - 1);
          received.push({ to, atMs: performance.now() });
          done();
        }, 150);
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  scope.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, received, most: () => most };
}

test("Q11: three nodes send each mail once, and together keep the pace to one domain", async (t) => {
  const relayScope = scopeOf(t);
  const relay = await startSlowRelay(relayScope);
  const { world, nodes } = await threeNodes(t, { PLI_SMTP_URL: relay.url, PLI_MAIL_FROM: "pli@town.example" });
  const to = [
    ...Array.from({ length: 45 }, (_, index) => `person${index}@big.example`),
    ...Array.from({ length: 45 }, (_, index) => `person@small${index}.example`),
  ];
  const orders = await Promise.all(
    [0, 1, 2].map((part) => prepareMessage(world, world.owner, { to: to.filter((_, index) => index % 3 === part) })),
  );
  const startedMs = performance.now();
  for (const [index, { envelopeId, order }] of orders.entries()) {
    const sent = await at(nodes, world.owner, index).call("POST", `/api/v1/envelopes/${envelopeId}/send`, {
      json: order,
    });
    assert.equal(sent.status, 200, sent.bytes.toString());
  }
  await t.waitFor(() => assert.ok(relay.received.length >= to.length), { timeout: 120_000, interval: 100 });
  const rows = () => world.server.services.db.read.selectFrom("outbox").select(["state", "tries"]).execute();
  const allAccepted = async () => assert.ok((await rows()).every(({ state }) => state === "accepted"));
  await t.waitFor(allAccepted, { timeout: 30_000, interval: 100 });
  // What would come twice has come by then: leases last longer than this, but nobody lets go of one.
  await pause(500);
  assert.deepEqual(relay.received.map((mail) => mail.to).toSorted(), to.toSorted());
  assert.ok(relay.most() <= 3, `${relay.most()} at once to one domain`);
  const last = Math.max(...relay.received.filter((mail) => mail.to.endsWith("@big.example")).map((mail) => mail.atMs));
  assert.ok(last - startedMs >= (45 / 3 - 1) * 300, "faster than the pace of one node");
  assert.ok((await rows()).every(({ state, tries }) => state === "accepted" && tries === 1));
});

test("Q3: nodes whose clocks are off by hours end, lock and release nothing wrongly, and say so", async (t) => {
  const scope = scopeOf(t);
  const url = await testDatabase(scope);
  const dataFolder = await folderOf(scope);
  const config = readConfig({ PLI_PORT: "0", PLI_DATA: dataFolder, PLI_LOG: "silent", PLI_DATABASE_URL: url });
  const start = async (offMs: number) => {
    const machineClock: Clock = { now: () => Date.now() + offMs };
    const node = await createServer(config, { machineClock });
    scope.after(() => node.close());
    await node.listen();
    return node;
  };
  const [right, fast, slow] = [await start(0), await start(3 * HOUR_MS), await start(-3 * HOUR_MS)];
  const { services } = fast;
  for (const node of [right, fast, slow]) {
    const apartMs = node.services.clock.now() - Date.now();
    assert.ok(Math.abs(apartMs) < 1000, `${apartMs} ms apart`);
  }
  const readiness = async (node: PliServer) => await (await fetch(`${node.url}/readyz`)).json();
  assert.deepEqual(await readiness(right), { status: "ready" });
  assert.deepEqual(await readiness(fast), { status: "ready", warnings: ["clock"] });
  assert.deepEqual(await readiness(slow), { status: "ready", warnings: ["clock"] });
  // A draft made by the slow node lives on at the fast one, though by its own clock it would be long over.
  const nowMs = right.services.clock.now();
  const [owner] = await services.db.read.selectFrom("members").select(["member_id", "organisation_id"]).execute();
  if (owner === undefined) return assert.fail("no owner");
  await createDraft(slow.services, { memberId: owner.member_id, organisationId: owner.organisation_id });
  await services.db.write((tx) =>
    tx
      .updateTable("envelopes")
      .set({ expires_at_ms: nowMs + HOUR_MS })
      .execute(),
  );
  await endOverdue(fast.services);
  const alive = async () =>
    (await services.db.read.selectFrom("envelopes").select("envelope_id").execute()).length === 1;
  assert.ok(await alive());
  await services.db.write((tx) =>
    tx
      .updateTable("envelopes")
      .set({ expires_at_ms: nowMs - 1 })
      .execute(),
  );
  await endOverdue(slow.services);
  assert.ok(!(await alive()));
});

test("Q3: a node with another key file, or without, does not start and says why", async (t) => {
  const scope = scopeOf(t);
  const url = await testDatabase(scope);
  const [first, second] = [await folderOf(scope), await folderOf(scope)];
  const settings = (folder: string, more: Readonly<Record<string, string>> = {}) =>
    readConfig({ PLI_PORT: "0", PLI_DATA: folder, PLI_LOG: "silent", PLI_DATABASE_URL: url, ...more });
  const start = async (config: ReturnType<typeof settings>) => {
    const node = await createServer(config);
    await node.listen();
    const derived = Buffer.from(node.services.keys.derive("outbox")).toString("hex");
    await node.close();
    return derived;
  };
  const one = await start(settings(first));
  await assert.rejects(start(settings(second)), /server\.key is missing.*Copy it from another node/);
  await writeFile(join(second, "server.key"), randomBytes(32));
  await assert.rejects(start(settings(second)), /is not that of the other nodes/);
  await copyFile(join(first, "server.key"), join(second, "server.key"));
  assert.equal(await start(settings(second)), one);
  // As text, in a file that is named: as secrets of containers are.
  const named = join(second, "key.txt");
  await assert.rejects(start(settings(second, { PLI_KEY_FILE: named })), /there is no key file/);
  const lost = randomBytes(32);
  await writeFile(named, `${lost.toString("base64")}\n`);
  await assert.rejects(start(settings(second, { PLI_KEY_FILE: named })), /is not that of the other nodes/);
  const db = await createServer(settings(first));
  await forgetKey(db.services.db);
  await db.close();
  const other = await start(settings(second, { PLI_KEY_FILE: named }));
  assert.notEqual(other, one);
  await writeFile(named, lost.toString("hex"));
  assert.equal(await start(settings(second, { PLI_KEY_FILE: named })), other);
  await assert.rejects(start(settings(first)), /is not that of the other nodes/);
});
