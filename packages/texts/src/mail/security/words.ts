/** What the words of the security mail are, and how a mail is made of them: the same in each language. */
import type { MailFacts, MailHouse, MailWords } from "../index.ts";

/** What happened at a member's ways to sign in. */
export type SecurityEvent = MailFacts["security"]["event"];

export interface SecurityWords {
  readonly events: Readonly<Record<SecurityEvent, { readonly heading: string; readonly text: string }>>;
  readonly action: string;
  readonly name: string;
  readonly left: string;
  readonly leftValue: (left: number) => string;
  readonly at: string;
  readonly when: (atMs: number, timeZone: string) => string;
  readonly question: string;
  readonly answer: (host: string) => string;
}

export function securityMail(
  words: SecurityWords,
  facts: MailFacts["security"],
  house: MailHouse,
  footer: readonly string[],
): MailWords {
  const { heading, text } = words.events[facts.event];
  return {
    subject: heading,
    heading,
    lead: [text],
    action: words.action,
    rows: [
      ...(facts.name === undefined ? [] : [{ label: words.name, value: facts.name }]),
      ...(facts.left === undefined ? [] : [{ label: words.left, value: words.leftValue(facts.left) }]),
      { label: words.at, value: words.when(facts.atMs, facts.timeZone) },
    ],
    genuine: { question: words.question, answer: words.answer(house.host) },
    footer,
  };
}
