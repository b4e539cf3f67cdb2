/** Ten recovery codes, shown once: to save or print, and the person's word that they are in a safe place. */
import type { SecurityTexts } from "@pli/texts/app/security";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Check } from "../../kit/Field.tsx";
import { saveText } from "../download.ts";
import "./security.css";

export function RecoveryCodes({
  texts,
  address,
  codes,
  onDone,
}: {
  texts: SecurityTexts;
  /** Whose they are, for the file. */
  address: string;
  codes: readonly string[];
  onDone: () => void;
}) {
  const [kept, setKept] = useState(false);
  const save = () => {
    const lines = [texts.recoveryTitle, "", `${texts.recoveryFor} ${address}`, location.origin, "", ...codes, ""];
    saveText(lines.join("\r\n"), texts.recoveryFile);
  };
  return (
    <div class="stack">
      <p>{texts.recoveryText}</p>
      <ul class="codes" translate={false}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div class="row">
        <Button size="small" onClick={save}>
          {texts.recoverySave}
        </Button>
      </div>
      <Check label={texts.recoveryKept} checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
      <Button kind="primary" wide disabled={!kept} onClick={onDone}>
        {texts.recoveryDone}
      </Button>
    </div>
  );
}
