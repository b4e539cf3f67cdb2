/** Who else got a reply to all, as the member sees it to whom it was written (M16, M21): with what became of the mails, and who opened. */
import type { GrantStatus } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { notificationStates } from "../notifications/index.ts";
import { describeGrant } from "./describe.ts";
import type { EnvelopesTable } from "./envelopes.table.ts";
import { readersOfReplies } from "./readers.queries.ts";

/** @returns for a reply of this page its readers, or nothing when it went to its receiver alone */
export async function readersShown(
  services: Services,
  page: readonly EnvelopesTable[],
): Promise<(envelopeId: string) => { readonly readers?: readonly GrantStatus[] }> {
  const on = services.db.read;
  const toAll = new Map(page.flatMap((row) => (row.recipients_count > 0 ? [[row.envelope_id, row] as const] : [])));
  const grants = await readersOfReplies(on, [...toAll.keys()]);
  const ids = [...grants.values()].flatMap((rows) => rows.map(({ grant_id }) => grant_id));
  const notifications = await notificationStates(on, ids);
  const nowMs = services.clock.now();
  return (envelopeId) => {
    const row = toAll.get(envelopeId);
    const readers = grants.get(envelopeId);
    if (row === undefined || readers === undefined) return {};
    return { readers: readers.map((one) => describeGrant(one, row, notifications.get(one.grant_id), nowMs)) };
  };
}
