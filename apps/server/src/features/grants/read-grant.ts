/**
 * `GET /api/v1/grants/:grantId` on the raw request: the one JSON read that every link scanner, preview and reload of the landing page
 * asks for, so it must cost little. Changes nothing.
 */
import { deviceOf } from "../../http/device.ts";
import type { RawRequest } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import { showGrant } from "./show-grant.ts";

export const GRANT_PATH = /^\/api\/v1\/grants\/([^/]+)$/;

/** @throws PliError `not_found` */
export async function readGrant(services: Services, request: RawRequest): Promise<void> {
  const { incoming, outgoing, parameters, head } = request;
  const [grantId = ""] = parameters;
  const body = JSON.stringify(await showGrant(services, grantId, deviceOf(incoming.headers)));
  outgoing.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  outgoing.end(head ? undefined : body);
}
