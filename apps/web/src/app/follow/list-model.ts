/**
 * The sent list as pages of rows (M20): filters the server knows go to the server; states grouped as tabs and words of subjects, which
 * only this device can read, are sought here, page after page, up to a bound.
 */
import { listEnvelopes, type Summary } from "@pli/client";
import type { EnvelopeListItem, EnvelopeState } from "@pli/core/wire";
import { server } from "../api.ts";
import { fromLocalInput } from "../format.ts";
import { isUnlocked } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";

export type Tab = "all" | "waiting" | "opened" | "ended";
export type Period = "90" | "year" | "all";

/** What the server knows to seek by; days as `YYYY-MM-DD` in the member's time zone. */
export interface Narrow {
  readonly recipient?: string | undefined;
  readonly reference?: string | undefined;
  readonly state?: EnvelopeState | undefined;
  readonly fromDay?: string | undefined;
  readonly untilDay?: string | undefined;
}

export interface Row {
  readonly item: EnvelopeListItem;
  /** undefined: locked; null: cannot be opened. */
  readonly summary: Summary | null | undefined;
}
export interface RowPage {
  readonly rows: readonly Row[];
  readonly next?: string | undefined;
}

const TABS: Readonly<Record<Tab, readonly EnvelopeState[]>> = {
  all: ["sending", "sent", "partly_opened", "opened", "expired", "destroyed", "revoked"],
  waiting: ["sending", "sent", "partly_opened"],
  opened: ["partly_opened", "opened"],
  ended: ["expired", "destroyed", "revoked"],
};
const PER_PAGE = 20;
/** Pages looked through for one page of rows. */
const MOST_PAGES = 8;

function since(period: Period): string | undefined {
  if (period === "all") return undefined;
  const now = new Date();
  return (
    period === "year" ? new Date(now.getFullYear(), 0, 1) : new Date(now.getTime() - 90 * 86_400_000)
  ).toISOString();
}

const DAY_MS = 86_400_000;

/** When the day begins that comes so many days after `day`, as the calendar counts: 25 hours where clocks are put back. */
function dayBegins(day: string | undefined, later: number): number {
  const atMs = Date.parse(`${day}T00:00Z`) + later * DAY_MS;
  return Number.isNaN(atMs) ? atMs : fromLocalInput(new Date(atMs).toISOString().slice(0, 16));
}

function asked({ recipient, reference, state, fromDay, untilDay }: Narrow) {
  // the last day counts whole
  const [fromMs, untilMs] = [dayBegins(fromDay, 0), dayBegins(untilDay, 1)];
  return {
    ...(recipient?.trim() && { recipient: recipient.trim() }),
    ...(reference?.trim() && { reference: reference.trim() }),
    ...(state && { state }),
    ...(Number.isFinite(fromMs) && { from: new Date(fromMs).toISOString() }),
    ...(Number.isFinite(untilMs) && { to: new Date(untilMs).toISOString() }),
  };
}

/** How many of them are set. */
export function narrowCount(narrow: Narrow): number {
  return Object.keys(asked(narrow)).length;
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function matches({ item, summary }: Row, sought: string): boolean {
  const texts = [
    summary?.subject ?? "",
    item.reference ?? "",
    ...item.recipients.flatMap(({ address, name }) => [address, name ?? ""]),
  ];
  return texts.some((text) => plain(text).includes(sought));
}

/** Subjects of rows, when the keys are at hand. */
export async function withSummaries(items: readonly EnvelopeListItem[]): Promise<Row[]> {
  if (!isUnlocked()) return items.map((item) => ({ item, summary: undefined }));
  const found = await callWorker("summaries", { items });
  return items.map((item) => ({ item, summary: found[item.envelopeId] ?? null }));
}

export async function loadRows(
  filter: { tab: Tab; period: Period; q: string; narrow: Narrow },
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<RowPage> {
  const sought = plain(filter.q.trim());
  const here = sought !== "" && isUnlocked();
  const narrow = asked(filter.narrow);
  // a date that somebody chose says more than the period
  const from = narrow.from === undefined && narrow.to === undefined ? since(filter.period) : undefined;
  const rows: Row[] = [];
  let next = cursor;
  for (let page = 0; page < MOST_PAGES && rows.length < PER_PAGE; page++) {
    const answer = await listEnvelopes(server, {
      ...narrow,
      limit: here || filter.tab !== "all" ? 100 : PER_PAGE + 5,
      ...(from !== undefined && { from }),
      ...(next !== undefined && { cursor: next }),
      ...(sought !== "" && !here && { q: filter.q.trim() }),
    });
    if (signal.aborted) return { rows: [] };
    const wanted = answer.items.filter(({ state }) => TABS[filter.tab].includes(state));
    for (const row of await withSummaries(wanted)) {
      if (here && !matches(row, sought)) continue;
      if (rows.length === PER_PAGE) return { rows, next: rows.at(-1)?.item.envelopeId };
      rows.push(row);
    }
    next = answer.next;
    if (next === undefined) break;
  }
  return { rows, next };
}
