/** Holds a server to what it promised of mails (Q11), by what a relay received: each once, and once more only when something broke. */
import type { MailSink } from "./mail-sink.ts";

/** When something was broken, in ms since 1970: from the fault until all was well again. */
export interface FaultSpan {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The relay's acceptance and the record of it are so far apart at most on a busy machine. */
const RECORD_MS = 3_000;

export interface MailRepeats {
  /** Mails that came more than once, each of them around a fault. */
  readonly excused: number;
  readonly findings: readonly string[];
}

/**
 * Counts what came more than once. That may be when the record of the first acceptance was lost: the mail came right before a fault, or during
 * it. Two Message-IDs with one link are two orders, which nobody gave.
 */
export function auditRepeats(mails: Pick<MailSink, "arrivals">, faults: readonly FaultSpan[]): MailRepeats {
  const findings: string[] = [];
  const idOfLink = new Map<string, string>();
  let excused = 0;
  for (const [id, arrivals] of mails.arrivals) {
    const link = arrivals[0]?.link ?? null;
    if (link !== null) {
      if (idOfLink.has(link)) findings.push(`two mails, ${idOfLink.get(link)} and ${id}, bear one link`);
      idOfLink.set(link, id);
    }
    for (const [index, { atMs }] of arrivals.slice(0, -1).entries()) {
      const isExcused = faults.some((fault) => atMs >= fault.fromMs - RECORD_MS && atMs <= fault.untilMs + RECORD_MS);
      if (isExcused) excused += 1;
      else findings.push(`mail ${id} was accepted at ${timeOf(atMs)}, and came again without a fault ${told(index)}`);
    }
    function told(index: number): string {
      const again = arrivals[index + 1]?.atMs ?? 0;
      const spans = faults.map(({ fromMs, untilMs }) => `${timeOf(fromMs)} to ${timeOf(untilMs)}`);
      return `(at ${timeOf(again)}; faults: ${spans.join(", ") || "none"})`;
    }
  }
  return { excused, findings };
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
