/** What other features may use of the recipient's doors. */
import type { Feature } from "../../http/feature.ts";
import { networkOf } from "../../http/network.ts";
import type { Services } from "../../services.ts";
import { downloadPart, GRANT_CONTENT_PATH } from "./download-part.ts";
import { deleteOldOpenings } from "./grants.queries.ts";
import { grantRoutes } from "./grants.routes.ts";
import { flushVisits, noteVisit } from "./note-visit.ts";
import { GRANT_PATH, readGrant } from "./read-grant.ts";
import { tellMachine } from "./tell-machine.ts";

export { requireUnended } from "./grants.policy.ts";
export { openUntil } from "./grants.queries.ts";

const LANDING = /^\/o\/([A-Za-z0-9_-]{22})$/;

/** Forgets openings whose hour is over. */
export async function cleanOpenings(services: Services): Promise<void> {
  await deleteOldOpenings(services.db, services.clock.now());
}

export const grants: Feature = {
  name: "grants",
  routes: grantRoutes,
  raw: (services) => [
    { method: "GET", path: GRANT_PATH, writesHead: true, handle: (request) => readGrant(services, request) },
    { method: "GET", path: GRANT_CONTENT_PATH, handle: (request) => downloadPart(services, request) },
  ],
  onPage: (services, path, incoming) => {
    const grantId = LANDING.exec(path)?.[1];
    if (grantId === undefined) return;
    noteVisit(services, {
      grantId,
      event: "visited",
      network: networkOf(incoming, services.config),
      ...tellMachine(incoming),
    });
  },
  start: async (services) => ({
    // A database that is gone must not keep the rest from stopping: visits may be lost.
    stop: () => flushVisits(services).catch(() => services.logger.warn("visits not noted")),
  }),
};
