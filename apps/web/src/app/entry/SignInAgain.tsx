/** The session ended while somebody works: sign in again in place; everything typed stays where it is. */
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { words } from "../language.ts";
import { account, lost } from "../session.ts";
import { AddressForm, type Asked, LookAtMailbox } from "./AskLink.tsx";

export function SignInAgain() {
  const [asked, setAsked] = useState<Asked>();
  const { shell } = words();
  if (!lost.value) return null;
  const close = () => {
    lost.value = false;
    setAsked(undefined);
  };
  return (
    <Dialog
      title={shell.signedOutTitle}
      lead={<p>{shell.signedOutText}</p>}
      onClose={close}
      actions={
        <Button kind="quiet" onClick={close}>
          {shell.close}
        </Button>
      }
    >
      {asked ? (
        <LookAtMailbox asked={asked} onAsked={setAsked} onSignedIn={() => setAsked(undefined)} />
      ) : (
        <AddressForm address={account.value?.address ?? ""} onAsked={setAsked} />
      )}
    </Dialog>
  );
}
