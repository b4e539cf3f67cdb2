/** Sign in by mail: the address, then what to do in the mailbox; or with a passkey. */
import { useState } from "preact/hooks";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { navigate, path } from "../router.ts";
import { AddressForm, type Asked, LookAtMailbox } from "./AskLink.tsx";
import { Door } from "./Door.tsx";

const PasskeyEntry = lazy<{ onSignedIn: () => void }>(() =>
  import("../security/PasskeyEntry.tsx").then((chunk) => chunk.PasskeyEntry),
);

/** Who came for a page gets that page. */
function signedIn(): void {
  if (path.peek() === "/app/sign-in") void navigate("/app", { replace: true });
}

export function SignIn() {
  const { entry } = words();
  const [asked, setAsked] = useState<Asked>();
  if (asked === undefined)
    return (
      <Door title={entry.signInTitle} step="address">
        <p class="muted">{entry.signInLead}</p>
        <AddressForm onAsked={setAsked} />
        <PasskeyEntry onSignedIn={signedIn} />
      </Door>
    );
  return (
    <Door title={entry.lookTitle} step="mailbox">
      <LookAtMailbox asked={asked} onAsked={setAsked} onOther={() => setAsked(undefined)} onSignedIn={signedIn} />
    </Door>
  );
}
