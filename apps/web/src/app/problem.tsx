/** Words for what went wrong: the error's own code looked up in the reader's language, never its message. */
import { PliError } from "@pli/core/errors";
import { sayError } from "@pli/texts/errors/say";
import { Banner } from "../kit/Banner.tsx";
import { Button } from "../kit/Button.tsx";
import { language, words } from "./language.ts";
import { say } from "./toasts.tsx";

export function problemText(error: unknown): { title: string; text: string } {
  const known = error instanceof PliError ? error : new PliError("internal");
  return sayError(language.value, words().problems, known.code, known.details);
}

/** A banner for a failed call. `what` says first what did not happen. */
export function Problem({ error, title, retry }: { error: unknown; title?: string; retry?: (() => void) | undefined }) {
  const { title: found, text } = problemText(error);
  return (
    <Banner kind="bad" title={title ?? found} live>
      <p>{title ? `${found}. ${text}` : text}</p>
      {retry && (
        <p>
          <Button size="small" onClick={retry}>
            {words().shell.retry}
          </Button>
        </p>
      )}
    </Banner>
  );
}

/** Says a failure of a small action where it happened to be. Quiet when the person cancelled. */
export function sayProblem(error: unknown): void {
  if (error instanceof PliError && error.code === "cancelled") return;
  const { title, text } = problemText(error);
  say(`${title}. ${text}`);
}
