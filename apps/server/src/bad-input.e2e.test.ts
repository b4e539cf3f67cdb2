/**
 * Bad input, wrong state, replay and two at once, over the wire: the answer is a problem document with a known code and a status below 500,
 * and what was refused has left nothing behind: no row, no file.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { isErrorCode } from "@pli/core/errors";
import { LIMITS, type SendAnswer } from "@pli/core/wire";
import fc from "fast-check";
import { cleanRows } from "./features/jobs/index.ts";
import {
  blindGrant,
  chunkPath,
  commitmentOf,
  createDraft,
  openBlindly,
  prepareMessage,
  prepareReply,
  putPart,
  sendBlindly,
} from "./testing/blind-sender.ts";
import type { Answer, Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { ROUTE_CASES } from "./testing/route-cases.ts";
import { spoilt } from "./testing/spoil.ts";
import { contentGone, readRows, readStored, type Stored } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

const SEED = Number(process.env.PLI_TEST_SEED ?? 20_261_123);
const RUNS = Number(process.env.PLI_TEST_RUNS ?? 24);
const HOUR_MS = 3_600_000;

function assertSane(answer: Answer, how: string): void {
  const told = `${how}: ${answer.status} ${answer.bytes.toString().slice(0, 300)}`;
  assert.ok(answer.status < 500, told);
  if (answer.status < 400) return;
  assert.equal(answer.headers["content-type"], "application/problem+json", told);
  assert.ok(isErrorCode(answer.code), told);
  assert.equal(answer.headers["x-content-type-options"], "nosniff", told);
  assert.ok(answer.headers["content-security-policy"], told);
}

function assertRefused(answer: Answer, ...codes: string[]): void {
  assertSane(answer, "refused");
  assert.ok(answer.status >= 400, `accepted: ${answer.status}`);
  assert.ok(codes.includes(answer.code ?? ""), `${answer.status} ${answer.code}, expected ${codes.join(" or ")}`);
}

const octets = { "content-type": "application/octet-stream" };

onBothProfiles(({ name, createWorld }) => {
  describe("bad input on every route", () => {
    for (const [route, routeCase] of Object.entries(ROUTE_CASES)) {
      const [method = ""] = route.split(" ");
      // Only the cluster has a bucket that clients reach.
      if (routeCase.direct && name !== "cluster") continue;
      test(`Q10: ${route} refuses what it does not expect, and nothing is half stored`, async (t) => {
        // A server of its own: little is stored, and no limit of another route is met here.
        const world = await createWorld(t);
        let { by, ...call } = await routeCase.prepare(world);
        let stored: Stored = await readStored(world);
        const unchanged = async (how: string) =>
          assert.deepEqual(await readStored(world), stored, `left behind ${how}`);
        const seeds = fc.sample(fc.nat(), { seed: SEED, numRuns: RUNS });
        for (const seed of seeds) {
          const [request] = fc.sample(spoilt({ method, ...call }), { seed, numRuns: 1 });
          if (request === undefined) throw new Error("nothing to send");
          const answer = await by.call(request.method, request.path, request);
          assertSane(answer, `${request.how} (seed ${seed})`);
          if (answer.status >= 400) {
            // A bucket is slow to list: its chunks are compared once for all requests in a row that were refused.
            if (name === "cluster")
              assert.deepEqual(await readRows(world), stored.rows, `left behind after ${request.how}`);
            else await unchanged(`after ${request.how}`);
          } else if (method !== "GET") {
            ({ by, ...call } = await routeCase.prepare(world));
            stored = await readStored(world);
          }
        }
        await unchanged("after all of them");
      });

      test(`Q10: ${route} twice at once never fails`, async (t) => {
        const { by, path, ...call } = await routeCase.prepare(await createWorld(t));
        const answers = await Promise.all([by.call(method, path, call), by.call(method, path, call)]);
        for (const answer of answers) assertSane(answer, "twice at once");
        assert.ok(
          answers.some(({ status }) => status < 300),
          `none: ${answers.map(({ code }) => code).join()}`,
        );
      });
    }

    test("Q10: unknown paths and methods are problems too", async (t) => {
      const world = await createWorld(t);
      const asked: readonly (readonly [string, string])[] = [
        ["GET", "/api/v1/nothing"],
        ["POST", "/api/v1/server"],
        ["DELETE", "/api/v1/envelopes"],
        ["PUT", "/api/v1/grants/AAAAAAAAAAAAAAAAAAAAAA/parts/1/content"],
        ["GET", "/api/v2/server"],
        ["GET", "/api/v1/../../etc/passwd"],
        ["GET", "/assets/%2e%2e/%2e%2e/package.json"],
        ["POST", "/"],
        ["PATCH", "/o/AAAAAAAAAAAAAAAAAAAAAA"],
        ["PROPFIND", "/api/v1/envelopes"],
        ["GET", `/${"x".repeat(9000)}`],
      ];
      for (const [method, path] of asked) {
        const answer = await world.visitor().call(method, path);
        assertSane(answer, `${method} ${path.slice(0, 60)}`);
        assert.ok(answer.status >= 400 && answer.status < 500, `${method} ${path.slice(0, 60)} ${answer.status}`);
      }
    });

    test("Q10: a host that is none, and a path that is none, are problems too", async (t) => {
      const world = await createWorld(t);
      for (const host of ["a b", "[::1", "x:99999999", "a@b", "evil.example/path"]) {
        assertRefused(await world.visitor().call("GET", "/api/v1/server", { headers: { host } }), "bad_input");
      }
      assertRefused(await world.visitor().call("OPTIONS", "*"), "bad_input");
    });

    test("Q10: bytes that are no HTTP, and headers without end, do not stop the server", async (t) => {
      const world = await createWorld(t);
      const { port } = new URL(world.origin);
      for (const bytes of [
        "\0\0\0\0\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(40_000)}\r\n\r\n`,
        "POST /api/v1/envelopes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/v1/envelopes HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        "GET /api/v1/server HTTP/1.1\r\n\r\n",
      ]) {
        const said = await new Promise<string>((resolve, reject) => {
          const socket = connect(Number(port), new URL(world.origin).hostname, () => socket.end(bytes));
          let text = "";
          socket.on("data", (piece) => {
            text += piece.toString();
          });
          socket.on("error", reject);
          socket.on("close", () => resolve(text));
        });
        assert.match(said, /^HTTP\/1\.1 4\d\d /, JSON.stringify(bytes.slice(0, 40)));
      }
      assert.equal((await world.visitor().call("GET", "/healthz")).status, 200);
    });
  });

  describe("wrong state, replay, two at once", () => {
    const scope = suiteScope();
    let world: World;
    let owner: Person;
    before(async () => {
      world = await createWorld(scope);
      owner = world.owner;
    });

    const send = (envelopeId: string, json: unknown, headers: Record<string, string> = {}) =>
      owner.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json, headers });

    /** Nothing of what is kept changes. */
    async function unchanged(work: () => Promise<void>): Promise<void> {
      const stored = await readStored(world);
      await work();
      assert.deepEqual(await readStored(world), stored);
    }

    test("Q10: what was sent cannot be sent, written or thrown away again", async () => {
      const { envelopeId, order } = await sendBlindly(world, owner);
      await unchanged(async () => {
        const other = { ...order, grants: [blindGrant("second@courriel.example").creation] };
        assertRefused(await send(envelopeId, other), "conflict");
        const put = { body: randomBytes(10), headers: octets };
        assertRefused(await owner.call("PUT", chunkPath(envelopeId, 7, 0), put), "conflict");
        assertRefused(await owner.call("PUT", chunkPath(envelopeId, 1, 0), put), "conflict");
        assertRefused(await owner.call("DELETE", `/api/v1/envelopes/${envelopeId}/parts/1`), "conflict");
        assertRefused(await owner.call("DELETE", `/api/v1/envelopes/${envelopeId}`), "conflict");
        assertRefused(
          await owner.call("POST", `/api/v1/envelopes/${envelopeId}/take-back`, { json: {} }),
          "too_late",
          "conflict",
        );
      });
    });

    test("M10: taking back works within the time, not after, and not twice", async () => {
      const early = await sendBlindly(world, owner, { holdSeconds: 30 });
      const takeBack = `/api/v1/envelopes/${early.envelopeId}/take-back`;
      const both = await Promise.all([0, 1].map(() => owner.call("POST", takeBack, { json: {} })));
      for (const answer of both) assertSane(answer, "taking back twice");
      assert.equal(both.filter(({ status }) => status < 300).length, 1);
      const late = await sendBlindly(world, owner, { holdSeconds: 30 });
      world.advance(31_000);
      await unchanged(async () => {
        const answer = await owner.call("POST", `/api/v1/envelopes/${late.envelopeId}/take-back`, { json: {} });
        assertRefused(answer, "too_late");
      });
    });

    test("Q10: what was revoked is neither opened, sent again, changed nor given to others", async () => {
      const message = await sendBlindly(world, owner, { delivery: "link", openings: 3 });
      const mailed = await sendBlindly(world, owner);
      for (const { envelopeId } of [message, mailed]) {
        assert.equal((await owner.call("POST", `/api/v1/envelopes/${envelopeId}/revoke`, { json: {} })).status, 204);
        await contentGone(world, envelopeId);
      }
      const [grant] = message.grants;
      const path = `/api/v1/envelopes/${message.envelopeId}`;
      await unchanged(async () => {
        const ended = ["revoked", "destroyed", "conflict", "not_found"];
        const door = `/api/v1/grants/${grant?.grantId}`;
        assertRefused(
          await world.visitor().call("POST", `${door}/openings`, { json: { verifier: grant?.verifier } }),
          ...ended,
        );
        assertRefused(
          await owner.call("PATCH", `${path}/grants/${grant?.grantId}`, { json: { openingsLeft: 9 } }),
          ...ended,
        );
        assertRefused(
          await owner.call("POST", `${path}/grants`, { json: blindGrant("x@courriel.example").creation }),
          ...ended,
        );
        const again = `/api/v1/envelopes/${mailed.envelopeId}/grants/${mailed.grants[0]?.grantId}/resend`;
        assertRefused(
          await owner.call("POST", again, { json: { linkSecret: mailed.grants[0]?.linkSecret } }),
          ...ended,
        );
      });
    });

    test("Q10: an order that does not fit what was uploaded is refused whole", async () => {
      const { envelopeId, order } = await prepareMessage(world, owner, { partBytes: [500, 900] });
      const elsewhere = await sendBlindly(world, owner);
      const [grant] = order.grants;
      const [manifest, part] = order.parts;
      if (grant === undefined || manifest === undefined || part === undefined) throw new Error("incomplete");
      const refuses = async (change: object, ...codes: string[]) =>
        assertRefused(await send(envelopeId, { ...order, ...change }), ...codes);
      const withParts = (parts: (typeof part)[]) => ({ parts, commitment: commitmentOf(parts) });
      await unchanged(async () => {
        await refuses(withParts([manifest, part, { ...part, part: 2 }]), "conflict");
        await refuses(withParts([manifest, { ...part, sizeBytes: part.sizeBytes + 1 }]), "conflict");
        await refuses(withParts([part]), "bad_input");
        await refuses(withParts([part, manifest]), "bad_input");
        await refuses(withParts([manifest, part, part]), "bad_input");
        await refuses(withParts([manifest, { ...part, chunks: 2 }]), "bad_input");
        await refuses({ commitment: randomBytes(32).toString("base64url") }, "bad_input");
        await refuses({ grants: [] }, "bad_input");
        await refuses({ grants: [grant, grant] }, "bad_input", "already_exists", "conflict");
        await refuses({ grants: [elsewhere.order.grants[0]] }, "already_exists", "conflict");
        await refuses({ grants: [{ ...grant, openings: LIMITS.openingsMax + 1 }] }, "bad_input");
        await refuses({ grants: [{ ...grant, openings: 0 }] }, "bad_input");
        const { linkSecret: _, ...silent } = grant;
        await refuses({ grants: [silent] }, "bad_input");
        await refuses({ grants: [{ ...grant, delivery: "link" }] }, "bad_input");
        const many = Array.from(
          { length: LIMITS.recipients + 1 },
          (_, at) => blindGrant(`r${at}@courriel.example`).creation,
        );
        await refuses({ grants: many }, "bad_input", "limit_reached");
        await refuses({ expiresAt: new Date(world.now() - 1000).toISOString() }, "bad_input");
        await refuses(
          { expiresAt: new Date(world.now() + (LIMITS.expiryMaxHours + 1) * HOUR_MS).toISOString() },
          "bad_input",
        );
        await refuses({ holdSeconds: 301 }, "bad_input");
      });
      assert.ok((await send(envelopeId, order)).status < 300, "the honest order works after all the others");
    });

    test("Q10: a chunk that is too big, of another type, or cut off leaves no file", async () => {
      const { envelopeId } = await createDraft(owner);
      await unchanged(async () => {
        const path = chunkPath(envelopeId, 1, 0);
        const tooBig = await owner.call("PUT", path, { body: Buffer.alloc(LIMITS.chunkBytes + 1), headers: octets });
        assertRefused(tooBig, "payload_too_large");
        const unannounced = await owner.call("PUT", path, {
          body: Buffer.alloc(LIMITS.chunkBytes + 1),
          headers: { ...octets, "transfer-encoding": "chunked" },
        });
        assertRefused(unannounced, "payload_too_large");
        assertRefused(
          await owner.call("PUT", path, { body: randomBytes(9), headers: { "content-type": "text/html" } }),
          "unsupported_media_type",
        );
        assertRefused(await owner.call("PUT", path, { body: "", headers: octets }), "bad_input");
        assertRefused(
          await owner.call("PUT", chunkPath(envelopeId, 0, 1), { body: randomBytes(9), headers: octets }),
          "bad_input",
          "not_found",
          "payload_too_large",
          "limit_reached",
        );
        await cutUpload(owner, path);
      });
    });

    /** Announces 100 kB, sends 50, hangs up, and waits until the server has seen the end and put its work aside. */
    async function cutUpload(by: Person, path: string): Promise<void> {
      const { hostname, port } = new URL(by.origin);
      await new Promise<void>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => {
          const head = Object.entries({
            ...by.headers,
            host: `${hostname}:${port}`,
            ...octets,
            "content-length": "100000",
          });
          socket.write(`PUT ${path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
          socket.write(randomBytes(50_000), () => socket.end());
        });
        socket.on("data", () => undefined);
        socket.on("error", reject);
        socket.on("close", () => resolve());
      });
      const deadlineMs = performance.now() + 30_000;
      while ((await readStored(world)).files.some((file) => file.includes(".tmp"))) {
        assert.ok(performance.now() < deadlineMs, "what was cut off is still there");
      }
    }

    test("Q10: the first bytes of a chunk win, also when two come at once", async () => {
      const { envelopeId } = await createDraft(owner);
      const first = randomBytes(4000);
      await putPart(owner, envelopeId, 1, first);
      const again = await owner.call("PUT", chunkPath(envelopeId, 1, 0), { body: randomBytes(4000), headers: octets });
      assertSane(again, "the same chunk again");
      const rivals = [randomBytes(3000), randomBytes(3000)] as const;
      const raced = await Promise.all(
        rivals.map((body) => owner.call("PUT", chunkPath(envelopeId, 0, 0), { body, headers: octets })),
      );
      assert.deepEqual(
        raced.map(({ status }) => status),
        [204, 204],
      );
      const message = await prepareMessage(world, owner, { delivery: "link" });
      const parts = [summary(0, rivals[0]), summary(1, first)];
      const order = { ...message.order, parts, commitment: commitmentOf(parts) };
      assert.ok((await send(envelopeId, order)).status < 300);
      const read = async (part: number) =>
        (await owner.call("GET", `/api/v1/envelopes/${envelopeId}/parts/${part}/content`)).bytes;
      assert.deepEqual(await read(1), first);
      const manifest = await read(0);
      assert.ok(
        rivals.some((rival) => rival.equals(manifest)),
        "neither of the two, but a mixture",
      );
    });

    const summary = (part: number, content: Uint8Array) => ({
      part,
      chunks: 1,
      sizeBytes: content.length,
      sha256: randomBytes(32).toString("base64url"),
    });

    test("C1: the same Idempotency-Key gives the same answer once, and refuses other content", async () => {
      const key = { "idempotency-key": randomBytes(16).toString("base64url") };
      const message = await prepareMessage(world, owner);
      const first = await send(message.envelopeId, message.order, key);
      assert.ok(first.status < 300, first.bytes.toString());
      await unchanged(async () => {
        const again = await send(message.envelopeId, message.order, key);
        assert.equal(again.status, first.status);
        assert.deepEqual(again.json<SendAnswer>(), first.json<SendAnswer>());
        assertRefused(
          await send(message.envelopeId, { ...message.order, notify: "each" }, key),
          "idempotency_mismatch",
        );
      });
      const drafts = await Promise.all(
        [0, 1, 2].map(() =>
          owner.call("POST", "/api/v1/envelopes", { json: { kind: "message" }, headers: { "idempotency-key": "one" } }),
        ),
      );
      assert.equal(new Set(drafts.map((draft) => draft.json<{ envelopeId: string }>().envelopeId)).size, 1);
      const colleague = await world.colleague.call("POST", "/api/v1/envelopes", {
        json: { kind: "message" },
        headers: { "idempotency-key": "one" },
      });
      assert.notDeepEqual(colleague.json(), drafts[0]?.json());
    });

    test("C1: a key is of one order at one path, is free after a refusal, and is forgotten after a day", async () => {
      const headers = { "idempotency-key": randomBytes(16).toString("base64url") };
      const [first, second] = [await sendBlindly(world, owner), await sendBlindly(world, owner)];
      const revoke = (id: string) => owner.call("POST", `/api/v1/envelopes/${id}/revoke`, { json: {}, headers });
      assert.equal((await revoke(first.envelopeId)).status, 204);
      assertRefused(await revoke(second.envelopeId), "idempotency_mismatch");

      const key = { "idempotency-key": randomBytes(16).toString("base64url") };
      const message = await prepareMessage(world, owner);
      const taken = { ...message.order, grants: first.order.grants };
      assertRefused(await send(message.envelopeId, taken, key), "already_exists");
      assert.equal((await send(message.envelopeId, message.order, key)).status, 200);

      const begin = async () => {
        const call = { json: { kind: "message" }, headers: { "idempotency-key": "of-a-day" } };
        return (await owner.call("POST", "/api/v1/envelopes", call)).json<{ envelopeId: string }>().envelopeId;
      };
      const begun = await begin();
      for (const [hours, isKnown] of [
        [23, true],
        [2, false],
      ] as const) {
        world.advance(hours * 3_600_000);
        await cleanRows(world.server.services);
        assert.equal((await begin()) === begun, isKnown, `${hours} hours later`);
      }
    });

    test("Q10: a body of more than a mebibyte is refused before it is read, where no chunk is meant", async () => {
      const call = { body: JSON.stringify({ kind: "message", more: "x".repeat(1024 * 1024) }) };
      const headers = { "content-type": "application/json" };
      await unchanged(async () =>
        assertRefused(await owner.call("POST", "/api/v1/envelopes", { ...call, headers }), "payload_too_large"),
      );
    });

    test("Q10: a body refused unread leaves the connection for the next request; one without an end closes it, and says so", async (t) => {
      const { port, hostname } = new URL(world.origin);
      const socket = connect(Number(port), hostname);
      t.after(() => socket.destroy());
      const asking = (line: string, headers: string, body = "") =>
        socket.write(
          `${line} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\n${headers}\r\n${body}`,
        );
      let text = "";
      socket.on("data", (piece) => {
        text += piece.toString();
      });
      const answers = async (count: number) => {
        while ((text.match(/HTTP\/1\.1 \d/g) ?? []).length < count) await once(socket, "data");
      };
      const ended = once(socket, "end");
      const long = 2 * 1024 * 1024;
      asking("POST /api/v1/sign-in/links", `Content-Length: ${long}\r\n`, "x".repeat(long));
      await answers(1);
      assert.match(text, /^HTTP\/1\.1 413 /);
      // Longer than the framework waits before it cuts such a connection, without a word.
      assert.equal(await Promise.race([ended, pause(800, "open")]), "open");
      asking("GET /api/v1/server", "");
      await answers(2);
      assert.match(text, /HTTP\/1\.1 200 /);
      text = "";
      asking(
        "POST /api/v1/sign-in/links",
        "Transfer-Encoding: chunked\r\n",
        `${long.toString(16)}\r\n${"x".repeat(long)}`,
      );
      await ended;
      assert.match(text, /^HTTP\/1\.1 413 .*connection: close/is);
      const longest = connect(Number(port), hostname);
      t.after(() => longest.destroy());
      let said = "";
      longest.on("data", (piece) => {
        said += piece.toString();
      });
      longest.write(
        `POST /api/v1/sign-in/links HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${17 * 1024 * 1024}\r\n\r\n`,
      );
      await once(longest, "end", { signal: AbortSignal.timeout(10_000) });
      assert.match(said, /^HTTP\/1\.1 413 .*connection: close/is, "nor is much waited for");
    });

    test("Q10: two sends of one draft at once send one message", async () => {
      const message = await prepareMessage(world, owner, { to: ["a@courriel.example", "b@courriel.example"] });
      const rival = { ...message.order, grants: [blindGrant("c@courriel.example").creation] };
      const answers = await Promise.all([send(message.envelopeId, message.order), send(message.envelopeId, rival)]);
      for (const answer of answers) assertSane(answer, "two sends");
      assert.equal(answers.filter(({ status }) => status < 300).length, 1);
      const sent = await owner.call("GET", `/api/v1/envelopes/${message.envelopeId}`);
      const addresses = sent
        .json<{ grants: { recipient: { address: string } }[] }>()
        .grants.map((g) => g.recipient.address);
      assert.deepEqual(
        addresses,
        answers[0]?.status === 409 ? ["c@courriel.example"] : ["a@courriel.example", "b@courriel.example"],
      );
    });

    test("Z10: of two last slots removed at once, one stays", async () => {
      const slot = () => ({
        slotId: randomBytes(16).toString("base64url"),
        kind: "recovery",
        name: "R",
        wrappedSeed: randomBytes(60).toString("base64url"),
      });
      const slots = [slot(), slot()];
      const json = {
        kemPublic: randomBytes(1216).toString("base64url"),
        signPublic: randomBytes(32).toString("base64url"),
        slots,
      };
      const made = await Promise.all([0, 1].map(() => owner.call("PUT", "/api/v1/me/keyring", { json })));
      assert.deepEqual(made.map(({ code }) => code).toSorted(), ["already_exists", null].toSorted());
      const removed = await Promise.all(
        slots.map(({ slotId }) => owner.call("DELETE", `/api/v1/me/keyring/slots/${slotId}`)),
      );
      assert.deepEqual(removed.map(({ code }) => code).toSorted(), ["last_slot", null].toSorted());
    });

    test("M16: a reply is written by its own device, once", async () => {
      const message = await sendBlindly(world, owner, { delivery: "link", openings: 2 });
      const [grant] = message.grants;
      if (grant === undefined) throw new Error("no grant");
      const device = await openBlindly(world, grant);
      const other = await openBlindly(world, grant);
      const { envelopeId, order } = await prepareReply(device, grant.grantId);
      const path = `/api/v1/envelopes/${envelopeId}/send`;
      await unchanged(async () => {
        assertRefused(await other.call("POST", path, { json: order }), "not_found");
        assertRefused(await owner.call("POST", path, { json: order }), "not_found");
        assertRefused(
          await other.call("PUT", chunkPath(envelopeId, 1, 0), { body: randomBytes(9), headers: octets }),
          "not_found",
        );
      });
      assert.ok((await device.call("POST", path, { json: order })).status < 300);
      await unchanged(async () =>
        assertRefused(await device.call("POST", path, { json: order }), "conflict", "not_found"),
      );
    });
  });
});
