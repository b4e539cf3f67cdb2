/** The code of the mailbox (M13), or of the telephone (M4): one field, sent at its last digit; wrong and expired told apart; another code after the pause. */
import { PliError } from "@pli/core/errors";
import type { CodeSent } from "@pli/core/wire";
import { formatDuration, formatTime } from "@pli/texts/format";
import type { Steps } from "@pli/texts/open/steps";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { CodeInput } from "../kit/CodeInput.tsx";
import { Check } from "../kit/Field.tsx";
import { ClosedLetter } from "./ClosedLetter.tsx";
import type { StepProps } from "./step.ts";
import "../kit/facts.css";

/** A code by SMS is asked for each time: nothing to tick. */
export type CodeWords = Omit<Steps["code"], "privateComputer" | "privateComputerNote"> &
  Partial<Pick<Steps["code"], "privateComputer" | "privateComputerNote">>;

export interface CodeStepProps extends StepProps {
  words: CodeWords;
  digits: 6 | 8;
  /** Where it went, masked. */
  to: string | undefined;
  /** What else is asked for after it. */
  next: "password" | "code" | undefined;
  onAsk: () => Promise<CodeSent>;
  sent: CodeSent;
  onSent: (sent: CodeSent) => void;
  /** @throws PliError what the server says of the code */
  onCode: (code: string, privateComputer: boolean) => Promise<void>;
  onRefused: (error: unknown) => void;
}

export function CodeStep(props: CodeStepProps) {
  const { t, words, digits: places, to, next, language, info, sender, sent, onAsk, onSent, onCode, onRefused } = props;
  const [code, setCode] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const [spent, setSpent] = useState(false);
  const privateComputer = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  const time = (iso: string) => formatTime(language, Date.parse(iso));
  const hint = next === "password" ? words.hintThenPassword : words.hint;

  function explain(cause: unknown): string | undefined {
    if (!(cause instanceof PliError)) return undefined;
    const { triesLeft, retryAfterSeconds = 30 } = cause.details;
    switch (cause.code) {
      case "wrong_code":
        return triesLeft === 0
          ? words.wrongOut
          : words.wrong({ tries: triesLeft, reference: unbroken(sent.reference) });
      case "code_expired":
        return words.expired;
      case "rate_limited":
        return words.tooMany({ wait: formatDuration(language, retryAfterSeconds) });
      case "network":
      case "unavailable":
        return t.page.failed;
      default:
        return undefined;
    }
  }

  async function submit(digits: string) {
    if (busy) return;
    if (digits.length < places) {
      setError(words.short);
      input.current?.focus();
      return;
    }
    setBusy(true);
    setError("");
    try {
      await onCode(digits, privateComputer.current);
    } catch (cause) {
      const said = explain(cause);
      if (said === undefined) return onRefused(cause);
      setBusy(false);
      setError(said);
      // a wrong code is typed anew; one that met a dead connection is kept
      const { code: why, details } = cause as PliError;
      if (why === "wrong_code" || why === "code_expired") setCode("");
      setSpent(why === "code_expired" || (why === "wrong_code" && details.triesLeft === 0));
      input.current?.focus();
    }
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(code);
      }}
    >
      <ClosedLetter>
        <div class="stack stack--s">
          <h1 class="letter__title" tabIndex={-1}>
            {words.title}
          </h1>
          <p>
            {words.sentTo} <b class="addr">{to}</b> {words.sentAt({ time: time(sent.sentAt) })}{" "}
            <span class="ref" translate={false}>
              {sent.reference}
            </span>
          </p>
        </div>
        <CodeInput
          label={words.label}
          digits={places}
          hint={next === "code" ? "" : hint({ time: time(sent.expiresAt) })}
          error={error}
          value={code}
          disabled={busy}
          onValue={(digits) => {
            setCode(digits);
            setError("");
          }}
          onFull={(digits) => void submit(digits)}
          inputRef={input}
        />
        {words.privateComputer && (
          <Check
            label={words.privateComputer}
            note={words.privateComputerNote}
            onChange={(event) => {
              privateComputer.current = event.currentTarget.checked;
            }}
          />
        )}
        <div class="stack stack--s">
          <Button kind="primary" size="big" wide type="submit" busy={busy}>
            {next ? words.confirm : t.landing.read}
          </Button>
          <p class="meta">{next ? words.confirmCost : t.landing.readCost({ left: info.openingsLeft ?? 1 })}</p>
        </div>
        <div>
          <NothingReceived
            words={words}
            failed={t.page.failed}
            sent={sent}
            onAsk={onAsk}
            open={spent}
            onSent={(next) => {
              setError("");
              onSent(next);
            }}
            explain={explain}
          />
          <details class="more">
            <summary>{words.noAccess}</summary>
            <p>{words.noAccessText({ sender })}</p>
          </details>
        </div>
      </ClosedLetter>
    </form>
  );
}

interface NothingReceivedProps {
  words: CodeWords;
  failed: string;
  sent: CodeSent;
  onAsk: () => Promise<CodeSent>;
  /** Only another code helps now. */
  open: boolean;
  onSent: (sent: CodeSent) => void;
  explain: (cause: unknown) => string | undefined;
}

function NothingReceived({ words, failed, sent, onAsk, open, onSent, explain }: NothingReceivedProps) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  // by this device's own clock, from when the answer came: the server's may differ
  const [mayAskAtMs, setMayAskAtMs] = useState(() => Date.now() + sent.retryAfterSeconds * 1000);
  const seconds = useSecondsUntil(mayAskAtMs);

  async function again() {
    setBusy(true);
    try {
      const next = await onAsk();
      setMayAskAtMs(Date.now() + next.retryAfterSeconds * 1000);
      setSaid(words.againSent({ reference: unbroken(next.reference) }));
      onSent(next);
    } catch (cause) {
      const wait = cause instanceof PliError ? cause.details.retryAfterSeconds : undefined;
      if (wait !== undefined) setMayAskAtMs(Date.now() + wait * 1000);
      setSaid(explain(cause) ?? failed);
    } finally {
      setBusy(false);
    }
  }

  return (
    <details class="more" open={open}>
      <summary>{words.nothing}</summary>
      <div class="stack stack--s">
        <ul>
          <li>{words.nothingSpam}</li>
          <li>{words.nothingOld}</li>
        </ul>
        <p>
          <Button size="small" busy={busy} disabled={seconds > 0} onClick={() => void again()}>
            <span class="num">{seconds > 0 ? words.againIn({ seconds }) : words.again}</span>
          </Button>
        </p>
        <p role="status">{said}</p>
      </div>
    </details>
  );
}

function useSecondsUntil(atMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    setNowMs(Date.now());
    const timer = setInterval(() => {
      setNowMs(Date.now());
      if (Date.now() >= atMs) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [atMs]);
  return Math.max(0, Math.ceil((atMs - nowMs) / 1000));
}

/** A reference is read as one. */
function unbroken(reference: string): string {
  return reference.replace(" ", "\u00a0");
}
