/**
 * `GET /api/v1/grants/:grantId` on the raw request: the one JSON read that every link scanner, preview and reload of the landing page
 * asks for, so it must cost little. Changes nothing, decides nothing: rights are decided where they are used.
 */
import { deviceOf } from "../../http/device.ts";
import type { RawRequest } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import { showGrant } from "./show-grant.ts";

export const GRANT_PATH = /^\/api\/v1\/grants\/([^/]+)$/;

/** What a visitor without a device cookie was shown, as long as this process has written nothing since, and for a second at most. */
interface Shown {
  readonly body: Body;
  readonly version: number;
  readonly atMs: number;
}
/** A text goes out in one write with its head; in plain ASCII by the cheapest encoding. */
interface Body {
  readonly text: string;
  readonly sizeBytes: number;
  readonly encoding: "latin1" | "utf8";
}
const KEPT_MS = 1000;
const KEPT_MAX = 1000;
const shown = new WeakMap<Services["db"], Map<string, Shown>>();

/** @throws PliError `not_found` */
export async function readGrant(services: Services, request: RawRequest): Promise<void> {
  const { incoming, outgoing, parameters, head } = request;
  const [grantId = ""] = parameters;
  const device = incoming.headers.cookie === undefined ? null : deviceOf(incoming.headers);
  const body =
    device === null
      ? (kept(services, grantId) ?? (await showAnybody(services, grantId)))
      : await describe(services, grantId, device);
  outgoing.writeHead(200, [
    ...request.securityHeaders,
    "Content-Type",
    "application/json",
    "Content-Length",
    String(body.sizeBytes),
  ]);
  if (head) outgoing.end();
  else outgoing.end(body.text, body.encoding);
}

async function describe(services: Services, grantId: string, device: string | null): Promise<Body> {
  const text = JSON.stringify(await showGrant(services, grantId, device));
  const sizeBytes = Buffer.byteLength(text);
  return { text, sizeBytes, encoding: sizeBytes === text.length ? "latin1" : "utf8" };
}

function kept(services: Services, grantId: string): Body | null {
  const known = shown.get(services.db)?.get(grantId);
  if (known?.version !== services.db.version()) return null;
  // Counted both ways: a clock that was moved must not keep anything.
  return Math.abs(services.clock.now() - known.atMs) < KEPT_MS ? known.body : null;
}

async function showAnybody(services: Services, grantId: string): Promise<Body> {
  const atMs = services.clock.now();
  const version = services.db.version();
  const body = await describe(services, grantId, null);
  let views = shown.get(services.db);
  if (views === undefined) {
    views = new Map();
    shown.set(services.db, views);
  }
  if (views.size >= KEPT_MAX) views.clear();
  views.set(grantId, { body, version, atMs });
  return body;
}
