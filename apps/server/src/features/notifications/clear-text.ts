/**
 * Messages whose attachments alone are sealed (M2): their text waits in the outbox beside the link secret, as one sealed value, and becomes the
 * mail with its slip. What people typed is laid out as plain text, line by line: no markup of theirs reaches a mail program, and no
 * direction tricks.
 */
import type { ClearText, Language } from "@pli/core/wire";
import type { MailFacts, MailWords } from "@pli/texts/mail";
import { slipWords } from "@pli/texts/slip";
import { oneLine } from "../../platform/smtp/index.ts";

/** The secret of a row: the link secret alone, or with the text that goes with it. */
export function writeSecret(linkSecret: string, clear: ClearText | undefined): string {
  return clear === undefined ? linkSecret : JSON.stringify({ linkSecret, clear });
}

/** What `writeSecret` wrote. A link secret is base64url: it never begins with a brace. */
export function readSecret(secret: string | null): {
  readonly linkSecret: string | null;
  readonly clear: ClearText | null;
} {
  if (secret === null || !secret.startsWith("{")) return { linkSecret: secret, clear: null };
  return JSON.parse(secret) as { linkSecret: string; clear: ClearText };
}

const LINE_CHARACTERS = 5000;

/** The notification's words with the text in them, and the slip: each file with its size and its SHA-256 in hexadecimal digits. */
export function wordsInClear(
  language: Language,
  words: MailWords,
  clear: ClearText,
  facts: MailFacts["message"],
): MailWords {
  const slip = slipWords(language, { senderName: facts.senderName, count: clear.files.length });
  const text = clear.text.split(/\r\n?|\n/).map((line) => oneLine(line, LINE_CHARACTERS));
  return {
    ...words,
    subject: oneLine(clear.subject, 500),
    heading: oneLine(clear.subject, 500),
    lead: [...text, "", slip.sealed],
    action: slip.action,
    rows: [
      ...words.rows,
      ...clear.files.map(({ name, sizeBytes, sha256 }) => ({
        label: slip.file,
        value: oneLine(name, 255),
        detail: slip.detail({ sizeBytes, sha256: Buffer.from(sha256, "base64url").toString("hex") }),
      })),
    ],
  };
}
