/**
 * Who may do what, over the wire: every route of the server (as its own OpenAPI document lists them, and those that stream) is asked by
 * everybody who must not, then by the one who may. Refused looks the same for missing and forbidden, and changes nothing.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { blindGrant, openBlindly, sendBlindly } from "./testing/blind-sender.ts";
import type { Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { type OpenTo, ROUTE_CASES } from "./testing/route-cases.ts";
import { documentedRoutes, routesOf } from "./testing/routes.ts";
import { readStored } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

/** To whom each kind of route is open besides the rightful one. Everything that is not said here is refused. */
const OTHERS = [
  "nobody signed in",
  "a colleague",
  "a member of another organisation",
  "a session that was revoked",
  "a token that was revoked",
  "a device of another grant",
] as const;
type Other = (typeof OTHERS)[number];

const OPEN: Readonly<Record<OpenTo, readonly Other[]>> = {
  everybody: OTHERS,
  members: ["a colleague", "a member of another organisation"],
  nobody: [],
};

const REFUSED = [401, 403, 404];

onBothProfiles((profile) => {
  const { createWorld } = profile;
  describe("rights: every route × everybody", () => {
    const scope = suiteScope();
    let world: World;
    let others: Readonly<Record<Other, () => Person>>;
    before(async () => {
      world = await createWorld(scope);
      const session = await world.newSession(world.owner);
      const ended = await session.call("DELETE", `/api/v1/me/sessions/${session.sessionId}`);
      assert.equal(ended.status, 204);
      const stale = new Map(session.cookies);
      assert.equal(stale.size, 0, "signing out takes the cookie away");
      stale.set("__Host-pli-session", session.firstSecret);
      const token = await world.newToken(world.owner);
      assert.equal((await token.call("DELETE", `/api/v1/me/sessions/${token.sessionId}`)).status, 204);
      const elsewhere = await sendBlindly(world, world.stranger, { to: ["other@courriel.example"], openings: 9 });
      const device = await openBlindly(world, elsewhere.grants[0] ?? blindGrant(""));
      others = {
        "nobody signed in": () => world.visitor(),
        "a colleague": () => world.colleague,
        "a member of another organisation": () => world.stranger,
        "a session that was revoked": () => world.visitor(stale),
        "a token that was revoked": () => token,
        "a device of another grant": () => world.visitor(device.cookies),
      };
    });

    test("Q8: the table of this test and the server's routes are the same", async () => {
      const routes = routesOf(world);
      assert.deepEqual(Object.keys(ROUTE_CASES).toSorted(), [...routes].toSorted());
      const documented = await documentedRoutes(world);
      for (const route of documented) assert.ok(routes.has(route), `${route} is documented only`);
      const untold = [...routes].filter((route) => route.includes(" /api/v1/") && !documented.includes(route));
      assert.deepEqual(untold, ["GET /api/v1/openapi.json"], "C1: all but the document itself is in it");
    });

    for (const [route, { open, prepare, direct }] of Object.entries(ROUTE_CASES)) {
      // The cluster has a bucket that clients reach: there it is tried.
      if (direct && profile.name !== "cluster") continue;
      test(`Q8: ${route} is open to ${open === "nobody" ? "nobody else" : open}`, async () => {
        const [method = ""] = route.split(" ");
        const { path, by, ...call } = await prepare(world);
        const stored = await readStored(world);
        for (const name of OTHERS) {
          if (OPEN[open].includes(name)) continue;
          const answer = await others[name]().call(method, path, call);
          assert.ok(REFUSED.includes(answer.status), `${name} got ${answer.status} ${answer.bytes.toString()}`);
          assert.ok(answer.code !== null, `${name} got no problem document`);
        }
        assert.deepEqual(await readStored(world), stored, "a refused request left something behind");
        const rightful = await by.call(method, path, call);
        assert.ok(
          rightful.status >= 200 && rightful.status < 300,
          `the rightful one got ${rightful.status} ${rightful.code}`,
        );
      });
    }

    test("Q8: lists hold one's own only", async () => {
      const message = await sendBlindly(world, world.owner);
      for (const path of ["/api/v1/envelopes?limit=100", "/api/v1/inbox"]) {
        for (const other of [world.colleague, world.stranger]) {
          const answer = await other.call("GET", path);
          assert.equal(answer.status, 200);
          assert.ok(!answer.bytes.toString().includes(message.envelopeId));
          assert.ok(!answer.bytes.toString().includes("jeanne@"));
        }
      }
      assert.ok((await world.owner.call("GET", "/api/v1/envelopes")).bytes.toString().includes(message.envelopeId));
    });

    test("Q8: an unknown envelope and somebody else's look alike", async () => {
      const { envelopeId } = await sendBlindly(world, world.owner);
      const unknown = `${envelopeId.slice(0, -4)}0000`;
      const shape = async (id: string) => {
        const answer = await world.colleague.call("GET", `/api/v1/envelopes/${id}`);
        return { ...answer.json<object>(), requestId: "", status: answer.status };
      };
      assert.deepEqual(await shape(envelopeId), await shape(unknown));
    });

    test("Q9: a page of another origin can write nothing with the cookies of a browser", async () => {
      const session = await world.newSession(world.owner);
      const stored = await readStored(world);
      const foreign = [
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
        { origin: "https://evil.example" },
        // A token beside the cookies: the cookies are what a browser sends of its own accord.
        { "sec-fetch-site": "cross-site", ...world.owner.headers },
        { origin: "null" },
      ];
      for (const headers of foreign) {
        const answer = await session.call("POST", "/api/v1/envelopes", { json: { kind: "message" }, headers });
        assert.equal(answer.code, "forbidden_origin");
      }
      const form = await session.call("POST", "/api/v1/envelopes", {
        body: '{"kind":"message"}',
        headers: { "content-type": "text/plain" },
      });
      assert.equal(form.code, "unsupported_media_type");
      assert.deepEqual(await readStored(world), stored);
      const own = await session.call("POST", "/api/v1/envelopes", {
        json: { kind: "message" },
        headers: { "sec-fetch-site": "same-origin", origin: world.origin },
      });
      assert.equal(own.status, 201);
    });
  });
});
