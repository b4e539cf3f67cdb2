/**
 * Where the mail's link leads (A1). Nothing happens before a press: link scanners load pages. Opened in another browser than the one
 * that asked, the four characters shown there are needed too.
 */
import { signIn } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import { setStepDue } from "../account-state.ts";
import { anonymous } from "../api.ts";
import { Form } from "../form/Form.tsx";
import { words } from "../language.ts";
import { problemText } from "../problem.tsx";
import { navigate, rename } from "../router.ts";
import { loadAccount, tellTabs } from "../session.ts";
import { Door } from "./Door.tsx";

export function SignInLink({ token }: { token: string }) {
  const { entry } = words();
  const [confirming, setConfirming] = useState(false);
  const [check, setCheck] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const press = async () => {
    setBusy(true);
    setWrong(undefined);
    setError(undefined);
    try {
      const entered = await signIn(
        anonymous,
        confirming ? { token, check: check.replace(/\s/g, "").toUpperCase() } : { token },
      );
      if ("factors" in entered) {
        rename("/app/sign-in");
        setStepDue(true);
        return;
      }
      tellTabs();
      // the used token leaves the address bar before anything else
      rename("/app/sign-in");
      await loadAccount();
      await navigate("/app", { replace: true });
    } catch (failure) {
      const code = failure instanceof PliError ? failure.code : "";
      if (code === "confirmation_required") setConfirming(true);
      else if (code === "confirmation_wrong") setWrong(problemText(failure).text);
      else setError(failure);
      setBusy(false);
    }
  };
  const askNew = () => {
    rename("/app/sign-in");
    location.reload();
  };

  if (error instanceof PliError && ["sign_in_link_invalid", "bad_input"].includes(error.code)) {
    const broken = error.code === "bad_input";
    const { title, text } = problemText(error);
    return (
      <Door title={broken ? entry.linkBroken : title} step="invalid">
        <p>{broken ? entry.linkBrokenText : text}</p>
        <Button kind="primary" wide size="big" onClick={askNew}>
          {entry.askNew}
        </Button>
      </Door>
    );
  }
  return (
    <Door title={confirming ? entry.confirmTitle : entry.linkTitle} step={confirming ? "confirm" : "press"}>
      <Form error={error} onSubmit={press}>
        <p>{confirming ? entry.confirmText : entry.linkText}</p>
        {confirming && (
          <Field
            label={entry.confirmLabel}
            autocapitalize="characters"
            spellcheck={false}
            maxlength={8}
            value={check}
            error={wrong}
            onInput={(event) => setCheck(event.currentTarget.value)}
          />
        )}
        <Button kind="primary" type="submit" wide size="big" busy={busy} disabled={confirming && check.trim() === ""}>
          {confirming ? entry.confirmAction : entry.linkAction}
        </Button>
        {confirming && <p class="meta">{entry.confirmWhy}</p>}
      </Form>
    </Door>
  );
}
