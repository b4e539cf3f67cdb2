/** The sheet with its flap down and its seal whole: landing, code, password. */
import type { ComponentChildren } from "preact";
import { SealClosed } from "../kit/seals/SealClosed.tsx";
import "../kit/letter.css";

export function ClosedLetter({ children }: { children: ComponentChildren }) {
  return (
    <div class="sheet letter letter--closed">
      <div class="letter__flap">
        <SealClosed />
      </div>
      <div class="letter__body stack stack--l">{children}</div>
    </div>
  );
}
