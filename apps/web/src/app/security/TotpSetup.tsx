/** Adding a code app: a QR code, the same as a key to type, and the first code that shows that it works. */
import { PliError } from "@pli/core/errors";
import type { TotpOffer } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Qr } from "../compose/Qr.tsx";
import "../compose/links.css";
import { Form } from "../form/Form.tsx";
import { Skeleton } from "../loading.tsx";
import { CodeField } from "./CodeField.tsx";
import "./security.css";

export interface TotpSetupProps {
  texts: SecurityTexts;
  id?: string;
  offer: () => Promise<TotpOffer>;
  /** @throws PliError `wrong_code` */
  confirm: (code: string) => Promise<void>;
  onBusy: (busy: boolean) => void;
  /** They were to prove who they are first, and turned it down: there will be nothing to scan. */
  onCancelled?: () => void;
  /** The button, where it stands in the form. */
  children?: ComponentChildren;
}

export function TotpSetup({ texts, id, offer, confirm, onBusy, onCancelled, children }: TotpSetupProps) {
  const [offered, setOffered] = useState<TotpOffer>();
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState("");
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    offer().then(setOffered, (failure: unknown) => {
      if (failure instanceof PliError && failure.code === "cancelled") onCancelled?.();
      else setError(failure);
    });
  }, []);
  const submit = async () => {
    onBusy(true);
    setWrong("");
    setError(undefined);
    try {
      await confirm(code);
    } catch (failure) {
      if (failure instanceof PliError && failure.code === "wrong_code") setWrong(texts.codeWrong);
      else setError(failure);
    }
    onBusy(false);
  };
  return (
    <Form id={id} error={error} onSubmit={submit}>
      <p>{texts.appScan}</p>
      {offered ? <Qr text={offered.uri} label={texts.appQr} /> : error === undefined && <Skeleton lines={5} />}
      {offered && (
        <div class="stack stack--s">
          <p class="small">{texts.appKey}</p>
          <p class="secret-key" translate={false}>
            {offered.secret.replace(/(.{4})(?=.)/g, "$1 ")}
          </p>
        </div>
      )}
      <CodeField label={texts.appCode} code={code} wrong={wrong} onCode={setCode} />
      {children}
    </Form>
  );
}
