/** Signing in with a passkey (A1): a button, and in the address field among what the browser fills in. Nothing is typed. */
import { signInDoor } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Problem } from "../problem.tsx";
import { enterByPasskey } from "./enter.ts";
import { hasPasskeys, offersInField } from "./webauthn.ts";
import { useSecurityWords } from "./words.ts";
import "./security.css";

/** A challenge lives five minutes: the offer in the field is made anew before that. */
const OFFER_MS = 4 * 60_000;

export function PasskeyEntry({ onSignedIn }: { onSignedIn: () => void }) {
  const texts = useSecurityWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [round, setRound] = useState(0);
  const offer = useRef<AbortController>(undefined);

  useEffect(() => {
    const controller = new AbortController();
    offer.current = controller;
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const inField = async () => {
      if (!(await offersInField()) || signal.aborted) return;
      timer = setTimeout(() => setRound((before) => before + 1), OFFER_MS);
      await enterByPasskey(signInDoor, { inField: true, signal });
      onSignedIn();
    };
    inField().catch((failure: unknown) => {
      // whoever did not ask for a passkey is not told that there is none
      if (failure instanceof PliError && failure.code === "passkey_refused") setError(failure);
    });
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [round]);

  if (!texts || !hasPasskeys()) return null;
  const press = async () => {
    // a browser asks for one at a time
    offer.current?.abort();
    setBusy(true);
    setError(undefined);
    try {
      await enterByPasskey(signInDoor);
      onSignedIn();
    } catch (failure) {
      if (!(failure instanceof PliError) || failure.code !== "cancelled") setError(failure);
      setBusy(false);
      setRound((before) => before + 1);
    }
  };
  return (
    <div class="stack">
      <p class="or">
        <span>{texts.or}</span>
      </p>
      {error !== undefined && <Problem error={error} />}
      <Button wide size="big" busy={busy} onClick={() => void press()}>
        {busy ? texts.passkeyWaiting : texts.passkeySignIn}
      </Button>
    </div>
  );
}
