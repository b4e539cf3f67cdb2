/**
 * What a mail server's refusal means for the person who sent the message: an SMTP reply (RFC 5321, 4.2.1) or the fields of a delivery report
 * (RFC 3464) become one of a few reasons. Servers word and number the same thing differently: the enhanced code (RFC 3463) decides where it
 * says something, then known words, then the plain code. Pure; never throws.
 */
import type { DeliveryReason } from "@pli/core/wire";

export interface Explained {
  /** RFC 3463, "5.1.1"; null when the server gave none. */
  readonly statusCode: string | null;
  readonly reasonCode: DeliveryReason;
}

/** @param text the reply or diagnostic, as the server wrote it @param status the field `Status` of a report */
export function explainReply(text: string, status?: string): Explained {
  const given = enhancedOf(status ?? "");
  // "5.0.0" says nothing: many write it into a report whose diagnostic says more.
  const statusCode = given?.endsWith(".0.0") === true ? (enhancedOf(text) ?? given) : (given ?? enhancedOf(text));
  return { statusCode, reasonCode: byStatus(statusCode) ?? byWords(text) ?? byPlainCode(text) ?? "unknown" };
}

/** RFC 3463: class 2, 4 or 5, subject and detail of up to three digits. Not part of an IP address or a version. */
function enhancedOf(text: string): string | null {
  return /(?<![\w.])([245]\.\d{1,3}\.\d{1,3})(?![\w.]*\.\d|\d)/.exec(text.slice(0, 500))?.[1] ?? null;
}

const BY_STATUS: Readonly<Record<string, DeliveryReason>> = {
  "1.1": "no_mailbox",
  "1.3": "no_mailbox",
  "1.6": "no_mailbox",
  "1.2": "no_domain",
  "2.1": "mailbox_off",
  "2.2": "mailbox_full",
  "2.3": "too_large",
  "3.4": "too_large",
  "4.1": "unreachable",
  "4.2": "unreachable",
  "4.3": "unreachable",
  "4.4": "unreachable",
  "4.7": "gave_up",
};

function byStatus(code: string | null): DeliveryReason | null {
  if (code === null) return null;
  const [kind = "", subject = "", detail = ""] = code.split(".");
  // Microsoft answers these two to addresses that its directory does not know; others mean silent hosts, and domains without mail.
  if (code === "5.4.1" || code === "5.1.10") return null;
  const known = BY_STATUS[`${subject}.${detail}`];
  if (known !== undefined) return known;
  if (subject === "7") return kind === "4" ? "busy" : "refused";
  return kind === "4" && (subject === "3" || subject === "2") ? "busy" : null;
}

const BY_WORDS: readonly (readonly [RegExp, DeliveryReason])[] = [
  [/over ?quota|quota exceeded|mailbox (is )?full|insufficient storage/i, "mailbox_full"],
  [/message (size|too (large|big))|size limit/i, "too_large"],
  [
    /(domain|host)( name)? (not found|does not exist|unknown)|non-?existent (domain|host)|null ?mx|nxdomain/i,
    "no_domain",
  ],
  [
    /(user|mailbox|address|recipient|account)[^.]{0,40}(unknown|not found|does(n't| not) exist|no longer|invalid)|(unknown|no such|invalid) (user|mailbox|recipient|address|local)|unrouteable address|recipient address rejected|5\.4\.1.*access denied/i,
    "no_mailbox",
  ],
  [/disabled|inactive|suspended|deactivated/i, "mailbox_off"],
  [/retry (timeout|time) (exceeded|not reached)|too (old|long) in queue|expired/i, "gave_up"],
  [/spam|policy|blocked|block ?list|blacklist|denied|reputation|dmarc|spf/i, "refused"],
  [/grey-?list|try again|rate|too many|temporar|later|deferred/i, "busy"],
  [/time[d ]? ?out|connection (refused|reset)|unreachable|no route|could not connect/i, "unreachable"],
];

function byWords(text: string): DeliveryReason | null {
  return BY_WORDS.find(([words]) => words.test(text.slice(0, 500)))?.[1] ?? null;
}

function byPlainCode(text: string): DeliveryReason | null {
  const code = /^(?:smtp;\s*)?([245]\d\d)\b/i.exec(text.trim())?.[1];
  if (code === undefined) return null;
  if (code === "552") return "mailbox_full";
  if (code === "550" || code === "551" || code === "553") return "no_mailbox";
  return code.startsWith("4") ? "busy" : "refused";
}
