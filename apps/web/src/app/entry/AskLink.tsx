/** Asking for a sign-in link (A1): address, unseen proof of work, then what to do in the mailbox. Used by the sign-in page and in place. */
import { requestSignInLink } from "@pli/client";
import { LIMITS, type SignInLinkAnswer } from "@pli/core/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import "../../kit/facts.css";
import { anonymous } from "../api.ts";
import { isAddress } from "../compose/addresses.ts";
import { useAttempt } from "../form/attempt.ts";
import { Form } from "../form/Form.tsx";
import { time } from "../format.ts";
import { callWorker } from "../keys/worker.ts";
import { language, words } from "../language.ts";
import { Problem } from "../problem.tsx";
import { askAgain } from "../session.ts";

const AGAIN_MS = 30_000;
const LOOK_EVERY_MS = 4000;

export interface Asked {
  address: string;
  answer: SignInLinkAnswer;
  atMs: number;
}

function ask(address: string): Promise<Asked> {
  return requestSignInLink(anonymous, {
    address,
    language: language.value,
    solve: (challenge) => callWorker("solve", { challenge }),
  }).then((answer) => ({ address, answer, atMs: Date.now() }));
}

/** @param address given: the person is known and only confirms */
export function AddressForm({ address: known, onAsked }: { address?: string; onAsked: (asked: Asked) => void }) {
  const { entry } = words();
  const [address, setAddress] = useState(known ?? "");
  const [wrong, setWrong] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const input = useRef<HTMLInputElement>(null);
  const submit = async () => {
    const trimmed = address.trim();
    if (!isAddress(trimmed)) {
      setWrong(true);
      input.current?.focus();
      return;
    }
    await attempt(async () => onAsked(await ask(trimmed)));
  };
  return (
    <Form error={error} onSubmit={submit}>
      <Field
        label={entry.address}
        type="email"
        name="email"
        autocomplete="email webauthn"
        maxlength={LIMITS.addressCharacters}
        inputRef={input}
        readonly={known !== undefined}
        value={address}
        error={wrong && entry.addressWrong}
        onInput={(event) => {
          setAddress(event.currentTarget.value);
          setWrong(false);
        }}
      />
      <Button kind="primary" type="submit" wide size="big" busy={busy}>
        {busy ? entry.asking : entry.askLink}
      </Button>
    </Form>
  );
}

/** What to do in the mailbox; goes on by itself when the sign-in happened, in this browser or by its check elsewhere. */
export function LookAtMailbox({
  asked,
  onAsked,
  onOther,
  onSignedIn,
}: {
  asked: Asked;
  onAsked: (asked: Asked) => void;
  onOther?: () => void;
  onSignedIn: () => void;
}) {
  const { entry } = words();
  const [now, setNow] = useState(Date.now());
  const { busy, error, attempt } = useAttempt();
  useEffect(() => {
    const clock = setInterval(() => setNow(Date.now()), 1000);
    const look = async () => {
      if (document.visibilityState === "visible" && (await askAgain())) onSignedIn();
    };
    const looking = setInterval(() => void look(), LOOK_EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(clock);
      clearInterval(looking);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  const waitSeconds = Math.ceil((asked.atMs + AGAIN_MS - now) / 1000);
  const again = () => attempt(async () => onAsked(await ask(asked.address)));
  return (
    <div class="stack">
      {error !== undefined && <Problem error={error} />}
      <p>{entry.lookText({ address: asked.address })}</p>
      <p class="muted">
        {entry.lookValid({ time: time(asked.answer.expiresAt) })} {entry.waiting}
      </p>
      <div class="stack stack--s">
        <p class="small">{entry.checkLabel}</p>
        <p class="check-code" translate={false}>
          {asked.answer.check}
        </p>
      </div>
      <div class="row">
        <Button disabled={waitSeconds > 0} busy={busy} onClick={() => void again()}>
          {waitSeconds > 0 ? entry.resendIn({ seconds: waitSeconds }) : entry.resend}
        </Button>
        {onOther && (
          <Button kind="quiet" onClick={onOther}>
            {entry.otherAddress}
          </Button>
        )}
      </div>
      <details class="more">
        <summary>{entry.nothingTitle}</summary>
        <p>{entry.nothingText}</p>
      </details>
    </div>
  );
}
