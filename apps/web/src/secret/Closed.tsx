/** Who shares it, until when, how many views are left, the password where there is one, and the one button that uses a view (S1). */
import { PliError } from "@pli/core/errors";
import { formatDateTime, formatDuration } from "@pli/texts/format";
import type { Language } from "@pli/texts/languages";
import type { Secret } from "@pli/texts/secret";
import type { ComponentType } from "preact";
import { useRef, useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { Icon } from "../kit/Icon.tsx";
import { lock } from "../kit/icons.ts";
import { ClosedLetter } from "../open/ClosedLetter.tsx";
import type { Looked } from "./link.ts";
import type { PasswordProps } from "./Password.tsx";
import "../kit/badge.css";
import "../kit/facts.css";

export interface ClosedProps {
  t: Secret;
  language: Language;
  looked: Looked;
  sender: string;
  /** Only where there is one. */
  Password: ComponentType<PasswordProps> | undefined;
  /** @throws PliError `wrong_password`, `rate_limited` where a password was given */
  onReveal: (password: string | undefined) => Promise<void>;
}

/** Above this, dots say less than the figure. */
const MOST_PIPS = 12;

export function Closed({ t, language, looked, sender, Password, onReveal }: ClosedProps) {
  const { info, secondsLeft } = looked;
  const { expiresAt, viewsLeft = 1, viewsTotal = 1 } = info;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const input = useRef<HTMLInputElement>(null);

  async function submit() {
    if (busy) return;
    const password = Password && (input.current?.value ?? "");
    if (password === "") {
      setError(t.password.empty);
      input.current?.focus();
      return;
    }
    setBusy(true);
    setError("");
    try {
      await onReveal(password);
    } catch (cause) {
      const { code, details } = cause instanceof PliError ? cause : new PliError("internal");
      const { triesLeft, retryAfterSeconds = 60 } = details;
      setError(
        code === "rate_limited"
          ? t.password.tooMany({ wait: formatDuration(language, retryAfterSeconds) })
          : t.password.wrong({ tries: triesLeft }),
      );
      input.current?.select();
    }
    setBusy(false);
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
          <p class="muted small">{t.page.kicker}</p>
          <h1 class="letter__title addr" tabIndex={-1}>
            {t.landing.title({ sender })}
          </h1>
          {sender !== info.sender.address && <p class="muted small addr">{info.sender.address}</p>}
        </div>
        <dl class="facts">
          {expiresAt && (
            <div>
              <dt>{t.landing.before}</dt>
              <dd>
                {formatDateTime(language, Date.parse(expiresAt))}
                <small>{t.landing.thenDestroyed({ wait: formatDuration(language, secondsLeft) })}</small>
              </dd>
            </div>
          )}
          <div>
            <dt>{t.landing.views}</dt>
            <dd>
              <Pips left={viewsLeft} total={viewsTotal} /> {t.landing.left({ left: viewsLeft, total: viewsTotal })}
            </dd>
          </div>
        </dl>
        {Password && (
          <Password words={t.password} error={error} busy={busy} input={input} onInput={() => setError("")} />
        )}
        <div class="stack stack--s">
          <Button kind="primary" size="big" wide type="submit" busy={busy}>
            {busy ? t.password.working : t.landing.reveal}
          </Button>
          <p class="meta">{t.landing.cost({ left: viewsLeft })}</p>
        </div>
        <p class="assure">
          <Icon of={lock} />
          <span>{t.landing.assurance}</span>
        </p>
        <details class="more">
          <summary>{t.landing.genuine}</summary>
          <ul>
            <li>
              {t.landing.genuineHost} <b class="addr">{location.host}</b>.
            </li>
            <li>{t.landing.genuineAsk}</li>
            <li>{t.landing.genuineCall}</li>
          </ul>
        </details>
      </ClosedLetter>
    </form>
  );
}

function Pips({ left, total }: { left: number; total: number }) {
  if (total > MOST_PIPS) return null;
  return (
    <span class="pips" aria-hidden="true">
      {Array.from({ length: total }, (_, index) => (
        <i key={index} class={index < left ? "left" : undefined} />
      ))}
    </span>
  );
}
