/** The member's own mail with the link, in English. */
import { formatDateTime } from "../format.ts";

export interface OwnMailFacts {
  readonly senderName: string;
  readonly link: string;
  readonly expiresAtMs: number;
  readonly timeZone: string;
  readonly password: boolean;
}
export interface OwnMailWords {
  readonly subject: string;
  /** Lines by \n; the link on a line of its own. */
  readonly text: string;
}

export function ownMail({ senderName, link, expiresAtMs, timeZone, password }: OwnMailFacts): OwnMailWords {
  return {
    subject: "A confidential message for you",
    text: [
      "Hello,",
      "",
      "I sent you a confidential message. Nobody but you and me can read it. Here is its link:",
      "",
      link,
      "",
      `Please open it before ${formatDateTime("en", expiresAtMs, timeZone, true)}; after that it is destroyed.`,
      ...(password ? ["It has a password, which I give you by another way."] : []),
      "Please do not pass this mail on: whoever has the link could open the message.",
      "",
      senderName,
    ].join("\n"),
  };
}
