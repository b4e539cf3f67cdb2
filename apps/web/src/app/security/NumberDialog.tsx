/** Adding a mobile number as second step in the settings (A2), or another one. */
import { addSmsFactor, offerSmsFactor } from "@pli/client";
import type { SecurityTexts } from "@pli/texts/app/security";
import { server } from "../api.ts";
import { AskDialog } from "../form/AskDialog.tsx";
import { useNumber } from "./use-number.tsx";

export function NumberDialog({
  texts,
  onClose,
  onAdded,
}: {
  texts: SecurityTexts;
  onClose: () => void;
  onAdded: () => void;
}) {
  const { fields, action, busy, disabled, error, act } = useNumber(texts, {
    offer: (number) => offerSmsFactor(server, number),
    prove: async (proof) => {
      await addSmsFactor(server, proof);
      onAdded();
    },
  });
  return (
    <AskDialog
      title={texts.mobileTitle}
      lead={texts.mobileLead}
      action={action}
      busy={busy}
      disabled={disabled}
      error={error}
      onAct={act}
      onClose={onClose}
    >
      {fields}
    </AskDialog>
  );
}
