/**
 * One try of a mail: its span, linked to the request that ordered it, its time, its line in the log. Never the mail's address, nor what the
 * relay said, which may quote it.
 */
import { workOn } from "../../platform/telemetry/index.ts";
import type { Services } from "../../services.ts";
import type { OutboxTable } from "./outbox.table.ts";

/** Null: it was not tried (called off, or left to others). */
export type Outcome = "accepted" | "retried" | "failed" | null;

/** @throws what `deliver` throws: then nobody knows what became of the mail, and another try follows */
export async function watchDelivery(
  services: Services,
  row: OutboxTable,
  deliver: () => Promise<Outcome>,
): Promise<void> {
  const { meters, tracing } = services.telemetry;
  const { kind } = row;
  const requestId = row.request_id;
  const span = tracing.begin({
    name: `${row.channel} ${kind}`,
    kind: "consumer",
    link: row.traceparent,
    attributes: { "pli.mail_kind": kind, ...(requestId === null ? {} : { "pli.request_id": requestId }) },
  });
  const startedMs = performance.now();
  let outcome: Outcome;
  try {
    outcome = await workOn({ id: requestId ?? row.mail_id, span }, deliver);
  } catch (error) {
    span?.end({ error: "fault" });
    throw error;
  }
  const ms = performance.now() - startedMs;
  span?.end({ attributes: { "pli.outcome": outcome ?? "left" } });
  if (outcome === null) return;
  const counter = row.channel === "sms" ? "pli_sms_deliveries_total" : "pli_mail_deliveries_total";
  meters.count(counter, { kind, outcome });
  meters.observe("pli_mail_delivery_duration_seconds", { outcome }, ms / 1000);
  const line = { mailId: row.mail_id, requestId, kind, tries: row.tries + 1, ms: Math.round(ms * 10) / 10 };
  services.logger[outcome === "failed" ? "warn" : "info"](line, `${row.channel} ${outcome}`);
}
