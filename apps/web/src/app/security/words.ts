/** The words of passkeys and second factors: a chunk of their own, loaded by whoever shows one of them. */
import { loadSecurity, type SecurityTexts } from "@pli/texts/app/security";
import type { Language } from "@pli/texts/languages";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { language } from "../language.ts";

const loaded = signal<SecurityTexts | null>(null);
let of: Language | undefined;

/** Null until they are there; those of the language before until a new one's are. */
export function useSecurityWords(): SecurityTexts | null {
  const wanted = language.value;
  useEffect(() => {
    if (of === wanted) return;
    of = wanted;
    loadSecurity[wanted]().then(
      (texts) => {
        if (of === wanted) loaded.value = texts;
      },
      () => {
        of = undefined;
      },
    );
  }, [wanted]);
  return loaded.value;
}
