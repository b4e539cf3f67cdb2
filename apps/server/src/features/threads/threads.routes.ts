/** Conversations over HTTP, the recipient's side: `/api/v1/grants/:grantId/thread`. Changes nothing. */
import { createRoute, z } from "@hono/zod-openapi";
import { LIMITS } from "@pli/core/wire";
import type { Api } from "../../http/api.ts";
import { deviceOf } from "../../http/device.ts";
import { answer, jsonAnswer, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { addressSchema, cursorQuerySchema, grantThreadItemSchema, pageOf, wholeNumber } from "../envelopes/index.ts";
import { addressInThread, readThread } from "./read-thread.ts";

const path = z.object({ grantId: z.string().max(64) });
const chunkPath = path.extend({
  id: z.string().max(64),
  part: z.string().regex(/^(0|[1-9]\d{0,4})$/),
  chunk: z.string().regex(/^(0|[1-9]\d{0,3})$/),
});

export function threadRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/grants/{grantId}/thread",
      summary: "What was said after a message, by this recipient and by its sender, newest first",
      description: "As long as the opening of this browser runs.",
      request: { params: path, query: cursorQuerySchema },
      responses: {
        200: jsonAnswer(pageOf(grantThreadItemSchema).extend({ live: z.boolean() }), "A page, and whether it is live"),
        ...problems,
      },
    }),
    async (c) => {
      const device = deviceOf(c.env.incoming.headers);
      const cursor = c.req.valid("query").cursor ?? null;
      return c.json(answer(await readThread(services, c.req.valid("param").grantId, device, cursor)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/grants/{grantId}/thread/{id}/parts/{part}/chunks/{chunk}/address",
      summary: "Where a chunk of what was said is read past the node",
      description: "Only on servers that offer it by the header `Pli-Direct`.",
      request: { params: chunkPath },
      responses: { 200: jsonAnswer(addressSchema, "An address for two minutes"), ...problems },
    }),
    async (c) => {
      const { grantId, id: envelopeId, part, chunk } = c.req.valid("param");
      const place = { grantId, envelopeId, part: wholeNumber(part, LIMITS.partsPerEnvelope, "part") };
      return c.json(answer(await addressInThread(services, c.env.incoming, { ...place, chunk: Number(chunk) })), 200);
    },
  );
}
