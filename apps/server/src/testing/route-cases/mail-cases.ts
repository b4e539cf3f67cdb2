/** The door that ends mails of one kind. */
import { stopToken } from "../../features/notifications/stop/stop-link.ts";
import type { World } from "../world.ts";
import { type RouteCases, told } from "./route-case.ts";

const path = ({ server, owner }: World) =>
  `/stop/${stopToken(server.services.keys, { memberId: owner.memberId, kind: "opened" })}`;

export const MAIL_CASES: RouteCases = {
  "GET /api/v1/me/mails": {
    open: "members",
    prepare: async ({ owner }) => ({ by: owner, path: "/api/v1/me/mails" }),
  },
  "PATCH /api/v1/me/mails": {
    open: "members",
    prepare: async ({ owner }) => ({ by: owner, path: "/api/v1/me/mails", json: { opened: true } }),
  },
  "GET /stop/stop.css": told("/stop/stop.css"),
  "GET /stop/:id": { open: "everybody", prepare: async (world) => ({ by: world.visitor(), path: path(world) }) },
  "POST /stop/:id": {
    open: "everybody",
    prepare: async (world) => ({
      by: world.visitor(),
      path: path(world),
      body: "List-Unsubscribe=One-Click",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    }),
  },
};
