/** After the 60 minutes: the letter is closed, and for the last opening destroyed (M18). */
import type { Steps } from "@pli/texts/open/steps";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { SealBroken } from "../../kit/seals/SealBroken.tsx";
import { SealClosed } from "../../kit/seals/SealClosed.tsx";
import "../../kit/refused.css";

export interface OverProps {
  words: Steps["letter"]["over"];
  /** It was the last opening. */
  last: boolean;
  onAgain: () => void;
}

export function Over({ words, last, onAgain }: OverProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  return (
    <section class="sheet refused" aria-labelledby="over">
      {last ? <SealBroken /> : <SealClosed />}
      <h1 class="refused__title" id="over" tabIndex={-1} ref={title}>
        {words.title}
      </h1>
      <p>{last ? words.last : words.more}</p>
      {!last && (
        <Button kind="primary" onClick={onAgain}>
          {words.again}
        </Button>
      )}
    </section>
  );
}
