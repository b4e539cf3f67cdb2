/** Around every step: whose page it is, the language, the foot. */
import { LANGUAGE_NAMES, LANGUAGES, type Language } from "@pli/texts/languages";
import type { Landing } from "@pli/texts/open/landing";
import type { ComponentChildren } from "preact";
import { Icon } from "../kit/Icon.tsx";
import { globe } from "../kit/icons.ts";
import { Logo } from "../kit/Logo.tsx";
import { Menu } from "../kit/Menu.tsx";
import "../kit/button.css";
import "../kit/page.css";
import "../kit/print.css";

export interface FrameProps {
  t: { readonly page: Pick<Landing["page"], "language" | "sealedWith"> };
  language: Language;
  organisation: string | undefined;
  onLanguage: (language: Language) => void;
  children: ComponentChildren;
}

export function Frame({ t, language, organisation, onLanguage, children }: FrameProps) {
  return (
    <>
      <header class="bar">
        <span class="org">
          <span class="org__logo">
            <Logo />
          </span>
          <span class="org__name">{organisation ?? "Pli"}</span>
        </span>
        <Menu
          class="bar__end"
          buttonClass="btn--quiet btn--s"
          summary={
            <>
              <Icon of={globe} />
              <span>
                <span class="vh">{t.page.language} </span>
                {language.toUpperCase()}
              </span>
            </>
          }
        >
          {LANGUAGES.map((one) => (
            <button
              key={one}
              type="button"
              class="menu__item"
              lang={one}
              aria-current={one === language ? "true" : undefined}
              onClick={() => onLanguage(one)}
            >
              {LANGUAGE_NAMES[one]}
            </button>
          ))}
        </Menu>
      </header>
      <main class="desk stack">{children}</main>
      <footer class="foot">
        <span class="by">
          <Logo />
          {t.page.sealedWith}
        </span>
      </footer>
    </>
  );
}
