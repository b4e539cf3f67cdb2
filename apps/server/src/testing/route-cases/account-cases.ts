/** Signing in, and what a member changes about themselves. */
import { createHash } from "node:crypto";
import type { RobotChallenge } from "@pli/core/wire";
import { waitForText } from "../blind-sender.ts";
import type { Person } from "../http.ts";
import type { World } from "../world.ts";
import { mine, type RouteCases, text, told } from "./route-case.ts";

const slot = () => ({ slotId: text(16), kind: "recovery", name: "Recovery", wrappedSeed: text(60) });

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

export const ACCOUNT_CASES: RouteCases = {
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
  "GET /api/v1/me/usage": mine("/api/v1/me/usage"),
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
};

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
