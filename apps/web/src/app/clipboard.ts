/** Copying, and saying so.. */
import { PliError } from "@pli/core/errors";
import { sayProblem } from "./problem.tsx";
import { say } from "./toasts.tsx";

/** @param said what to say when it is done */
export async function copyText(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(said);
  } catch (cause) {
    sayProblem(new PliError("unavailable", { cause }));
  }
}
