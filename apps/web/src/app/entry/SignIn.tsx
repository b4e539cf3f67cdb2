/** Sign in by mail: the address, then what to do in the mailbox. */
import { useState } from "preact/hooks";
import { words } from "../language.ts";
import { navigate, path } from "../router.ts";
import { AddressForm, type Asked, LookAtMailbox } from "./AskLink.tsx";
import { Door } from "./Door.tsx";

export function SignIn() {
  const { entry } = words();
  const [asked, setAsked] = useState<Asked>();
  if (asked === undefined)
    return (
      <Door title={entry.signInTitle} step="address">
        <p class="muted">{entry.signInLead}</p>
        <AddressForm onAsked={setAsked} />
      </Door>
    );
  return (
    <Door title={entry.lookTitle} step="mailbox">
      <LookAtMailbox
        asked={asked}
        onAsked={setAsked}
        onOther={() => setAsked(undefined)}
        onSignedIn={() => {
          // who came for a page gets that page
          if (path.peek() === "/app/sign-in") void navigate("/app", { replace: true });
        }}
      />
    </Door>
  );
}
