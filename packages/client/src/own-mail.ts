/**
 * A mail for the member's own mail program to send (spec: messages.md M8): as `mailto:` (RFC 6068), or as a file of the message format (RFC 5322)
 * that programs open as a draft. The link is in it: made on the device, it goes nowhere by itself.
 */
import { utf8 } from "@pli/core/bytes";

export interface OwnMail {
  readonly from?: { readonly name: string; readonly address: string };
  readonly to: { readonly address: string; readonly name?: string | undefined };
  readonly subject: string;
  /** Plain text, lines by \n. */
  readonly text: string;
  readonly atMs: number;
}

/** RFC 6068: everything percent-encoded, line breaks as CRLF. */
export function mailtoOf({ to, subject, text }: OwnMail): string {
  const body = text.replace(/\r?\n/g, "\r\n");
  // the at sign may stand; whatever else is odd in an address may not
  const address = encodeURIComponent(to.address).replaceAll("%40", "@");
  return `mailto:${address}?subject=${encodeURIComponent(oneLine(subject))}&body=${encodeURIComponent(body)}`;
}

/** A draft as a file, in ASCII. `X-Unsent: 1` has Outlook open it for sending, not for reading. */
export function draftFileOf({ from, to, subject, text, atMs }: OwnMail): string {
  const lines = [
    ...(from === undefined ? [] : [`From: ${mailbox(from)}`]),
    `To: ${mailbox(to)}`,
    `Subject: ${encodedWords(oneLine(subject))}`,
    `Date: ${new Date(atMs).toUTCString().replace("GMT", "+0000")}`,
    "X-Unsent: 1",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    quotedPrintable(text),
  ];
  return `${lines.join("\r\n")}\r\n`;
}

function mailbox({ name, address }: { readonly name?: string | undefined; readonly address: string }): string {
  const plain = oneLine(name ?? "");
  const bare = oneLine(address).replace(/[<>\s]/g, "");
  return plain === "" ? bare : `${encodedWords(plain)} <${bare}>`;
}

/** No header can be forged by a line break in a name. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/** RFC 2047, encoded words of at most 75 characters, never within a character; always, so that no character has a meaning of its own. */
function encodedWords(text: string): string {
  if (text === "") return "";
  const words: string[] = [];
  let piece: number[] = [];
  for (const character of text) {
    const bytes = utf8(character);
    if (piece.length + bytes.length > 42) {
      words.push(encodedWord(piece));
      piece = [];
    }
    piece.push(...bytes);
  }
  words.push(encodedWord(piece));
  return words.join("\r\n ");
}

function encodedWord(bytes: readonly number[]): string {
  return `=?utf-8?B?${btoa(String.fromCharCode(...bytes))}?=`;
}

/** RFC 2045, 6.7: lines of at most 76 characters, CRLF, nothing but ASCII. */
function quotedPrintable(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => softBreaks(encodeLine(line)))
    .join("\r\n");
}

/** What each byte is written as; a space or tab at the end of a line would be lost on the way. */
function encodeLine(line: string): readonly string[] {
  const written = [...utf8(line)].map((byte) => {
    const isPlain = (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32 || byte === 9;
    return isPlain ? String.fromCharCode(byte) : escaped(byte);
  });
  const last = written.at(-1);
  if (last === " " || last === "\t") written[written.length - 1] = escaped(last.charCodeAt(0));
  return written;
}

const escaped = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;

function softBreaks(written: readonly string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const piece of written) {
    if (line.length + piece.length > 75) {
      lines.push(`${line}=`);
      line = "";
    }
    line += piece;
  }
  lines.push(line);
  return lines.join("\r\n");
}
