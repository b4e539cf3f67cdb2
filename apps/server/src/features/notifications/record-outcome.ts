/** Writing down what one try of a mail came to: one write each, which changes nothing when the mail is no longer ours. */
import { type DeliveryError, type Explained, explainReply } from "../../platform/smtp/index.ts";
import type { Services } from "../../services.ts";
import { appendJournal } from "../journal/index.ts";
import { noteDelivery } from "./note-delivery.ts";
import { endMail, postponeMail } from "./outbox.queries.ts";
import type { OutboxTable } from "./outbox.table.ts";

/** The next server has it. */
export async function recordAccepted(services: Services, owner: string, row: OutboxTable): Promise<void> {
  const atMs = services.clock.now();
  await services.db.write(async (tx) => {
    // Known already: by a commit whose answer was lost, or by the node that had it next.
    if (!(await endMail(tx, row.mail_id, { state: "accepted", owner, atMs, reason: null }))) return;
    if (row.kind !== "message" || row.envelope_id === null) return;
    await appendJournal(tx, [
      {
        envelopeId: row.envelope_id,
        organisationId: row.organisation_id,
        atMs,
        event: "notified",
        ...(row.grant_id === null ? {} : { grantId: row.grant_id }),
      },
    ]);
  });
}

/** It is not tried any more. */
export async function recordFailed(
  services: Services,
  owner: string,
  row: OutboxTable,
  { reason, explained }: { readonly reason: string; readonly explained: Explained },
): Promise<void> {
  const atMs = services.clock.now();
  await services.db.write(async (tx) => {
    if (!(await endMail(tx, row.mail_id, { state: "failed", owner, atMs, reason }))) return;
    await noteDelivery(services, tx, row, { source: "relay", state: "failed", explained, reason, atMs, isNew: true });
  });
}

/** It is tried again at `nextMs`. */
export async function recordDelayed(
  services: Services,
  owner: string,
  row: OutboxTable,
  { reason, explained }: DeliveryError,
  nextMs: number,
): Promise<void> {
  const atMs = services.clock.now();
  await services.db.write(async (tx) => {
    if (!(await postponeMail(tx, row.mail_id, owner, { atMs: nextMs, reason, counts: true }))) return;
    const isNew = row.tries === 0;
    await noteDelivery(services, tx, row, { source: "relay", state: "delayed", explained, reason, atMs, isNew });
  });
}

/** Its time is over. */
export function gaveUp(reason: string | null): { readonly reason: string; readonly explained: Explained } {
  if (reason === null) {
    return { reason: "its time is over", explained: { statusCode: null, reasonCode: "relay" } };
  }
  return { reason, explained: { ...explainReply(reason), reasonCode: "gave_up" } };
}
