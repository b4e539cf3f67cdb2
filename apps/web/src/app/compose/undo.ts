/**
 * What was just taken off the page to write comes back by one press (M1): for some seconds, and only while the page stands. The last word is
 * `forGood`: after it nothing is left to bring back.
 */
import { words } from "../language.ts";
import { say } from "../toasts.tsx";

const offers = new Set<() => void>();

/** @param forGood is called once, unless it came back */
export function offerUndo(text: string, back: () => void, forGood?: () => void): void {
  const withdraw = say(text, {
    label: words().compose.undo,
    run: () => {
      offers.delete(withdraw);
      back();
    },
    lapse: () => {
      offers.delete(withdraw);
      forGood?.();
    },
  });
  offers.add(withdraw);
}

/** The page is left, or the message leaves: what was taken off stays off. */
export function endUndo(): void {
  for (const withdraw of [...offers]) withdraw();
}
