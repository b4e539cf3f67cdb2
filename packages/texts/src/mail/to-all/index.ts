/** What the mails about a reply to all say otherwise than those about a message (M16). Its writer is no member, and is named by address. */
import type { MailFacts, MailWords } from "../index.ts";

type Conversation = NonNullable<MailFacts["message"]["conversation"]>;

export interface ToAllTexts {
  /** To a reader. */
  readonly message: (
    facts: MailFacts["message"],
    of: Conversation,
  ) => Pick<MailWords, "subject" | "heading" | "lead"> & { readonly row: MailWords["rows"][number] };
  /** To the member whose message was answered: it did not reach one of the readers. */
  readonly bounced: (a: {
    readonly writer: string;
    readonly recipient: string;
  }) => Pick<MailWords, "subject" | "heading"> & { readonly lead: string };
}

/** The words of `message`, as a reply to all says them where it is one. */
export function asReplyToAll(texts: ToAllTexts, facts: MailFacts["message"], words: MailWords): MailWords {
  if (facts.conversation === undefined) return words;
  const { row, ...said } = texts.message(facts, facts.conversation);
  const [from, ...rows] = words.rows;
  return { ...words, ...said, rows: [...(from === undefined ? [] : [from]), row, ...rows] };
}

/** The words of `bounced`, likewise. */
export function ofReplyToAll(texts: ToAllTexts, facts: MailFacts["bounced"], words: MailWords): MailWords {
  const { writer, recipient } = facts;
  if (writer === undefined) return words;
  const { lead, ...said } = texts.bounced({ writer, recipient });
  const [reason = ""] = words.lead;
  return { ...words, ...said, lead: [reason, lead] };
}
