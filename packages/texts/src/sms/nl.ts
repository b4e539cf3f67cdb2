/** The SMS in Dutch. */
import { formatShortDateTime } from "../format.ts";
import type { SmsTexts } from "./index.ts";

export const smsTexts: SmsTexts = {
  message: ({ senderName, expiresAtMs, timeZone, link }) =>
    `${senderName} stuurde u een vertrouwelijk bericht. Te lezen vóór ${formatShortDateTime("nl", expiresAtMs, timeZone)}: ${link}`,
  code: ({ code, reference, senderName, host }) =>
    senderName === undefined
      ? `${code} is uw code (ref. ${reference}). Typ hem alleen op ${host}. Geef hem aan niemand.`
      : `${code} is uw code om het bericht van ${senderName} te lezen (ref. ${reference}). Geef hem aan niemand.`,
  secret: ({ senderName, link }) => `${senderName} stuurt u een wachtwoord. De link toont het één keer: ${link}`,
};
