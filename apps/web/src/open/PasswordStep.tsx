/** The password that the sender gave by another way (M3). It is stretched in the worker; the server learns neither it nor its hash. */
import { PliError } from "@pli/core/errors";
import { formatDuration } from "@pli/texts/format";
import type { Steps } from "@pli/texts/open/steps";
import { useRef, useState } from "preact/hooks";
import { Button, IconButton } from "../kit/Button.tsx";
import { Field } from "../kit/Field.tsx";
import { eye, eyeoff } from "../kit/icons.ts";
import { ClosedLetter } from "./ClosedLetter.tsx";
import type { StepProps } from "./step.ts";
import "../kit/facts.css";

export interface PasswordStepProps extends StepProps {
  words: Steps["password"];
  tooMany: Steps["code"]["tooMany"];
  /** @throws PliError `wrong_password`, `rate_limited` */
  onPassword: (password: string) => Promise<void>;
  onRefused: (error: unknown) => void;
}

export function PasswordStep({ t, words, tooMany, language, info, sender, onPassword, onRefused }: PasswordStepProps) {
  const [error, setError] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  async function submit() {
    const password = input.current?.value ?? "";
    if (busy) return;
    if (password === "") {
      setError(words.empty);
      input.current?.focus();
      return;
    }
    setBusy(true);
    setError("");
    try {
      await onPassword(password);
    } catch (cause) {
      if (!(cause instanceof PliError)) return onRefused(cause);
      const { triesLeft, retryAfterSeconds = 30 } = cause.details;
      setBusy(false);
      setError(
        cause.code === "rate_limited"
          ? tooMany({ wait: formatDuration(language, retryAfterSeconds) })
          : words.wrong({ tries: triesLeft }),
      );
      input.current?.select();
    }
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ClosedLetter>
        <div class="stack stack--s">
          <h1 class="letter__title" tabIndex={-1}>
            {words.title}
          </h1>
          <p>{words.lead({ sender })}</p>
        </div>
        <Field
          label={words.label}
          type={shown ? "text" : "password"}
          error={error}
          inputRef={input}
          data-focus
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          readonly={busy}
          onInput={() => setError("")}
          after={
            <IconButton
              icon={shown ? eyeoff : eye}
              label={shown ? words.hide : words.show}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            />
          }
        />
        <div class="stack stack--s">
          <Button kind="primary" size="big" wide type="submit" busy={busy}>
            {busy ? words.working : t.landing.read}
          </Button>
          <p class="meta">{t.landing.readCost({ left: info.openingsLeft ?? 1 })}</p>
        </div>
        <details class="more">
          <summary>{words.forgotten}</summary>
          <p>{words.forgottenText({ sender })}</p>
        </details>
      </ClosedLetter>
    </form>
  );
}
