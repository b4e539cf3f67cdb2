/** Conversations as recipients read them (M24). What the sender says and reads is in `envelopes`. */
import type { Feature } from "../../http/feature.ts";
import { endLive, followGrant, followMessage, GRANT_LIVE_PATH, MEMBER_LIVE_PATH } from "./live.ts";
import { readThreadPart, THREAD_CONTENT_PATH } from "./read-thread.ts";
import { threadRoutes } from "./threads.routes.ts";

export const threads: Feature = {
  name: "threads",
  routes: threadRoutes,
  raw: (services) => [
    { method: "GET", path: THREAD_CONTENT_PATH, handle: (request) => readThreadPart(services, request) },
    { method: "GET", path: GRANT_LIVE_PATH, handle: (request) => followGrant(services, request) },
    { method: "GET", path: MEMBER_LIVE_PATH, handle: (request) => followMessage(services, request) },
  ],
  start: async (services) => ({ stop: async () => endLive(services) }),
};
