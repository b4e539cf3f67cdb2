/** What `send` and `reply` read from the command line: text, recipients, times. */
import { parseMobile } from "@pli/client/numbers";
import { isMobileForm } from "@pli/core/wire";
import { type Context, UsageError, type Values } from "./command.ts";
import { askTwice, readSecret, readText } from "./terminal.ts";

const HOUR_MS = 3_600_000;

/** The text from --text, --text-file or standard input. @throws UsageError unless exactly one is given */
export async function readMessageText(context: Context, values: Values): Promise<string> {
  const { text } = values;
  const file = values["text-file"];
  if ((text === undefined) === (file === undefined)) {
    throw new UsageError(context.texts.oneOf({ options: "--text, --text-file" }));
  }
  if (text !== undefined && text !== "-") return text;
  return readText(context, file ?? "-");
}

/** The message's password, or undefined for none. @throws UsageError when it is empty */
export async function readPassword(context: Context, values: Values): Promise<string | undefined> {
  const file = values["password-file"];
  if (file === undefined && values.password !== true) return undefined;
  const password =
    file === undefined ? await askTwice(context, context.texts.askNewPassword) : await readSecret(context, file);
  if (password === "") throw new UsageError(context.texts.emptyPassword);
  return password;
}

/** Addresses as people write them: `a@b.org`, `Ada <a@b.org>`, several with commas; or a number, `+33612345678`. @throws UsageError */
export function parseAddresses(
  context: Context,
  option: string,
  given: readonly string[],
): readonly { readonly address: string; readonly name?: string }[] {
  return given.flatMap((text) => {
    const single = (text.match(/(?:"[^"]*"|<[^>]*>|[^,;"<])+/g) ?? []).map((piece) => piece.trim()).filter(Boolean);
    if (single.length === 0) throw new UsageError(context.texts.wrongValue({ option, value: text }));
    return single.map((piece) => {
      const named = /^(.*?)\s*<([^<>]*)>$/s.exec(piece);
      const address = (named?.[2] ?? piece).trim();
      const name = (named?.[1] ?? "").replace(/^"|"$/g, "").trim();
      if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(address) && !isMobileForm(address)) {
        throw new UsageError(context.texts.wrongValue({ option, value: piece }));
      }
      return name === "" ? { address } : { address, name };
    });
  });
}

/** `jeanne@courriel.example=+33 6 12 34 56 78`. @param country of numbers without a prefix. @throws UsageError */
export function parseNumbers(
  context: Context,
  option: string,
  given: readonly string[],
  country: string | undefined,
): readonly { readonly address: string; readonly mobile: string }[] {
  return given.map((text) => {
    const at = text.lastIndexOf("=");
    const address = text.slice(0, at).trim();
    const mobile = parseMobile(text.slice(at + 1), country);
    if (at < 1 || mobile === null) throw new UsageError(context.texts.wrongValue({ option, value: text }));
    return { address, mobile: mobile.number };
  });
}

/** A whole number within bounds. @throws UsageError */
export function parseCount(context: Context, option: string, text: string, least: number, most: number): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= least && count <= most)) throw new UsageError(context.texts.wrongValue({ option, value: text }));
  return count;
}

/** One of a few words. @throws UsageError */
export function parseChoice<T extends string>(
  context: Context,
  option: string,
  text: string,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(context.texts.wrongValue({ option, value: text }));
  return found;
}

/**
 * `24h`, `7d`, `30m`, or an ISO 8601 date (its end, in this computer's time) or date and time.
 * @returns ISO 8601 in UTC
 * @throws UsageError when it is none, or outside of `leastHours` to `mostHours` from now
 */
export function parseExpiry(
  context: Context,
  text: string,
  bounds: { readonly leastHours: number; readonly mostHours: number; readonly nowMs: number },
): string {
  const { leastHours, mostHours, nowMs } = bounds;
  const span = /^(\d{1,5})(m|h|d)$/i.exec(text);
  const unitMs = { m: HOUR_MS / 60, h: HOUR_MS, d: 24 * HOUR_MS };
  const unit = span?.[2]?.toLowerCase() as keyof typeof unitMs | undefined;
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59` : text;
  const isDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(date);
  const atMs = unit ? nowMs + Number(span?.[1]) * unitMs[unit] : isDate ? Date.parse(date) : Number.NaN;
  if (!(atMs >= nowMs + leastHours * HOUR_MS && atMs <= nowMs + mostHours * HOUR_MS)) {
    throw new UsageError(context.texts.wrongValue({ option: "--expires", value: text }));
  }
  return new Date(atMs).toISOString();
}
