/** Conversations as recipients read them (M24). What the sender says and reads is in `envelopes`. */
import type { Feature } from "../../http/feature.ts";
import { readThreadPart, THREAD_CONTENT_PATH } from "./read-thread.ts";
import { threadRoutes } from "./threads.routes.ts";

export const threads: Feature = {
  name: "threads",
  routes: threadRoutes,
  raw: (services) => [
    { method: "GET", path: THREAD_CONTENT_PATH, handle: (request) => readThreadPart(services, request) },
  ],
};
