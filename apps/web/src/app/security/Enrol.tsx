/**
 * The first second step of who must have one (P19, A2), at the sign-in: a passkey, a code app or a mobile number, whatever this server and the
 * organisation take. What is added makes the step at once.
 */
import { addStepNumber, addStepPasskey, offerStepNumber, offerStepPasskey, offerStepTotp } from "@pli/client";
import { PliError } from "@pli/core/errors";
import type { Account, NewFactor } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { anonymous } from "../api.ts";
import { Form } from "../form/Form.tsx";
import { deviceName } from "../keys/keys.ts";
import { TotpSetup } from "./TotpSetup.tsx";
import { useNumber } from "./use-number.tsx";
import { hasPasskeys, makePasskey } from "./webauthn.ts";
import "../shell/choice.css";

interface WayProps {
  texts: SecurityTexts;
  /** It is added, and one is in. */
  onAdded: (account: Account) => Promise<void>;
}
export interface EnrolProps extends WayProps {
  /** The strongest first. */
  ways: readonly NewFactor[];
  /** The first code of the app. @throws PliError `wrong_code` */
  byCode: (code: string) => Promise<Account>;
}

export function Enrol({ texts, ways, byCode, onAdded }: EnrolProps) {
  const usable = ways.filter((way) => way !== "passkey" || hasPasskeys());
  const [way, setWay] = useState<NewFactor>(usable[0] ?? "totp");
  return (
    <div class="stack">
      <p class="muted">{texts.enrolLead}</p>
      {usable.length > 1 && (
        <fieldset>
          <legend class="small">{texts.enrolWith}</legend>
          <div class="choice">
            {usable.map((one) => (
              <label key={one}>
                <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />
                {texts.choices[one]}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {way === "passkey" && <ByPasskey texts={texts} onAdded={onAdded} />}
      {way === "totp" && <ByApp texts={texts} byCode={byCode} onAdded={onAdded} />}
      {way === "sms" && <ByNumber texts={texts} onAdded={onAdded} />}
    </div>
  );
}

function ByPasskey({ texts, onAdded }: WayProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const add = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { passkey } = await makePasskey(await offerStepPasskey(anonymous), deviceName());
      await onAdded(await addStepPasskey(anonymous, passkey));
    } catch (failure) {
      if (!(failure instanceof PliError) || failure.code !== "cancelled") setError(failure);
      setBusy(false);
    }
  };
  return (
    <Form error={error} onSubmit={add}>
      <p>{texts.passkeysNone}</p>
      <p class="meta">{texts.passkeyAddLead}</p>
      <Button kind="primary" type="submit" wide size="big" busy={busy}>
        {busy ? texts.passkeyWaiting : texts.passkeyAdd}
      </Button>
    </Form>
  );
}

function ByApp({ texts, byCode, onAdded }: WayProps & Pick<EnrolProps, "byCode">) {
  const [busy, setBusy] = useState(false);
  return (
    <TotpSetup
      texts={texts}
      offer={() => offerStepTotp(anonymous)}
      confirm={async (typed) => onAdded(await byCode(typed))}
      onBusy={setBusy}
    >
      <Button kind="primary" type="submit" wide size="big" busy={busy}>
        {texts.appAction}
      </Button>
    </TotpSetup>
  );
}

function ByNumber({ texts, onAdded }: WayProps) {
  const { fields, action, busy, disabled, error, act } = useNumber(texts, {
    offer: (number) => offerStepNumber(anonymous, number),
    prove: async (proof) => onAdded(await addStepNumber(anonymous, proof)),
  });
  return (
    <Form error={error} onSubmit={act}>
      <p class="meta">{texts.mobileNone}</p>
      {fields}
      <Button kind="primary" type="submit" wide size="big" busy={busy} disabled={disabled}>
        {action}
      </Button>
    </Form>
  );
}
