/**
 * The link that ends mails of one kind (RFC 8058): opaque, for one member and one kind, good as long as the server's key. It stands in a mail and in
 * its headers, so it must do nothing else. Nothing changes by following it: programs follow links.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { STOPPABLE, type StoppableKind } from "@pli/texts/mail";
import { ID_PATTERN, type Reader } from "../../../platform/database/index.ts";
import type { ServerKeys } from "../../../platform/keys.ts";
import { chooserAt } from "../mail-choices.queries.ts";
import type { OutboxTable } from "../outbox.table.ts";

export interface StopOrder {
  readonly memberId: string;
  readonly kind: StoppableKind;
}

export function stopToken(keys: ServerKeys, { memberId, kind }: StopOrder): string {
  return `${memberId}.${kind}.${codeOf(keys, memberId, kind)}`;
}

/** Null for what we did not make. */
export function readStopToken(keys: ServerKeys, token: string): StopOrder | null {
  const [memberId = "", name = "", code = "", ...more] = token.split(".");
  const kind = STOPPABLE.find((one) => one === name);
  if (kind === undefined || more.length > 0 || !ID_PATTERN.test(memberId)) return null;
  const [given, right] = [Buffer.from(code), Buffer.from(codeOf(keys, memberId, kind))];
  return given.length === right.length && timingSafeEqual(given, right) ? { memberId, kind } : null;
}

function codeOf(keys: ServerKeys, memberId: string, kind: string): string {
  return createHmac("sha256", keys.derive("mail-choices"))
    .update(`${memberId} ${kind}`)
    .digest("base64url")
    .slice(0, 22);
}

/** The link for a mail; `unwanted` when it must not go out at all; null when it is of a kind that nobody can do without. */
export async function stopLinkOf(
  on: Reader,
  keys: ServerKeys,
  origin: string,
  row: Pick<OutboxTable, "kind" | "organisation_id" | "address">,
): Promise<string | "unwanted" | null> {
  const kind = STOPPABLE.find((one) => one === row.kind);
  if (kind === undefined) return null;
  const chooser = await chooserAt(on, { organisationId: row.organisation_id, address: row.address }, kind);
  if (chooser === null) return null;
  return chooser.off ? "unwanted" : `${origin}/stop/${stopToken(keys, { memberId: chooser.memberId, kind })}`;
}
