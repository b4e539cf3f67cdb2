/** The member's own mail with the link, in German. */
import { formatDateTime } from "../format.ts";
import type { OwnMailFacts, OwnMailWords } from "./mail-en.ts";

export function ownMail({ senderName, link, expiresAtMs, timeZone, password }: OwnMailFacts): OwnMailWords {
  return {
    subject: "Eine vertrauliche Nachricht für Sie",
    text: [
      "Guten Tag,",
      "",
      "ich habe Ihnen eine vertrauliche Nachricht gesendet. Nur Sie und ich können sie lesen. Hier ist ihr Link:",
      "",
      link,
      "",
      `Bitte öffnen Sie sie vor ${formatDateTime("de", expiresAtMs, timeZone, true)}; danach wird sie vernichtet.`,
      ...(password ? ["Sie hat ein Passwort, das ich Ihnen auf anderem Weg gebe."] : []),
      "Bitte leiten Sie diese E-Mail nicht weiter: Wer den Link hat, könnte die Nachricht öffnen.",
      "",
      senderName,
    ].join("\n"),
  };
}
