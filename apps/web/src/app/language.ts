/**
 * The language of the pages: the account's, else what this browser chose or prefers. Words are one signal, so that a switch redraws
 * everything at once. Remembered in this browser, because the sign-in page comes before the account.
 */

import type { AppTexts } from "@pli/texts/app";
import { loadApp } from "@pli/texts/app";
import { chooseLanguage, isLanguage, type Language } from "@pli/texts/languages";
import { signal } from "@preact/signals";

const STORED = "pli-language";

export const language = signal<Language>("en");
const loaded = signal<AppTexts | null>(null);

/** The words of the pages; only after `startLanguage`. */
export function words(): AppTexts {
  const texts = loaded.value;
  if (texts === null) throw new Error("words are not loaded");
  return texts;
}

function remembered(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // storage is switched off: the browser's wish decides each time
  }
}

export async function startLanguage(): Promise<void> {
  const before = remembered();
  await useLanguage(isLanguage(before) ? before : chooseLanguage(navigator.languages));
}

/** Switches every page to `next`, and remembers it in this browser. */
export async function useLanguage(next: Language): Promise<void> {
  if (loaded.value !== null && next === language.value) return;
  const texts = await loadApp[next]();
  language.value = next;
  loaded.value = texts;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // not remembered: nothing is lost but the choice
  }
}
