/** Ciphertext for a recipient: as long as the opening of this browser runs (M5, M18). */
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import { deviceOf } from "../../http/device.ts";
import type { RawRequest } from "../../http/feature.ts";
import { agentOf, networkOf } from "../../http/network.ts";
import type { Services } from "../../services.ts";
import { streamPart, wholeNumber } from "../envelopes/index.ts";
import { partForDevice } from "./grants.queries.ts";
import { noteVisit } from "./note-visit.ts";

export const GRANT_CONTENT_PATH = /^\/api\/v1\/grants\/([^/]+)\/parts\/([^/]+)\/content$/;

/** @throws PliError `bad_input`, `opening_required` */
export async function downloadPart(services: Services, request: RawRequest): Promise<void> {
  const { incoming, parameters } = request;
  const [grantId = "", partText = ""] = parameters;
  const part = wholeNumber(partText, LIMITS.partsPerEnvelope, "part");
  const deviceSha256 = deviceOf(incoming.headers);
  if (deviceSha256 === null) throw new PliError("opening_required");
  const [row] = await partForDevice(services.db.read, { grantId, deviceSha256, part });
  const nowMs = services.clock.now();
  const open = row !== undefined && row.open_until_ms > nowMs && row.expires_at_ms > nowMs && row.wrapped_key !== null;
  if (!open) throw new PliError("opening_required");
  const whole = await streamPart(services, request, { ...row, part });
  if (!whole || part === 0) return;
  noteVisit(services, {
    grantId,
    event: "downloaded",
    network: networkOf(incoming, services.config),
    agent: agentOf(incoming.headers),
    machine: false,
  });
}
