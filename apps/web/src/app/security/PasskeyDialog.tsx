/**
 * Adding a passkey (A1), which also unlocks the messages where the authenticator can (Z10). For who has one already that does not unlock yet, the
 * same dialog lets it.
 */
import { addPasskey, getSecurity, offerPasskey } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useState } from "preact/hooks";
import { Banner } from "../../kit/Banner.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Check, Field } from "../../kit/Field.tsx";
import { server } from "../api.ts";
import { AskDialog } from "../form/AskDialog.tsx";
import { deviceName, keyState, requireKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { say } from "../toasts.tsx";
import { localRequest, makePasskey, touchPasskey } from "./webauthn.ts";

export interface PasskeyDialogProps {
  texts: SecurityTexts;
  /** Credentials that unlock already. */
  unlocking: readonly string[];
  /** It is added to unlock: there is nothing to choose, and one that is there already will do. */
  mustUnlock?: boolean;
  onClose: (added: boolean) => void;
}

export function PasskeyDialog({ texts, unlocking, mustUnlock = false, onClose }: PasskeyDialogProps) {
  const { settings, shell } = words();
  const canUnlock = keyState.value.state !== "none";
  const [name, setName] = useState(deviceName());
  const [unlocks, setUnlocks] = useState(canUnlock);
  const [busy, setBusy] = useState(false);
  const [status, setStatus] = useState("");
  const [error, setError] = useState<unknown>();
  const [without, setWithout] = useState(false);

  const add = async (): Promise<{ credentialId: string; prf: Uint8Array | null; canUnlock: boolean }> => {
    const made = await makePasskey(await offerPasskey(server), name.trim());
    const { credentialId } = await addPasskey(server, made.passkey);
    return { credentialId, prf: made.prf, canUnlock: made.canUnlock };
  };
  /** One that is there, signs in, and does not unlock yet. */
  const present = async () => {
    if (!mustUnlock) return null;
    const { passkeys } = await getSecurity(server);
    const others = passkeys.map(({ credentialId }) => credentialId).filter((one) => !unlocking.includes(one));
    if (others.length === 0) return null;
    try {
      const { answer, prf } = await touchPasskey(localRequest(others));
      return { credentialId: answer.credentialId, prf, canUnlock: prf !== null };
    } catch (failure) {
      // none of them on this device: a new one, then
      if (failure instanceof PliError && failure.code === "cancelled") return null;
      throw failure;
    }
  };

  const act = async () => {
    if (busy || name.trim() === "") return;
    setBusy(true);
    setError(undefined);
    try {
      const wanted = unlocks || mustUnlock;
      if (wanted && !(await requireKeys())) return setBusy(false);
      setStatus(texts.passkeyWaiting);
      const passkey = (await present()) ?? (await add());
      if (wanted && passkey.canUnlock) {
        let { prf } = passkey;
        if (prf === null) {
          setStatus(texts.passkeyTouchAgain);
          prf = (await touchPasskey(localRequest([passkey.credentialId]))).prf;
        }
        if (prf === null) return setWithout(true);
        await callWorker("addPasskeySlot", { credentialId: passkey.credentialId, prf, name: name.trim() });
      } else if (wanted) return setWithout(true);
      say(mustUnlock ? settings.added : texts.passkeyAdded);
      onClose(true);
    } catch (failure) {
      const known = failure instanceof PliError ? failure.code : "";
      if (known !== "cancelled") setError(failure);
      setStatus(known === "already_exists" ? texts.passkeyHere : "");
      setBusy(false);
    }
  };

  if (without)
    return (
      <Dialog
        title={texts.passkeyAdded}
        onClose={() => onClose(true)}
        actions={
          <Button kind="primary" onClick={() => onClose(true)}>
            {shell.close}
          </Button>
        }
      >
        <Banner kind="warn" title={texts.passkeyAdded} live>
          <p>{texts.passkeyNoUnlock}</p>
        </Banner>
      </Dialog>
    );
  return (
    <AskDialog
      title={mustUnlock ? texts.keyAdd : texts.passkeyAddTitle}
      lead={mustUnlock ? texts.keyAddLead : texts.passkeyAddLead}
      action={texts.passkeyAdd}
      busy={busy}
      disabled={name.trim() === ""}
      error={error}
      onAct={act}
      onClose={() => onClose(false)}
    >
      <Field
        label={texts.passkeyName}
        hint={texts.passkeyNameHint}
        maxlength={LIMITS.nameCharacters}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      {canUnlock && !mustUnlock && (
        <Check
          label={texts.passkeyAlsoUnlock}
          note={texts.passkeyAlsoUnlockNote}
          checked={unlocks}
          onChange={(event) => setUnlocks(event.currentTarget.checked)}
        />
      )}
      <p class="meta" role="status">
        {status}
      </p>
    </AskDialog>
  );
}
