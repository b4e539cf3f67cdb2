/** The frame of pages before the sign-in: the mark, the language, one sheet. */

import { LANGUAGE_NAMES, LANGUAGES, type Language } from "@pli/texts/languages";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Logo } from "../../kit/Seal.tsx";
import "../../kit/field.css";
import "../../kit/letter.css";
import { language, useLanguage, words } from "../language.ts";
import { AppToasts } from "../toasts.tsx";

export function LanguageChoice() {
  return (
    <select
      class="select select--auto"
      aria-label={words().shell.language}
      value={language.value}
      onChange={(event) => void useLanguage(event.currentTarget.value as Language)}
    >
      {LANGUAGES.map((one) => (
        <option key={one} value={one} lang={one}>
          {LANGUAGE_NAMES[one]}
        </option>
      ))}
    </select>
  );
}

/** @param step changes when the sheet does: focus then goes to its title */
export function Door({ title, step, children }: { title: string; step: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useLayoutEffect(() => {
    document.title = `${title} · Pli`;
    if (first.current) first.current = false;
    else heading.current?.focus();
  }, [step, title]);
  return (
    <>
      <div class="door">
        <header class="door__bar">
          <span class="rail__brand">
            <Logo />
            Pli
          </span>
          <LanguageChoice />
        </header>
        <main class="sheet door__sheet">
          <h1 class="title" tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {children}
        </main>
      </div>
      <AppToasts />
    </>
  );
}
