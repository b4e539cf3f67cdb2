/** Under a reply to all: it is answered from one's own copy of the message (M16). */
import type { GrantInfo } from "@pli/core/wire";
import type { Language } from "@pli/texts/languages";
import { loadToAll } from "@pli/texts/open/to-all";
import { useTexts } from "../language.ts";

export interface OwnCopyProps {
  language: Language;
  conversation: NonNullable<GrantInfo["conversation"]>;
}

export function OwnCopy({ language, conversation }: OwnCopyProps) {
  const words = useTexts(loadToAll, language);
  return words ? <p class="muted small no-print">{words.own(conversation)}</p> : null;
}
