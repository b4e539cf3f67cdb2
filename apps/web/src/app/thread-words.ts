/** The words of conversations, which only pages with one load. */
import { loadThread, type Thread } from "@pli/texts/thread";
import { useEffect, useState } from "preact/hooks";
import { language } from "./language.ts";

/** undefined until they are there. */
export function useThreadWords(): Thread | undefined {
  const [words, setWords] = useState<Thread>();
  useEffect(() => {
    void loadThread[language.value]().then((loaded) => setWords(() => loaded));
  }, [language.value]);
  return words;
}
