/** The reader's language: chosen on an earlier page, else the one the sender set, else the browser's. Texts come by section. */
import { DEFAULT_LANGUAGE, isLanguage, type Language } from "@pli/texts/languages";
import { useEffect, useState } from "preact/hooks";

const KEY = "pli-language";

export function chosenLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(KEY);
    return isLanguage(stored) ? stored : undefined;
  } catch {
    // storage switched off: every page asks anew, nothing else is lost
    return undefined;
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // as above
  }
}

export function browserLanguage(): Language {
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? DEFAULT_LANGUAGE;
}

/** A section of texts in a language; the one before stays until the next has arrived. */
export function useTexts<T>(load: Readonly<Record<Language, () => Promise<T>>>, language: Language): T | undefined {
  const [texts, setTexts] = useState<T>();
  useEffect(() => {
    let current = true;
    load[language]().then(
      (loaded) => current && setTexts(() => loaded),
      // the connection is gone: the words that are there go on
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [load, language]);
  return texts;
}
