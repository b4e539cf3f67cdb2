/** The text, as it was typed, for 60 seconds; then hidden, and shown again on this page for the asking: that uses no view (S1). */
import type { RevealedSecret } from "@pli/client/open";
import type { Secret } from "@pli/texts/secret";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { Icon } from "../kit/Icon.tsx";
import { clock, copy, eye, eyeoff } from "../kit/icons.ts";
import { SealBroken } from "../kit/seals/SealBroken.tsx";
import { SealOpen } from "../kit/seals/SealOpen.tsx";
import "../kit/letter.css";
import "./revealed.css";

const SHOWN_SECONDS = 60;

const MOST_ROWS = 14;
/** Characters on a line of a phone, about. */
const LINE_CHARACTERS = 28;

/** As many lines as it needs, up to where it scrolls. */
function rowsOf(text: string): number {
  let rows = 0;
  for (const line of text.split("\n")) rows += 1 + Math.floor(line.length / LINE_CHARACTERS);
  return Math.min(MOST_ROWS, rows);
}

export interface RevealedProps {
  t: Secret;
  sender: string;
  revealed: RevealedSecret;
}

export function Revealed({ t, sender, revealed }: RevealedProps) {
  const { text, viewsLeft } = revealed;
  const [untilMs, setUntilMs] = useState(() => Date.now() + SHOWN_SECONDS * 1000);
  const [seconds, setSeconds] = useState(SHOWN_SECONDS);
  const [said, setSaid] = useState("");
  const title = useRef<HTMLHeadingElement>(null);
  const shown = seconds > 0;

  useLayoutEffect(() => title.current?.focus(), []);
  useEffect(() => {
    const tick = () => {
      const left = Math.max(0, Math.ceil((untilMs - Date.now()) / 1000));
      setSeconds(left);
      if (left > 0) return;
      clearInterval(timer);
      setSaid("");
    };
    const timer = setInterval(tick, 250);
    tick();
    return () => clearInterval(timer);
  }, [untilMs]);

  const copyIt = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid(t.shown.copied),
      () => setSaid(t.shown.notCopied),
    );

  return (
    <article class="sheet letter letter--open" aria-labelledby="shown">
      <div class="letter__flap lining" />
      {viewsLeft === 0 ? <SealBroken /> : <SealOpen justBroken />}
      <div class="letter__body stack stack--l">
        <h1 class="letter__title addr" id="shown" tabIndex={-1} ref={title}>
          {t.shown.title({ sender })}
        </h1>
        {shown ? (
          <textarea
            class="secret-text"
            aria-label={t.shown.text}
            readonly
            spellcheck={false}
            rows={rowsOf(text)}
            value={text}
          />
        ) : (
          <div class="secret-hidden">
            <p>
              <b>{t.shown.hidden}</b>
            </p>
            <p class="muted">{t.shown.hiddenText}</p>
          </div>
        )}
        <div class="row">
          <Button kind="primary" icon={copy} onClick={() => void copyIt()}>
            {t.shown.copy}
          </Button>
          {shown ? (
            <Button kind="quiet" icon={eyeoff} onClick={() => setUntilMs(Date.now())}>
              {t.shown.hide}
            </Button>
          ) : (
            <Button icon={eye} onClick={() => setUntilMs(Date.now() + SHOWN_SECONDS * 1000)}>
              {t.shown.again}
            </Button>
          )}
        </div>
        <div class="stack stack--s">
          {shown && (
            <p class="row row--nowrap meta" aria-hidden="true">
              <Icon of={clock} small />
              <span>{t.shown.hidesIn({ seconds })}</span>
            </p>
          )}
          <p class="meta">{viewsLeft === 0 ? `${t.shown.last} ${t.shown.keep}` : t.shown.left({ left: viewsLeft })}</p>
          <p role="status" class={said ? "meta" : "vh"}>
            {said || (shown ? "" : t.shown.hidden)}
          </p>
        </div>
      </div>
    </article>
  );
}
