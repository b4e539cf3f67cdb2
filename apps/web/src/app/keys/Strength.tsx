/** How strong a password is, in a bar and a word: judged in the worker, shortly after the last key. */
import { useEffect, useState } from "preact/hooks";
import "../../kit/meter.css";
import type { Score } from "../../worker/app-passwords.ts";
import { words } from "../language.ts";
import { callWorker } from "./worker.ts";

const PAUSE_MS = 150;

/** @returns undefined while there is nothing to judge, or the judge has not come yet */
export function useStrength(password: string, known: readonly string[]): Score | undefined {
  const [score, set] = useState<Score>();
  const hints = known.join("\n");
  useEffect(() => {
    if (password === "") return set(undefined);
    let stale = false;
    const timer = setTimeout(() => {
      callWorker("strength", { password, known: hints.split("\n").filter(Boolean) }).then(
        (found) => {
          if (!stale) set(found);
        },
        () => undefined, // the meter is a help: without it one can still go on
      );
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [password, hints]);
  return password === "" ? undefined : score;
}

export function StrengthMeter({ score }: { score: Score | undefined }) {
  const { compose } = words();
  if (score === undefined) return null;
  const step = Math.max(1, score);
  const word = compose.strengths[score] ?? "";
  // drawn as four steps with a word beside, which the native element cannot be
  const meter = {
    role: "meter",
    "aria-label": compose.strength,
    "aria-valuemin": 0,
    "aria-valuemax": 4,
    "aria-valuenow": step,
    "aria-valuetext": compose.strengthOf({ word, step }),
  } as const;
  return (
    <div class="meter">
      <div class={score < 3 ? "steps steps--weak" : "steps"} {...meter}>
        {[1, 2, 3, 4].map((one) => (
          <i key={one} class={one <= step ? "on" : ""} />
        ))}
      </div>
      <span>{word}</span>
    </div>
  );
}
