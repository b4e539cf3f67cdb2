/** Unlocking the keys on this device: by passkey, passphrase or the words of the recovery kit (Z10, Z11). Once per device when wished. */
import { PliError } from "@pli/core/errors";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Check, FieldFrame } from "../../kit/Field.tsx";
import "../../kit/facts.css";
import "../shell/choice.css";
import { AskDialog } from "../form/AskDialog.tsx";
import { words } from "../language.ts";
import { problemText } from "../problem.tsx";
import { navigate } from "../router.ts";
import { hasPasskeys, localRequest, touchPasskey } from "../security/webauthn.ts";
import { useSecurityWords } from "../security/words.ts";
import { say } from "../toasts.tsx";
import { deviceName, keyState, lookAtKeys, unlockAsked } from "./keys.ts";
import { SecretField } from "./SecretField.tsx";
import { callWorker } from "./worker.ts";

type Kind = "passkey" | "passphrase" | "recovery";

export function UnlockDialog() {
  const answer = unlockAsked.value;
  if (!answer) return null;
  const close = (unlocked: boolean) => {
    unlockAsked.value = null;
    answer(unlocked);
  };
  return keyState.value.state === "none" ? <NoKeys close={close} /> : <Unlock close={close} />;
}

function NoKeys({ close }: { close: (unlocked: boolean) => void }) {
  const { shell } = words();
  return (
    <Dialog
      title={shell.noKeysTitle}
      lead={<p>{shell.noKeysText}</p>}
      onClose={() => close(false)}
      light
      actions={
        <>
          <Button kind="quiet" onClick={() => close(false)}>
            {shell.cancel}
          </Button>
          <Button
            kind="primary"
            onClick={() => {
              close(false);
              void navigate("/app/welcome");
            }}
          >
            {shell.noKeysAction}
          </Button>
        </>
      }
    />
  );
}

function Unlock({ close }: { close: (unlocked: boolean) => void }) {
  const { entry } = words();
  const texts = useSecurityWords();
  const state = keyState.value;
  const passkeys = state.state === "locked" && hasPasskeys() ? state.passkeys : [];
  const kinds: readonly Kind[] = [...(passkeys.length > 0 ? (["passkey"] as const) : []), "passphrase", "recovery"];
  const [kind, setKind] = useState<Kind>(kinds[0] ?? "passphrase");
  const [secret, setSecret] = useState("");
  const [remember, setRemember] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>(".input")?.focus();
  }, [kind]);

  const unlock = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const here = remember ? deviceName() : undefined;
      if (kind === "passkey") {
        const { answer, prf } = await touchPasskey(localRequest(passkeys));
        if (prf === null) throw new PliError("wrong_password");
        await callWorker("unlockByPasskey", { credentialId: answer.credentialId, prf, deviceName: here });
      } else await callWorker("unlock", { kind, secret, deviceName: here });
      await lookAtKeys(true);
      say(entry.unlocked);
      close(true);
    } catch (failure) {
      const wrong = failure instanceof PliError && failure.code === "wrong_password";
      if (failure instanceof PliError && failure.code === "integrity") await lookAtKeys(true).catch(() => undefined);
      if (failure instanceof PliError && failure.code === "cancelled") {
        setBusy(false);
        return;
      }
      const { title, text } = problemText(failure);
      if (wrong && kind === "passkey") setError(texts?.unlockPasskeyFailed);
      else setError(wrong ? (kind === "recovery" ? entry.unlockWordsWrong : entry.unlockWrong) : `${title}. ${text}`);
      setBusy(false);
    }
  };

  return (
    <AskDialog
      title={entry.unlockTitle}
      lead={entry.unlockLead}
      action={busy ? entry.unlocking : entry.unlockAction}
      busy={busy}
      disabled={kind !== "passkey" && secret === ""}
      formRef={form}
      onAct={unlock}
      onClose={() => close(false)}
    >
      <fieldset>
        <legend class="vh">{entry.slotChoice}</legend>
        <div class="choice">
          {kinds.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="slot"
                checked={kind === one}
                onChange={() => {
                  setKind(one);
                  setSecret("");
                  setError(undefined);
                }}
              />
              {one === "passkey"
                ? texts?.unlockPasskey
                : one === "passphrase"
                  ? entry.unlockPassphrase
                  : entry.unlockWords}
            </label>
          ))}
        </div>
      </fieldset>
      {kind === "passkey" ? (
        <div role="status">
          <p>{texts?.unlockPasskeyText}</p>
          {error && <p class="field__error">{error}</p>}
        </div>
      ) : kind === "passphrase" ? (
        <SecretField
          label={entry.unlockPassphrase}
          error={error}
          autocomplete="current-password"
          value={secret}
          onValue={setSecret}
        />
      ) : (
        <FieldFrame id="kit-words" label={entry.unlockWords} hint={entry.unlockWordsHint} error={error}>
          <textarea
            class="input words"
            id="kit-words"
            rows={3}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={secret}
            aria-invalid={error ? "true" : undefined}
            aria-describedby="kit-words-hint kit-words-error"
            onInput={(event) => setSecret(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey) return;
              event.preventDefault();
              void unlock();
            }}
          />
        </FieldFrame>
      )}
      <Check
        label={entry.unlockRemember}
        note={entry.thisDeviceNote}
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
      <p class="meta">{entry.unlockForgot}</p>
    </AskDialog>
  );
}
