/** Ciphertext for a recipient: as long as the opening of this browser runs (M5, M18). */
import type { IncomingMessage } from "node:http";
import { PliError } from "@pli/core/errors";
import { type ChunkAddress, LIMITS } from "@pli/core/wire";
import { deviceOf } from "../../http/device.ts";
import type { RawRequest } from "../../http/feature.ts";
import { agentOf, networkOf } from "../../http/network.ts";
import type { Services } from "../../services.ts";
import { addressToRead, streamPart, wholeNumber } from "../envelopes/index.ts";
import { type OpenPart, partForDevice } from "./grants.queries.ts";
import { noteVisit } from "./note-visit.ts";

export const GRANT_CONTENT_PATH = /^\/api\/v1\/grants\/([^/]+)\/parts\/([^/]+)\/content$/;

/** @throws PliError `bad_input`, `opening_required`, `rate_limited` */
export async function downloadPart(services: Services, request: RawRequest): Promise<void> {
  const { incoming, parameters } = request;
  const [grantId = "", partText = ""] = parameters;
  const part = wholeNumber(partText, LIMITS.partsPerEnvelope, "part");
  const row = await openPart(services, incoming, grantId, part);
  const whole = await streamPart(services, request, { ...row, part }, row);
  if (whole) noteDownload(services, incoming, grantId, part);
}

/** Where a recipient reads one chunk past the node. @throws PliError `not_found`, `opening_required` */
export async function addressForDevice(
  services: Services,
  incoming: IncomingMessage,
  grantId: string,
  place: { readonly part: number; readonly chunk: number },
): Promise<ChunkAddress> {
  if (services.direct === null) throw new PliError("not_found");
  const row = await openPart(services, incoming, grantId, place.part);
  const address = addressToRead(services, row, place);
  // Whether they took it the bucket knows; the register says at least what it says of a stream: the end was asked for.
  if (place.chunk === row.chunks - 1) noteDownload(services, incoming, grantId, place.part);
  return address;
}

/** A part, if the opening of who asks runs. @throws PliError `opening_required` */
async function openPart(
  services: Services,
  incoming: IncomingMessage,
  grantId: string,
  part: number,
): Promise<OpenPart & { readonly deviceSha256: string }> {
  const deviceSha256 = deviceOf(incoming.headers);
  if (deviceSha256 === null) throw new PliError("opening_required");
  const [row] = await partForDevice(services.db.read, { grantId, deviceSha256, part });
  const nowMs = services.clock.now();
  const open = row !== undefined && row.open_until_ms > nowMs && row.expires_at_ms > nowMs && row.wrapped_key !== null;
  if (!open) throw new PliError("opening_required");
  return { ...row, deviceSha256 };
}

function noteDownload(services: Services, incoming: IncomingMessage, grantId: string, part: number): void {
  if (part === 0) return;
  noteVisit(services, {
    grantId,
    event: "downloaded",
    network: networkOf(incoming, services.config),
    agent: agentOf(incoming.headers),
    machine: false,
  });
}
