/**
 * One honest request for every route: its path, its body, and who may make it. Tests of rights let others make the same request, tests of
 * bad input spoil it. A route without a case here fails both.
 */
import { createHash, randomBytes } from "node:crypto";
import type { RobotChallenge } from "@pli/core/wire";
import { newId } from "../platform/database/index.ts";
import {
  askCode,
  blindGrant,
  createDraft,
  openBlindly,
  prepareMessage,
  prepareReply,
  putPart,
  sendBlindly,
  waitForText,
} from "./blind-sender.ts";
import type { Call, Person } from "./http.ts";
import type { World } from "./world.ts";

export interface RouteCase {
  /** Who else may make this very request, besides the rightful one. */
  readonly open: OpenTo;
  prepare(world: World): Promise<HonestRequest>;
}
/**
 * - `everybody`: knowing the address is enough; it tells or does nothing secret.
 * - `members`: whoever is signed in, each about their own things only.
 * - `nobody`: to all others it looks as if it did not exist.
 */
export type OpenTo = "everybody" | "members" | "nobody";

export interface HonestRequest extends Call {
  readonly path: string;
  readonly by: Person;
}

const text = (lengthBytes: number) => randomBytes(lengthBytes).toString("base64url");
const slot = () => ({ slotId: text(16), kind: "recovery", name: "Recovery", wrappedSeed: text(60) });

const sent = (world: World) => sendBlindly(world, world.owner, { delivery: "link", to: ["jeanne@courriel.example"] });

async function keyringOf(by: Person): Promise<void> {
  const json = { kemPublic: text(1216), signPublic: text(32), slots: [slot(), slot()] };
  const answer = await by.call("PUT", "/api/v1/me/keyring", { json });
  if (answer.status !== 201 && answer.status !== 204 && answer.code !== "already_exists") {
    throw new Error(`no keyring: ${answer.status} ${answer.code}`);
  }
}

async function aSlot(world: World): Promise<string> {
  await keyringOf(world.owner);
  const json = slot();
  const answer = await world.owner.call("POST", "/api/v1/me/keyring/slots", { json });
  if (answer.status >= 300) throw new Error(`no slot: ${answer.status} ${answer.code}`);
  return json.slotId;
}

async function reply(world: World): Promise<{ device: Person; envelopeId: string }> {
  const message = await sent(world);
  const [grant] = message.grants;
  if (grant === undefined) throw new Error("no grant");
  const device = await openBlindly(world, grant);
  const { envelopeId, order } = await prepareReply(device, grant.grantId);
  const answer = await device.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order });
  if (answer.status >= 300) throw new Error(`no reply: ${answer.status} ${answer.code}`);
  return { device, envelopeId };
}

const mine = (path: string): RouteCase => ({ open: "members", prepare: async ({ owner }) => ({ by: owner, path }) });
const told = (path: string): RouteCase => ({
  open: "everybody",
  prepare: async (world) => ({ by: world.visitor(), path }),
});

/** By method and path, with `:x` for what varies. */
export const ROUTE_CASES: Readonly<Record<string, RouteCase>> = {
  "GET /api/v1/openapi.json": told("/api/v1/openapi.json"),
  "GET /api/v1/server": told("/api/v1/server"),
  "GET /api": told("/api"),
  "GET /api/explorer.css": told("/api/explorer.css"),
  "GET /api/explorer.js": told("/api/explorer.js"),
  "GET /api/page.css": told("/api/page.css"),
  "GET /api/words.js": told("/api/words.js"),
  "GET /healthz": told("/healthz"),
  "GET /readyz": told("/readyz"),

  // signing in
  "GET /api/v1/sign-in/challenge": told("/api/v1/sign-in/challenge"),
  "POST /api/v1/sign-in/links": {
    open: "everybody",
    prepare: async (world) => ({
      by: world.visitor(),
      path: "/api/v1/sign-in/links",
      json: { address: world.owner.address, language: "en", robotCheck: await solveChallenge(world) },
    }),
  },
  // The link is bound to the browser that asked for it: in another one it asks for the check.
  "POST /api/v1/sign-in/sessions": {
    open: "nobody",
    prepare: async (world) => {
      const by = world.visitor();
      const { address } = await world.newMember();
      const json = { address, language: "en", robotCheck: await solveChallenge(world) };
      const asked = await by.call("POST", "/api/v1/sign-in/links", { json });
      if (asked.status !== 202) throw new Error(`no link: ${asked.status} ${asked.code}`);
      const mail = await waitForText(world, address, /\/app\/sign-in#([\w-]+)/);
      return { by, path: "/api/v1/sign-in/sessions", json: { token: mail } };
    },
  },

  // my account
  "GET /api/v1/me": mine("/api/v1/me"),
  "PATCH /api/v1/me": {
    open: "members",
    prepare: async ({ owner }) => ({
      by: owner,
      path: "/api/v1/me",
      json: { name: "Claire", timeZone: "Europe/Paris", language: "fr", defaults: { openings: 2, notify: "each" } },
    }),
  },
  "GET /api/v1/me/sessions": mine("/api/v1/me/sessions"),
  "DELETE /api/v1/me/sessions/:id": {
    open: "nobody",
    prepare: async (world) => {
      const { sessionId } = await world.newSession(world.owner);
      return { by: world.owner, path: `/api/v1/me/sessions/${sessionId}` };
    },
  },
  "GET /api/v1/me/keyring": {
    open: "members",
    prepare: async (world) => {
      for (const member of [world.owner, world.colleague, world.stranger]) await keyringOf(member);
      return { by: world.owner, path: "/api/v1/me/keyring" };
    },
  },
  "PUT /api/v1/me/keyring": {
    open: "members",
    prepare: async (world) => {
      const json = { kemPublic: text(1216), signPublic: text(32), slots: [slot()] };
      return { by: await world.newMember(), path: "/api/v1/me/keyring", json };
    },
  },
  "POST /api/v1/me/keyring/slots": {
    open: "members",
    prepare: async (world) => {
      for (const member of [world.owner, world.colleague, world.stranger]) await keyringOf(member);
      return { by: world.owner, path: "/api/v1/me/keyring/slots", json: slot() };
    },
  },
  "PATCH /api/v1/me/keyring/slots/:id": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/me/keyring/slots/${await aSlot(world)}`,
      json: { name: "Laptop" },
    }),
  },
  "DELETE /api/v1/me/keyring/slots/:id": {
    open: "nobody",
    prepare: async (world) => ({ by: world.owner, path: `/api/v1/me/keyring/slots/${await aSlot(world)}` }),
  },

  // envelopes
  "POST /api/v1/envelopes": {
    open: "members",
    prepare: async ({ owner }) => ({ by: owner, path: "/api/v1/envelopes", json: { kind: "message" } }),
  },
  "GET /api/v1/envelopes": mine("/api/v1/envelopes"),
  "GET /api/v1/envelopes/:id": {
    open: "nobody",
    prepare: async (world) => ({ by: world.owner, path: `/api/v1/envelopes/${(await sent(world)).envelopeId}` }),
  },
  "DELETE /api/v1/envelopes/:id": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/envelopes/${(await createDraft(world.owner)).envelopeId}`,
    }),
  },
  "PUT /api/v1/envelopes/:id/parts/:id/chunks/:id": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/envelopes/${(await createDraft(world.owner)).envelopeId}/parts/1/chunks/0`,
      body: randomBytes(3000),
      headers: { "content-type": "application/octet-stream" },
    }),
  },
  "GET /api/v1/envelopes/:id/parts/:id": {
    open: "nobody",
    prepare: async (world) => {
      const { envelopeId } = await createDraft(world.owner);
      await putPart(world.owner, envelopeId, 1, randomBytes(50));
      return { by: world.owner, path: `/api/v1/envelopes/${envelopeId}/parts/1` };
    },
  },
  "DELETE /api/v1/envelopes/:id/parts/:id": {
    open: "nobody",
    prepare: async (world) => {
      const { envelopeId } = await createDraft(world.owner);
      await putPart(world.owner, envelopeId, 1, randomBytes(50));
      return { by: world.owner, path: `/api/v1/envelopes/${envelopeId}/parts/1` };
    },
  },
  "GET /api/v1/envelopes/:id/parts/:id/content": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/envelopes/${(await sent(world)).envelopeId}/parts/1/content`,
    }),
  },
  "POST /api/v1/envelopes/:id/send": {
    open: "nobody",
    prepare: async (world) => {
      const { envelopeId, order } = await prepareMessage(world, world.owner);
      return { by: world.owner, path: `/api/v1/envelopes/${envelopeId}/send`, json: order };
    },
  },
  "POST /api/v1/envelopes/:id/take-back": {
    open: "nobody",
    prepare: async (world) => {
      const { envelopeId } = await sendBlindly(world, world.owner, { holdSeconds: 300 });
      return { by: world.owner, path: `/api/v1/envelopes/${envelopeId}/take-back`, json: {} };
    },
  },
  "POST /api/v1/envelopes/:id/revoke": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/envelopes/${(await sent(world)).envelopeId}/revoke`,
      json: {},
    }),
  },
  "POST /api/v1/envelopes/:id/grants": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/envelopes/${(await sent(world)).envelopeId}/grants`,
      json: blindGrant("late@courriel.example").creation,
    }),
  },
  "PATCH /api/v1/envelopes/:id/grants/:id": {
    open: "nobody",
    prepare: async (world) => ({ by: world.owner, path: await grantPath(world), json: { openingsLeft: 5 } }),
  },
  "POST /api/v1/envelopes/:id/grants/:id/resend": {
    open: "nobody",
    prepare: async (world) => {
      const message = await sendBlindly(world, world.owner);
      const [grant] = message.grants;
      const path = `/api/v1/envelopes/${message.envelopeId}/grants/${grant?.grantId}/resend`;
      return { by: world.owner, path, json: { linkSecret: grant?.linkSecret } };
    },
  },
  "POST /api/v1/envelopes/:id/grants/:id/revoke": {
    open: "nobody",
    prepare: async (world) => ({ by: world.owner, path: `${await grantPath(world)}/revoke`, json: {} }),
  },
  "POST /api/v1/envelopes/:id/requests/:id/done": {
    open: "nobody",
    prepare: async (world) => {
      const message = await sent(world);
      const asked = await world
        .visitor()
        .call("POST", `/api/v1/grants/${message.grants[0]?.grantId}/requests`, { json: { reason: "not_me" } });
      if (asked.status !== 202) throw new Error(`no request: ${asked.status} ${asked.code}`);
      const envelope = await world.owner.call("GET", `/api/v1/envelopes/${message.envelopeId}`);
      const { requests } = envelope.json<{ requests: { requestId: string }[] }>();
      const path = `/api/v1/envelopes/${message.envelopeId}/requests/${requests[0]?.requestId}/done`;
      return { by: world.owner, path, json: {} };
    },
  },
  "GET /api/v1/envelopes/:id/register": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/envelopes/${(await sent(world)).envelopeId}/register`,
    }),
  },

  // the inbox
  "GET /api/v1/inbox": mine("/api/v1/inbox"),
  "POST /api/v1/inbox/:id/read": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/inbox/${(await reply(world)).envelopeId}/read`,
      json: {},
    }),
  },
  "DELETE /api/v1/inbox/:id": {
    open: "nobody",
    prepare: async (world) => ({ by: world.owner, path: `/api/v1/inbox/${(await reply(world)).envelopeId}` }),
  },

  // the doors of a grant
  "GET /api/v1/grants/:id": {
    open: "everybody",
    prepare: async (world) => ({ by: world.visitor(), path: await doorPath(world) }),
  },
  "POST /api/v1/grants/:id/codes": {
    open: "everybody",
    prepare: async (world) => {
      // An address of its own: a mailbox is not written to again within seconds.
      const message = await sendBlindly(world, world.owner, { to: [`r${newId(world.now())}@courriel.example`] });
      return { by: world.visitor(), path: `/api/v1/grants/${message.grants[0]?.grantId}/codes`, json: {} };
    },
  },
  // Who has the code has the mailbox: the code is what is asked, not who brings it.
  "POST /api/v1/grants/:id/proofs": {
    open: "everybody",
    prepare: async (world) => {
      const message = await sendBlindly(world, world.owner, { to: [`r${newId(world.now())}@courriel.example`] });
      const [grant] = message.grants;
      if (grant === undefined) throw new Error("no grant");
      const device = world.visitor();
      const code = await askCode(world, device, grant);
      return { by: device, path: `/api/v1/grants/${grant.grantId}/proofs`, json: { code } };
    },
  },
  "POST /api/v1/grants/:id/openings": {
    open: "nobody",
    prepare: async (world) => {
      const message = await sendBlindly(world, world.owner, { to: [`r${newId(world.now())}@courriel.example`] });
      const [grant] = message.grants;
      if (grant === undefined) throw new Error("no grant");
      const device = world.visitor();
      const code = await askCode(world, device, grant);
      await device.call("POST", `/api/v1/grants/${grant.grantId}/proofs`, { json: { code } });
      return { by: device, path: `/api/v1/grants/${grant.grantId}/openings`, json: { verifier: grant.verifier } };
    },
  },
  "GET /api/v1/grants/:id/parts/:id/content": {
    open: "nobody",
    prepare: async (world) => {
      const message = await sent(world);
      const [grant] = message.grants;
      if (grant === undefined) throw new Error("no grant");
      const device = await openBlindly(world, grant);
      return { by: device, path: `/api/v1/grants/${grant.grantId}/parts/1/content` };
    },
  },
  "POST /api/v1/grants/:id/replies": {
    open: "nobody",
    prepare: async (world) => {
      const message = await sent(world);
      const [grant] = message.grants;
      if (grant === undefined) throw new Error("no grant");
      const device = await openBlindly(world, grant);
      return { by: device, path: `/api/v1/grants/${grant.grantId}/replies`, json: {} };
    },
  },
  "POST /api/v1/grants/:id/requests": {
    open: "everybody",
    prepare: async (world) => ({
      by: world.visitor(),
      path: `${await doorPath(world)}/requests`,
      json: { reason: "new_copy" },
    }),
  },
};

async function doorPath(world: World): Promise<string> {
  return `/api/v1/grants/${(await sent(world)).grants[0]?.grantId}`;
}

async function grantPath(world: World): Promise<string> {
  const message = await sent(world);
  return `/api/v1/envelopes/${message.envelopeId}/grants/${message.grants[0]?.grantId}`;
}

/** Does the proof of work (altcha, version 1) as a page would. */
export async function solveChallenge(world: World): Promise<string> {
  const asked = await world.visitor().call("GET", "/api/v1/sign-in/challenge");
  const { algorithm, challenge, maxnumber, salt, signature } = asked.json<RobotChallenge>();
  for (let number = 0; number <= maxnumber; number++) {
    if (createHash("sha256").update(`${salt}${number}`).digest("hex") !== challenge) continue;
    return Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString("base64");
  }
  throw new Error("the challenge has no solution");
}
