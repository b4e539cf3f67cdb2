/** Why it is not shown, what is safe, and what to do now. Reveals neither device nor time. */
import { formatDuration } from "@pli/texts/format";
import type { Language } from "@pli/texts/languages";
import type { Secret } from "@pli/texts/secret";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { SealBroken } from "../kit/seals/SealBroken.tsx";
import { SealClosed } from "../kit/seals/SealClosed.tsx";
import { ENDED, FINAL, type RefusalName } from "./refusal.ts";
import "../kit/letter.css";
import "../kit/refused.css";

export interface RefusedProps {
  t: Secret;
  language: Language;
  name: RefusalName;
  waitSeconds?: number | undefined;
  onAgain: () => void;
}

export function Refused({ t, language, name, waitSeconds, onAgain }: RefusedProps) {
  const words = t.refused[name];
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), [name]);
  return (
    <section class="sheet refused" aria-labelledby="refused">
      {ENDED.has(name) ? <SealBroken /> : <SealClosed />}
      <h1 class="refused__title" id="refused" tabIndex={-1} ref={title}>
        {words.title}
      </h1>
      <p>{words.text}</p>
      {waitSeconds !== undefined && <p>{t.refused.wait({ wait: formatDuration(language, waitSeconds) })}</p>}
      {!FINAL.has(name) && (
        <Button kind="primary" onClick={name === "version" ? () => location.reload() : onAgain}>
          {name === "version" ? t.page.reload : t.refused.again}
        </Button>
      )}
    </section>
  );
}
