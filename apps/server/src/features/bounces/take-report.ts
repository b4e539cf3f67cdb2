/**
 * One mail that came back: which mail of ours it is about (only an address or envelope id that we made says so), and what it says. Whoever received
 * a mail can read its return path and write a report about that one: a report changes what the sender is told, never who may open what.
 */
import { PliError } from "@pli/core/errors";
import { readReport } from "../../platform/smtp/index.ts";
import type { Services } from "../../services.ts";
import { take } from "../limits/index.ts";
import { noteReport, type ReportOutcome, returnPathsOf } from "../notifications/index.ts";

/** A mail has a few reports in its life, of delays and an end. */
const REPORTS_A_DAY = 20;
const DAY_SECONDS = 86_400;

/**
 * @param recipients whom it was sent to, as far as the envelope says; the mail's own headers are asked, too
 * @returns what was noted; `unknown` when it is about no mail of ours
 * @throws PliError `unavailable` when it should be brought again
 */
export async function takeReport(
  services: Services,
  raw: Uint8Array,
  recipients: readonly string[],
): Promise<ReportOutcome> {
  const outcome = await outcomeOf(services, raw, recipients);
  services.telemetry.meters.count("pli_mail_reports_total", { outcome });
  services.logger.info({ outcome }, "mail report");
  return outcome;
}

async function outcomeOf(services: Services, raw: Uint8Array, recipients: readonly string[]): Promise<ReportOutcome> {
  const paths = returnPathsOf(services);
  if (paths === null) return "unknown";
  const { about, report } = await readReport(raw);
  const mailId = [...recipients, ...about].map((one) => paths.mailOf(one)).find((found) => found !== null);
  if (mailId === undefined || mailId === null) return "unknown";
  if (report === null) return "nothing";
  try {
    await take(services, { door: "bounce", key: mailId, limit: REPORTS_A_DAY, windowSeconds: DAY_SECONDS });
  } catch (error) {
    if (error instanceof PliError && error.code === "rate_limited") return "nothing";
    throw error;
  }
  return await noteReport(services, mailId, report);
}
