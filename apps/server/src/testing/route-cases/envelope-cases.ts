/** Writing, sending and following, and the inbox where replies arrive. */
import { randomBytes } from "node:crypto";
import { blindGrant, createDraft, prepareMessage, prepareReply, putPart, sendBlindly } from "../blind-sender.ts";
import type { Person } from "../http.ts";
import type { World } from "../world.ts";
import { mine, opened, type RouteCases, sent, text } from "./route-case.ts";

async function reply(world: World): Promise<{ device: Person; envelopeId: string }> {
  const { device, grantId } = await opened(world);
  const { envelopeId, order } = await prepareReply(device, grantId);
  const answer = await device.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order });
  if (answer.status >= 300) throw new Error(`no reply: ${answer.status} ${answer.code}`);
  return { device, envelopeId };
}

async function grantPath(world: World): Promise<string> {
  const message = await sent(world);
  return `/api/v1/envelopes/${message.envelopeId}/grants/${message.grants[0]?.grantId}`;
}

export const ENVELOPE_CASES: RouteCases = {
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
  "POST /api/v1/envelopes/:id/parts/:id/chunks/:id/address": {
    open: "nobody",
    direct: true,
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/envelopes/${(await createDraft(world.owner)).envelopeId}/parts/1/chunks/0/address`,
      json: { sizeBytes: 3000, sha256: text(32) },
    }),
  },
  "GET /api/v1/envelopes/:id/parts/:id/chunks/:id/address": {
    open: "nobody",
    direct: true,
    prepare: async (world) => {
      const { envelopeId } = await sent(world);
      return { by: world.owner, path: `/api/v1/envelopes/${envelopeId}/parts/1/chunks/0/address` };
    },
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
  "POST /api/v1/inbox/:id/unread": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/inbox/${(await reply(world)).envelopeId}/unread`,
      json: {},
    }),
  },
  "DELETE /api/v1/inbox/:id": {
    open: "nobody",
    prepare: async (world) => ({ by: world.owner, path: `/api/v1/inbox/${(await reply(world)).envelopeId}` }),
  },
};
