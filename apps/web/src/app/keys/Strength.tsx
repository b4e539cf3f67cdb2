/** The kit's meter, in the member's language, judged by the member's worker. */
import { Meter, useJudged } from "../../kit/Meter.tsx";
import type { Score } from "../../worker/app-passwords.ts";
import { words } from "../language.ts";
import { callWorker } from "./worker.ts";

/** @returns undefined while there is nothing to judge, or the judge has not come yet */
export function useStrength(password: string, known: readonly string[]): Score | undefined {
  return useJudged(password, known, (typed, hints) => callWorker("strength", { password: typed, known: hints }));
}

export function StrengthMeter({ score }: { score: Score | undefined }) {
  const { compose } = words();
  if (score === undefined) return null;
  const word = compose.strengths[score] ?? "";
  return (
    <Meter label={compose.strength} score={score} word={word} spoken={(step) => compose.strengthOf({ word, step })} />
  );
}
