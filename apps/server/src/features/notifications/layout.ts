/** What both forms of a mail, HTML and plain text, are laid out from. */
import type { MailWords } from "@pli/texts/mail";

export interface MailLayout {
  readonly language: string;
  readonly organisation: string;
  readonly host: string;
  readonly words: MailWords;
  /** Of the button; null where there is nothing to press. */
  readonly link: string | null;
  /** Of a mail whose point is a code. */
  readonly code: string | null;
  readonly codeLabel: string;
  readonly copyLink: string;
  /** Where a member who does not want this kind of mail says so; null where they cannot do without it. */
  readonly stopLink: string | null;
  readonly stop: string;
}
