/** The member's own mail with the link, in Dutch. */
import { formatDateTime } from "../format.ts";
import type { OwnMailFacts, OwnMailWords } from "./mail-en.ts";

export function ownMail({ senderName, link, expiresAtMs, timeZone, password }: OwnMailFacts): OwnMailWords {
  return {
    subject: "Een vertrouwelijk bericht voor u",
    text: [
      "Goedendag,",
      "",
      "Ik heb u een vertrouwelijk bericht gestuurd. Alleen u en ik kunnen het lezen. Dit is de link:",
      "",
      link,
      "",
      `Open het vóór ${formatDateTime("nl", expiresAtMs, timeZone, true)}; daarna wordt het vernietigd.`,
      ...(password ? ["Er zit een wachtwoord op, dat ik u langs een andere weg geef."] : []),
      "Stuur deze e-mail niet door: wie de link heeft, zou het bericht kunnen openen.",
      "",
      senderName,
    ].join("\n"),
  };
}
