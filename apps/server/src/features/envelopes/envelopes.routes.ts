/** The author's operations over HTTP: `/api/v1/envelopes`, `/api/v1/inbox`. */
import type { Api } from "../../http/api.ts";
import { idempotent } from "../../http/idempotency.ts";
import type { Services } from "../../services.ts";
import { draftRoutes } from "./drafts.routes.ts";
import { grantRoutes } from "./grants.routes.ts";
import { inboxRoutes } from "./inbox.routes.ts";
import { sentRoutes } from "./sent.routes.ts";
import { threadRoutes } from "./threads.routes.ts";

export function envelopeRoutes(api: Api, services: Services): void {
  // The pattern takes in the path without an end too; said twice, a request would wait for itself.
  // Not for addresses: they are secrets, good for minutes, and are written down nowhere.
  const keptOnce: typeof idempotent = (c, next) => (c.req.path.endsWith("/address") ? next() : idempotent(c, next));
  api.use("/api/v1/envelopes/*", keptOnce);
  draftRoutes(api, services);
  sentRoutes(api, services);
  grantRoutes(api, services);
  inboxRoutes(api, services);
  threadRoutes(api, services);
}
