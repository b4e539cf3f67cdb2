/** Keeping the receipt of a reply that was sent (M16): a password, proposed at first, and one file. Sealed on this device, told to nobody. */
import type { Receipt } from "@pli/core/sealing";
import type { Language } from "@pli/texts/languages";
import { loadReceipt, type Receipt as Words } from "@pli/texts/receipt";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Icon } from "../kit/Icon.tsx";
import { again, alert, check, copy, down } from "../kit/icons.ts";
import { useTexts } from "../open/language.ts";
import type { Score } from "../worker/app-passwords.ts";
import { PasswordField } from "./PasswordField.tsx";
import { receiptWorker } from "./session.ts";
import "../kit/meter.css";

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
  const score = useScore(password, [
    receipt.subject,
    receipt.from.address,
    ...receipt.to.map(({ address }) => address),
  ]);

  async function propose() {
    const { text } = await receiptWorker().call("propose", { language });
    setPassword(text);
    setTurn((one) => one + 1);
  }
  useEffect(() => {
    void propose().catch(() => setState("failed"));
  }, []);

  async function save() {
    if (password === "") return setState("empty");
    setState("busy");
    try {
      download(await receiptWorker().call("seal", { receipt, password }), `${t.fileName}-${receipt.envelopeId}.pli`);
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
        <PasswordField
          key={turn}
          words={words.password}
          value={password}
          shown={turn > 0}
          hint={t.note}
          error={state === "empty" ? t.empty : undefined}
          onValue={(typed) => {
            setPassword(typed);
            setState("");
          }}
        />
        {score !== undefined && <Meter words={t} score={score} />}
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

/** Shortly after the last key; undefined while there is nothing to judge. */
function useScore(password: string, known: readonly string[]): Score | undefined {
  const [score, setScore] = useState<Score>();
  useEffect(() => {
    if (password === "") return setScore(undefined);
    let stale = false;
    const timer = setTimeout(() => {
      receiptWorker()
        .call("strength", { password, known })
        .then(
          (found) => !stale && setScore(found),
          () => undefined, // a help: one can go on without
        );
    }, 150);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [password]);
  return password === "" ? undefined : score;
}

function Meter({ words, score }: { words: Words["keep"]; score: Score }) {
  const step = Math.max(1, score);
  const word = words.strengths[score] ?? "";
  // drawn as four steps with a word beside, which the native element cannot be
  const meter = {
    role: "meter",
    "aria-label": words.strength,
    "aria-valuemin": 0,
    "aria-valuemax": 4,
    "aria-valuenow": step,
    "aria-valuetext": word,
  } as const;
  return (
    <>
      <div class="meter">
        <div class={score < 3 ? "steps steps--weak" : "steps"} {...meter}>
          {[1, 2, 3, 4].map((one) => (
            <i key={one} class={one <= step ? "on" : ""} />
          ))}
        </div>
        <span>{word}</span>
      </div>
      {score < 2 && <p class="meta">{words.weak}</p>}
    </>
  );
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // the browser reads it later than the click
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
