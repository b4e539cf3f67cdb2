/**
 * What a server behind our relay writes back about a notification (RFC 3464), once the report is known to be about a mail of ours. The first word
 * of each kind counts: a report that comes twice, or late, changes nothing.
 */
import { createReturnPaths, type DeliveryReport, type ReturnPaths } from "../../platform/smtp/index.ts";
import type { Services } from "../../services.ts";
import { deliveryOf } from "./deliveries.queries.ts";
import { noteDelivery } from "./note-delivery.ts";
import { holdMail } from "./outbox.queries.ts";

/** `nothing`: known already, or no longer of interest. `unknown`: there is no such mail any more. */
export type ReportOutcome = DeliveryReport["action"] | "nothing" | "unknown";

/** Null where the operator gave no PLI_BOUNCE_ADDRESS. */
export function returnPathsOf({ config, keys }: Pick<Services, "config" | "keys">): ReturnPaths | null {
  return config.bounceAddress === null ? null : createReturnPaths(keys, config.bounceAddress);
}

export async function noteReport(services: Services, mailId: string, report: DeliveryReport): Promise<ReportOutcome> {
  const { action, explained, reason } = report;
  const atMs = services.clock.now();
  return await services.db.write(async (tx) => {
    const mail = await holdMail(tx, mailId);
    if (mail === undefined) return "unknown";
    // Of a mail that we are still trying, or gave up, we know more than the report.
    if (mail.kind !== "message" || mail.state !== "accepted") return "nothing";
    const before = await deliveryOf(tx, mailId);
    const known = before?.source === "report" ? before.state : null;
    if (known === action || known === "failed" || (known === "delivered" && action === "delayed")) return "nothing";
    await noteDelivery(services, tx, mail, { source: "report", state: action, explained, reason, atMs, isNew: true });
    return action;
  });
}
