/** Dates, sizes and times as pages show them: the reader's language, the member's time zone. */
import {
  firstOfMonth,
  formatDateTime,
  formatDuration,
  formatShortDateTime,
  formatSize,
  formatTime,
  LOCALES,
} from "@pli/texts/format";
import { account } from "./account-state.ts";
import { language, words } from "./language.ts";

export const deviceTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function timeZone(): string {
  return account.value?.timeZone ?? deviceTimeZone();
}

export const size = (bytes: number) => formatSize(language.value, bytes);
export const duration = (seconds: number) => formatDuration(language.value, Math.max(1, seconds));
export const time = (at: string | number) => formatTime(language.value, ms(at), timeZone());
export const shortDateTime = (at: string | number) => formatShortDateTime(language.value, ms(at), timeZone());
/** A moment in full. */
export const fullDateTime = (at: string | number) => formatDateTime(language.value, ms(at), timeZone());

function ms(at: string | number): number {
  return typeof at === "number" ? at : Date.parse(at);
}

function day(atMs: number): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: timeZone(), dateStyle: "short" }).format(atMs);
}

/** For lists: "today, 14:05", "yesterday, 09:20", "19 Nov 2026, 16:02". */
export function when(at: string | number): string {
  const atMs = ms(at);
  const now = Date.now();
  const { shell } = words();
  if (day(atMs) === day(now)) return `${shell.today}, ${time(atMs)}`;
  if (day(atMs) === day(now - 86_400_000)) return `${shell.yesterday}, ${time(atMs)}`;
  return shortDateTime(atMs);
}

/** For tables of one message: the time alone when it is today. */
export function brief(at: string | number): string {
  return day(ms(at)) === day(Date.now()) ? time(at) : when(at);
}

/** A day alone, with its year only when that is another one: "23 Dec". */
export function shortDay(at: string | number): string {
  const atMs = ms(at);
  const sameYear = day(atMs).slice(0, 4) === day(Date.now()).slice(0, 4);
  const text = new Intl.DateTimeFormat(LOCALES[language.value], {
    timeZone: timeZone(),
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(atMs);
  return firstOfMonth(language.value, text);
}

/** Time of day to the second, for the register: "14:33:40". */
export function seconds(at: string | number): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: timeZone(), timeStyle: "medium" }).format(ms(at));
}

/** `2026-12-23T18:00` in the member's time zone, as a datetime-local input wants it. */
export function toLocalInput(atMs: number): string {
  return new Date(atMs + offsetMs(atMs)).toISOString().slice(0, 16);
}

/** The moment that a datetime-local input names in the member's time zone; NaN when it is empty. */
export function fromLocalInput(value: string): number {
  const asUtc = Date.parse(`${value}Z`);
  // the offset at the moment itself: guessed once, corrected once (a change of clocks lies at most between the two)
  const guess = asUtc - offsetMs(asUtc);
  return Number.isNaN(asUtc) ? Number.NaN : asUtc - offsetMs(guess);
}

function offsetMs(atMs: number): number {
  if (Number.isNaN(atMs)) return 0;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: timeZone(),
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(atMs);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const asUtc = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return asUtc - Math.floor(atMs / 1000) * 1000;
}
