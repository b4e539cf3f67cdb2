/** The conversation of a message as one recipient reads it (M24): as long as the opening of this browser runs, and no other's words. */
import type { IncomingMessage } from "node:http";
import { PliError } from "@pli/core/errors";
import { type ChunkAddress, type GrantThread, type GrantThreadItem, LIMITS } from "@pli/core/wire";
import { deviceOf } from "../../http/device.ts";
import type { RawRequest } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import {
  addressToRead,
  describePart,
  findGrant,
  iso,
  partsOfAll,
  streamPart,
  THREAD_PAGE,
  type ThreadPart,
  threadOfGrant,
  threadPart,
  wholeNumber,
} from "../envelopes/index.ts";
import { openUntil, requireUnended } from "../grants/index.ts";
import { readMemberPolicies } from "../policies/index.ts";

export const THREAD_CONTENT_PATH = /^\/api\/v1\/grants\/([^/]+)\/thread\/([^/]+)\/parts\/([^/]+)\/content$/;

/**
 * Until when this device may read what the grant opens.
 * @throws PliError `not_found`, `revoked`, `expired`, `opening_required`
 */
export async function requireOpening(
  services: Services,
  grantId: string,
  deviceSha256: string | null,
): Promise<{ readonly envelopeId: string; readonly untilMs: number; readonly memberId: string }> {
  const nowMs = services.clock.now();
  const grant = requireUnended(await findGrant(services.db.read, grantId), nowMs);
  const untilMs = await openUntil(services.db.read, grantId, deviceSha256, nowMs);
  if (untilMs === null || grant.wrapped_key === null) throw new PliError("opening_required");
  const { envelope_id: envelopeId, member_id: memberId } = grant;
  return { envelopeId, memberId, untilMs: Math.min(untilMs, grant.expires_at_ms) };
}

/** @throws PliError as `requireOpening` */
export async function readThread(
  services: Services,
  grantId: string,
  deviceSha256: string | null,
  cursor: string | null,
): Promise<GrantThread> {
  const { memberId } = await requireOpening(services, grantId, deviceSha256);
  const live = (await readMemberPolicies(services.db.read, memberId)).policies.chat.value;
  const on = services.db.read;
  const rows = await threadOfGrant(on, grantId, { cursor, limit: THREAD_PAGE + 1, nowMs: services.clock.now() });
  const shown = rows.slice(0, THREAD_PAGE);
  const parts = await partsOfAll(
    on,
    shown.map((row) => row.envelope_id),
  );
  const items = shown.map(
    (row): GrantThreadItem => ({
      envelopeId: row.envelope_id,
      mine: row.kind === "reply",
      sentAt: iso(row.sent_at_ms ?? 0),
      wrappedKey: row.wrapped_key,
      parts: (parts.get(row.envelope_id) ?? []).map(describePart),
    }),
  );
  const last = shown.at(-1);
  if (rows.length <= THREAD_PAGE || last === undefined) return { items, live };
  return { items, live, next: `${last.sent_at_ms ?? 0}-${last.envelope_id}` };
}

/** Ciphertext of one entry. @throws PliError `bad_input`, `opening_required`, `rate_limited` */
export async function readThreadPart(services: Services, request: RawRequest): Promise<void> {
  const [grantId = "", envelopeId = "", partText = ""] = request.parameters;
  const part = wholeNumber(partText, LIMITS.partsPerEnvelope, "part");
  const row = await openPart(services, request.incoming, { grantId, envelopeId, part });
  await streamPart(services, request, { ...row, part }, row);
}

/** Where one chunk of it is read past the node. @throws PliError `not_found`, `opening_required` */
export async function addressInThread(
  services: Services,
  incoming: IncomingMessage,
  place: PartPlace & { readonly chunk: number },
): Promise<ChunkAddress> {
  if (services.direct === null) throw new PliError("not_found");
  return addressToRead(services, await openPart(services, incoming, place), place);
}

interface PartPlace {
  readonly grantId: string;
  readonly envelopeId: string;
  readonly part: number;
}

/** And who reads it. */
type ReadPart = ThreadPart & { readonly deviceSha256: string };

/** Whether there is such an entry is told only to who reads it. @throws PliError `opening_required` */
async function openPart(services: Services, incoming: IncomingMessage, place: PartPlace): Promise<ReadPart> {
  const deviceSha256 = deviceOf(incoming.headers);
  if (deviceSha256 === null) throw new PliError("opening_required");
  const [row] = await threadPart(services.db.read, { ...place, deviceSha256 });
  const nowMs = services.clock.now();
  const reads =
    row !== undefined && row.open_until_ms > nowMs && row.grant_expires_at_ms > nowMs && row.grant_key !== null;
  if (!reads || row.state !== "sent" || row.expires_at_ms <= nowMs) throw new PliError("opening_required");
  return { ...row, deviceSha256 };
}
