/** Transfers and bodies that are begun and never go on (Q8, Q10): one asker holds so many of a node's, and everybody else is served. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { chunkPath, createDraft, openBlindly, prepareReply, sendBlindly } from "./testing/blind-sender.ts";
import type { Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";

const OF_DEVICE = 32;
/** More than sockets hold of what nobody reads. */
const LARGE = 7 * 1024 * 1024;
const PATIENCE = { timeout: 30_000, interval: 20 };

/** A request whose sender neither reads on nor sends more. */
function stalled(t: TestContext, { origin, cookies }: Person, head: string): Socket {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  t.after(() => socket.destroy());
  socket.on("error", () => undefined);
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  socket.write(`${head}\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\n\r\n`);
  return socket;
}

onBothProfiles(({ createWorld }) => {
  describe("transfers that stand still", () => {
    test("Q8, Q10: a browser that reads nothing of what it asked for holds so many downloads, and no one else's", async (t) => {
      const world = await createWorld(t);
      const wishes = { delivery: "link", openings: 2, partBytes: [2000, LARGE] } as const;
      const { grants, contents } = await sendBlindly(world, world.owner, wishes);
      const [grant = assert.fail("no grant")] = grants;
      const path = `/api/v1/grants/${grant.grantId}/parts/1/content`;
      const [device, other] = [await openBlindly(world, grant), await openBlindly(world, grant)];
      const held = Array.from({ length: OF_DEVICE }, () => stalled(t, device, `GET ${path} HTTP/1.1`));
      // The first bytes are there: the download is under way. From here on nobody reads.
      for (const socket of held) socket.once("data", () => socket.pause());
      await Promise.all(held.map((socket) => once(socket, "pause")));
      const refused = await device.call("GET", path);
      assert.equal(refused.code, "rate_limited");
      assert.equal(refused.headers["retry-after"], "1");
      assert.deepEqual((await other.call("GET", path)).bytes, Buffer.from(contents[1] ?? []));
      for (const socket of held) socket.destroy();
      await t.waitFor(async () => assert.equal((await device.call("GET", path)).status, 200), PATIENCE);
    });

    test("Q8, Q10: a browser that begins chunks and sends nothing of them holds so many, and no one else's", async (t) => {
      const world = await createWorld(t);
      const { grants } = await sendBlindly(world, world.owner, { delivery: "link" });
      const device = await openBlindly(world, grants[0] ?? assert.fail("no grant"));
      const { envelopeId } = await prepareReply(device, grants[0]?.grantId ?? "");
      const held = Array.from({ length: OF_DEVICE + 1 }, (_, index) => {
        const head = `PUT ${chunkPath(envelopeId, index + 1, 0)} HTTP/1.1\r\nContent-Type: application/octet-stream`;
        return stalled(t, device, `${head}\r\nContent-Length: 1000`);
      });
      // Whichever comes last is told so; the others are held.
      const answers = await Promise.race(held.map(async (socket) => String(await once(socket, "data"))));
      assert.match(answers, /"code":"rate_limited"/);
      const put = () =>
        device.call("PUT", chunkPath(envelopeId, 999, 0), {
          body: randomBytes(10),
          headers: { "content-type": "application/octet-stream" },
        });
      assert.equal((await put()).code, "rate_limited");
      await sendBlindly(world, world.owner, { delivery: "link" });
      for (const socket of held) socket.destroy();
      await t.waitFor(async () => assert.equal((await put()).status, 204), PATIENCE);
    });

    test("Q8, Q10: long orders that strangers begin and never end have so much room, and no member's nor what people say", async (t) => {
      const world = await createWorld(t);
      const { grants } = await sendBlindly(world, world.owner, { delivery: "link" });
      const device = await openBlindly(world, grants[0] ?? assert.fail("no grant"));
      const { envelopeId } = await prepareReply(device, grants[0]?.grantId ?? "");
      const head = `POST /api/v1/envelopes/${envelopeId}/send HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 4000000`;
      const order = (person: Person, characters: number) =>
        person.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: { sealedKey: "x".repeat(characters) } });
      const held: Socket[] = [];
      /** Of one network; the third of them is told that there is no room. */
      const hold = async (network: string, bodies: number) => {
        const begun = Array.from({ length: bodies }, () =>
          stalled(t, world.visitor(), `${head}\r\nX-Forwarded-For: ${network}`),
        );
        held.push(...begun);
        return String((await Promise.race(begun.map((socket) => once(socket, "data"))))[0]);
      };
      assert.match(await hold("198.51.100.7", 3), /"code":"unavailable".*"retryAfterSeconds":1/);
      assert.equal((await order(device, 3_500_000)).code, "bad_input", "of another network they are read");
      await Promise.all(Array.from({ length: 8 }, (_, index) => hold(`198.51.${index}.7`, 3)));
      assert.equal((await order(device, 3_500_000)).code, "unavailable");
      assert.equal((await order(device, 20_000)).code, "bad_input", "short ones are read");
      assert.equal((await order(world.owner, 3_500_000)).code, "bad_input", "members' are read");
      for (const socket of held) socket.destroy();
      await t.waitFor(async () => assert.equal((await order(device, 3_500_000)).code, "bad_input"), PATIENCE);
    });

    test("Q8, Q10: long orders that one member begins and never ends have so much room, and another member's have their own", async (t) => {
      const world = await createWorld(t);
      const { envelopeId } = await createDraft(world.owner);
      const path = `/api/v1/envelopes/${envelopeId}/send`;
      const head = `POST ${path} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\nAuthorization: ${world.owner.headers.authorization}`;
      const order = (person: Person, characters: number) =>
        person.call("POST", path, { json: { sealedKey: "x".repeat(characters) } });
      const held = Array.from({ length: 5 }, () => stalled(t, world.owner, head));
      const [told] = await Promise.race(held.map((socket) => once(socket, "data")));
      assert.match(String(told), /"code":"unavailable".*"retryAfterSeconds":1/);
      assert.equal((await order(world.owner, 20_000)).code, "bad_input", "short ones are read");
      assert.equal((await order(world.colleague, 3_500_000)).code, "bad_input");
      for (const socket of held) socket.destroy();
      await t.waitFor(async () => assert.equal((await order(world.owner, 3_500_000)).code, "bad_input"), PATIENCE);
    });
  });
});
