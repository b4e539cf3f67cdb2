/** The SMS in German. */
import { formatShortDateTime } from "../format.ts";
import type { SmsTexts } from "./index.ts";

export const smsTexts: SmsTexts = {
  message: ({ senderName, expiresAtMs, timeZone, link }) =>
    `${senderName} hat Ihnen eine vertrauliche Nachricht gesendet. Zu lesen vor dem ${formatShortDateTime("de", expiresAtMs, timeZone)}: ${link}`,
  code: ({ code, reference, senderName, host }) =>
    senderName === undefined
      ? `${code} ist Ihr Code (Ref. ${reference}). Nur auf ${host} eingeben. Geben Sie ihn niemandem.`
      : `${code} ist Ihr Code für die Nachricht von ${senderName} (Ref. ${reference}). Geben Sie ihn niemandem.`,
  secret: ({ senderName, link }) => `${senderName} sendet Ihnen ein Passwort. Der Link zeigt es einmal: ${link}`,
};
