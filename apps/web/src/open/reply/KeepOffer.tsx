/** Offers the receipt of a reply that was sent (M16). What seals it is loaded when somebody wants one. */
import type { Receipt } from "@pli/core/sealing";
import type { Language } from "@pli/texts/languages";
import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { down } from "../../kit/icons.ts";
import type { KeepReceiptProps } from "../../receipt/KeepReceipt.tsx";

export function KeepOffer({ language, label, receipt }: { language: Language; label: string; receipt: Receipt }) {
  const [Keep, setKeep] = useState<ComponentType<KeepReceiptProps>>();
  const [busy, setBusy] = useState(false);
  async function open() {
    setBusy(true);
    try {
      const { KeepReceipt } = await import("../../receipt/KeepReceipt.tsx");
      setKeep(() => KeepReceipt);
    } catch {
      // the connection is gone: the button is still there
    }
    setBusy(false);
  }
  return (
    <>
      <Button kind="quiet" icon={down} busy={busy} onClick={() => void open()}>
        {label}
      </Button>
      {Keep && <Keep language={language} receipt={receipt} onClose={() => setKeep(undefined)} />}
    </>
  );
}
