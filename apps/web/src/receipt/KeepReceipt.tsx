/** Keeping the receipt of a reply that was sent (M16): a password, proposed at first, and one file. Sealed on this device, told to nobody. */
import type { Receipt } from "@pli/core/sealing";
import type { Language } from "@pli/texts/languages";
import { loadReceipt, type Receipt as Words } from "@pli/texts/receipt";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Icon } from "../kit/Icon.tsx";
import { again, alert, check, copy, down } from "../kit/icons.ts";
import { LongSecret } from "../kit/LongSecret.tsx";
import { Meter, useJudged } from "../kit/Meter.tsx";
import { saveBlob } from "../kit/save-blob.ts";
import { useTexts } from "../open/language.ts";
import { receiptWorker } from "./session.ts";

export interface KeepReceiptProps {
  language: Language;
  receipt: Receipt;
  onClose: () => void;
}

export function KeepReceipt(props: KeepReceiptProps) {
  const words = useTexts(loadReceipt, props.language);
  return words ? <Keeping {...props} words={words} /> : null;
}

function Keeping({ language, receipt, onClose, words }: KeepReceiptProps & { words: Words }) {
  const t = words.keep;
  const [password, setPassword] = useState("");
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<"" | "busy" | "saved" | "failed" | "empty">("");
  const [said, setSaid] = useState("");
  const score = useJudged(
    password,
    [receipt.subject, receipt.from.address, ...receipt.to.map(({ address }) => address)],
    (typed, known) => receiptWorker().call("strength", { password: typed, known }),
  );
  const strength = t.strengths[score ?? 0] ?? "";

  async function propose() {
    const { text } = await receiptWorker().call("propose", { language });
    // what somebody typed meanwhile is theirs
    setPassword((typed) => (typed === password ? text : typed));
    setTurn((one) => one + 1);
  }
  useEffect(() => {
    void propose().catch(() => setState("failed"));
  }, []);

  async function save() {
    if (password === "") return setState("empty");
    setState("busy");
    try {
      saveBlob(await receiptWorker().call("seal", { receipt, password }), `${t.fileName}-${receipt.envelopeId}.pli`);
      setState("saved");
    } catch {
      setState("failed");
    }
  }

  async function copyPassword() {
    try {
      await navigator.clipboard.writeText(password);
      setSaid(t.copied);
    } catch {
      setState("failed");
    }
  }

  return (
    <Dialog
      title={t.title}
      lead={<p>{t.lead}</p>}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {state === "saved" ? t.close : t.cancel}
          </Button>
          <Button kind="primary" icon={down} busy={state === "busy"} onClick={() => void save()}>
            {t.download}
          </Button>
        </>
      }
    >
      <div class="stack stack--s">
        <LongSecret
          key={turn}
          label={words.password.label}
          words={words.password}
          autocomplete="off"
          value={password}
          shown={turn > 0}
          hint={t.note}
          error={state === "empty" ? t.empty : undefined}
          onValue={(typed) => {
            setPassword(typed);
            setState("");
          }}
        />
        {score !== undefined && (
          <>
            <Meter label={t.strength} score={score} word={strength} spoken={() => strength} />
            {score < 2 && <p class="meta">{t.weak}</p>}
          </>
        )}
        <div class="row row--tight">
          <Button kind="quiet" size="small" icon={again} onClick={() => void propose().catch(() => setState("failed"))}>
            {t.propose}
          </Button>
          <Button kind="quiet" size="small" icon={copy} disabled={password === ""} onClick={() => void copyPassword()}>
            {t.copy}
          </Button>
        </div>
        <div role="status">
          {state === "saved" ? (
            <>
              <p class="done-line">
                <Icon of={check} small />
                <span>{t.saved}</span>
              </p>
              <p class="meta addr">{t.howTo({ address: `${location.host}/receipt` })}</p>
            </>
          ) : (
            said !== "" && <p class="meta">{said}</p>
          )}
        </div>
        <div role="alert">
          {state === "failed" && (
            <p class="field__error">
              <Icon of={alert} small />
              <span>{t.failed}</span>
            </p>
          )}
        </div>
      </div>
    </Dialog>
  );
}
