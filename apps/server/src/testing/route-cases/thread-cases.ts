/** Conversations: what the sender says and reads, and what a recipient reads. */
import { openBlindly } from "../blind-sender.ts";
import { answerBlindly } from "../blind-thread.ts";
import type { Person } from "../http.ts";
import type { World } from "../world.ts";
import { opened, type RouteCases, sent } from "./route-case.ts";

async function answered(world: World): Promise<{ device: Person; path: string }> {
  const message = await sent(world);
  const [grant] = message.grants;
  if (grant === undefined) throw new Error("no grant");
  const device = await openBlindly(world, grant);
  const { envelopeId } = await answerBlindly(world.owner, message.envelopeId, [grant]);
  return { device, path: `/api/v1/grants/${grant.grantId}/thread/${envelopeId}/parts/0` };
}

export const THREAD_CASES: RouteCases = {
  "GET /api/v1/envelopes/:id/thread": {
    open: "nobody",
    prepare: async (world) => ({ by: world.owner, path: `/api/v1/envelopes/${(await sent(world)).envelopeId}/thread` }),
  },
  "POST /api/v1/envelopes/:id/answers": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/envelopes/${(await sent(world)).envelopeId}/answers`,
      json: {},
    }),
  },
  "GET /api/v1/grants/:id/thread": {
    open: "nobody",
    prepare: async (world) => {
      const { device, grantId } = await opened(world);
      return { by: device, path: `/api/v1/grants/${grantId}/thread` };
    },
  },
  "POST /api/v1/grants/:id/readers": {
    open: "nobody",
    prepare: async (world) => {
      const { device, grantId } = await opened(world);
      return { by: device, path: `/api/v1/grants/${grantId}/readers`, json: { addresses: ["bert@courriel.example"] } };
    },
  },
  "GET /api/v1/envelopes/:id/live": {
    open: "nobody",
    prepare: async (world) => ({ by: world.owner, path: `/api/v1/envelopes/${(await sent(world)).envelopeId}/live` }),
  },
  "GET /api/v1/grants/:id/live": {
    open: "nobody",
    prepare: async (world) => {
      const { device, grantId } = await opened(world);
      return { by: device, path: `/api/v1/grants/${grantId}/live` };
    },
  },
  "GET /api/v1/grants/:id/thread/:id/parts/:id/content": {
    open: "nobody",
    prepare: async (world) => {
      const { device, path } = await answered(world);
      return { by: device, path: `${path}/content` };
    },
  },
  "GET /api/v1/grants/:id/thread/:id/parts/:id/chunks/:id/address": {
    open: "nobody",
    direct: true,
    prepare: async (world) => {
      const { device, path } = await answered(world);
      return { by: device, path: `${path}/chunks/0/address` };
    },
  },
};
