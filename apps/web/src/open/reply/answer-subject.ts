/** What an answer is called: as the message, said once that it is one. */
import type { Reply as Words } from "@pli/texts/open/reply";

export function answerSubject(words: Pick<Words, "subject">, subject: string): string {
  return /^re\s*:/i.test(subject) ? subject : words.subject({ subject });
}
