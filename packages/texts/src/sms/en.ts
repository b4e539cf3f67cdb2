/** The SMS in English. */
import { formatShortDateTime } from "../format.ts";
import type { SmsTexts } from "./index.ts";

export const smsTexts: SmsTexts = {
  message: ({ senderName, expiresAtMs, timeZone, link }) =>
    `${senderName} sent you a confidential message. Read it before ${formatShortDateTime("en", expiresAtMs, timeZone)}: ${link}`,
  code: ({ code, reference, senderName, host }) =>
    senderName === undefined
      ? `${code} is your code (ref. ${reference}). Type it on ${host} only. Never tell it to anybody.`
      : `${code} is your code to read the message from ${senderName} (ref. ${reference}). Never tell it to anybody.`,
  secret: ({ senderName, link }) => `${senderName} sends you a password. The link shows it once: ${link}`,
};
