/** How strong a password is, in a bar of four steps and a word: judged in a worker, shortly after the last key. */
import { useEffect, useState } from "preact/hooks";
import "./meter.css";

const PAUSE_MS = 150;

/**
 * @param judge answers 0 to 4; where it cannot be asked there is no meter, and one goes on without
 * @returns undefined while there is nothing to judge, or the judge has not answered yet
 */
export function useJudged<Score extends number>(
  password: string,
  known: readonly string[],
  judge: (password: string, known: readonly string[]) => Promise<Score>,
): Score | undefined {
  const [score, set] = useState<Score>();
  const hints = known.join("\n");
  useEffect(() => {
    if (password === "") return set(undefined);
    let stale = false;
    const timer = setTimeout(() => {
      judge(password, hints.split("\n").filter(Boolean)).then(
        (found) => {
          if (!stale) set(() => found);
        },
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [password, hints]);
  return password === "" ? undefined : score;
}

export interface MeterProps {
  label: string;
  score: number;
  /** What the score is called. */
  word: string;
  /** What is spoken. */
  spoken: (step: number) => string;
}

export function Meter({ label, score, word, spoken }: MeterProps) {
  const step = Math.max(1, score);
  // drawn as four steps with a word beside, which the native element cannot be
  const meter = {
    role: "meter",
    "aria-label": label,
    "aria-valuemin": 0,
    "aria-valuemax": 4,
    "aria-valuenow": step,
    "aria-valuetext": spoken(step),
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
