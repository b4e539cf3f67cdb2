/**
 * Reads a delivery status notification (RFC 3464, in a multipart/report of RFC 6522). It comes from anywhere: bounded in size, depth and number,
 * and nothing of it is kept but an action, a status code and one short line.
 */
import PostalMime, { type Email } from "postal-mime";
import { type Explained, explainReply } from "./explain-reply.ts";
import { oneLine } from "./mail-transport.ts";

/** Mails that are taken at all: a report, and behind it the mail that came back. */
export const REPORT_BYTES_MAX = 2 * 1024 * 1024;
/** The report stands in front; what comes behind is not read. */
const READ_BYTES_MAX = 128 * 1024;
/** A report has three parts. More lines that begin like a boundary cost the parser more than they are worth. */
const DASHED_LINES_MAX = 200;
const STATUS_BYTES_MAX = 64 * 1024;
const GROUPS_MAX = 50;

export interface DeliveryReport {
  readonly action: "failed" | "delayed" | "delivered";
  readonly explained: Explained;
  /** The server's words; null when it said nothing. */
  readonly reason: string | null;
}
export interface ReportMail {
  /** What may say which mail of ours it is about: addresses it was sent to, envelope ids. To be authenticated. */
  readonly about: readonly string[];
  /** Null: it is no report, or one that changes nothing. */
  readonly report: DeliveryReport | null;
}

/** @throws nothing: what cannot be read is no report */
export async function readReport(raw: Uint8Array): Promise<ReportMail> {
  const start = raw.subarray(0, READ_BYTES_MAX);
  if (countDashedLines(start) > DASHED_LINES_MAX) return { about: [], report: null };
  let mail: Email;
  try {
    mail = await PostalMime.parse(start, {
      forceRfc822Attachments: true,
      maxNestingDepth: 10,
      maxHeadersSize: 128 * 1024,
      maxRfc822NestingDepth: 0,
    });
  } catch {
    return { about: [], report: null };
  }
  const status = mail.attachments.find(({ mimeType }) => /^message\/(global-)?delivery-status$/.test(mimeType));
  const groups = status === undefined ? [] : groupsOf(textOf(status.content));
  const envelopeIds = groups.flatMap((group) => group.get("original-envelope-id") ?? []);
  return { about: [...envelopeIds, ...addressesOf(mail)].slice(0, GROUPS_MAX), report: worstOf(groups) };
}

function countDashedLines(raw: Uint8Array): number {
  let count = 0;
  for (let at = raw.indexOf(0x2d); at >= 0; at = raw.indexOf(0x2d, at + 2)) {
    if (raw[at + 1] === 0x2d && (at === 0 || raw[at - 1] === 0x0a || raw[at - 1] === 0x0d)) count++;
  }
  return count;
}

/** Headers in which mail systems say whom a mail was for, when they hand it on by a pipe. */
const RECIPIENT_HEADERS_MAX = 20;
const RECIPIENT_HEADERS = ["delivered-to", "x-original-to", "envelope-to", "to", "x-envelope-to"];

function addressesOf(mail: Email): readonly string[] {
  return mail.headers
    .filter(({ key }) => RECIPIENT_HEADERS.includes(key))
    .slice(0, RECIPIENT_HEADERS_MAX)
    .flatMap(({ value }) => value.slice(0, 1000).split(/[\s<>,;"]+/))
    .filter((word) => word.includes("@"));
}

type Group = ReadonlyMap<string, string>;

function textOf(content: ArrayBuffer | Uint8Array | string): string {
  if (typeof content === "string") return content.slice(0, STATUS_BYTES_MAX);
  return new TextDecoder().decode(new Uint8Array(content).subarray(0, STATUS_BYTES_MAX));
}

/** RFC 3464, 2.1: fields as of a header, in groups between empty lines; the first is about the whole mail. The first of a name counts. */
function groupsOf(text: string): readonly Group[] {
  const unfolded = text
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n")
    .replace(/\n[ \t]+/g, " ");
  return unfolded
    .split(/\n[ \t]*\n/)
    .slice(0, GROUPS_MAX)
    .map((group) => {
      const fields = new Map<string, string>();
      for (const line of group.split("\n")) {
        const [, name, value] = /^([!-9;-~]{1,76})[ \t]*:(.*)$/.exec(line) ?? [];
        if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value?.trim() ?? "");
      }
      return fields;
    });
}

const ACTIONS = ["failed", "delayed", "delivered"] as const;

/** A mail of ours has one recipient; where it was passed on to several, the worst of them counts. `relayed` and `expanded` say nothing new. */
function worstOf(groups: readonly Group[]): DeliveryReport | null {
  for (const action of ACTIONS) {
    const group = groups.find((one) => one.get("action")?.toLowerCase().split(/[\s(]/)[0] === action);
    if (group === undefined) continue;
    const diagnostic = group.get("diagnostic-code") ?? "";
    const words = oneLine(diagnostic.replace(/^[\w-]+\s*;\s*/, ""));
    return {
      action,
      explained: explainReply(words, group.get("status")),
      reason: words === "" ? null : words,
    };
  }
  return null;
}
