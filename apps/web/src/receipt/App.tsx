/** The page that reads the receipt of a reply (M16): a file and a password, both of which stay on this device. Asks the server for nothing. */
import { PliError } from "@pli/core/errors";
import type { Receipt } from "@pli/core/sealing";
import type { Language } from "@pli/texts/languages";
import { loadReceipt, type Receipt as Words } from "@pli/texts/receipt";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { describedBy, FieldFrame } from "../kit/Field.tsx";
import { lock } from "../kit/icons.ts";
import { SecretField } from "../kit/SecretField.tsx";
import { Frame } from "../open/Frame.tsx";
import { browserLanguage, chosenLanguage, keepLanguage } from "../open/language.ts";
import { Waiting } from "../open/Waiting.tsx";
import { Shown } from "./Shown.tsx";
import { receiptWorker } from "./session.ts";
import "../kit/letter.css";

export function App() {
  const [words, setWords] = useState<{ language: Language; t: Words }>();
  const [receipt, setReceipt] = useState<Receipt>();

  async function speak(language: Language) {
    const t = await loadReceipt[language]();
    const { documentElement } = document;
    documentElement.lang = language;
    // check.js waits for this: without it, a page that never came up would stay blank
    documentElement.setAttribute("data-started", "");
    document.title = t.page.title;
    setWords({ language, t });
  }
  useEffect(() => {
    void speak(chosenLanguage() ?? browserLanguage());
  }, []);

  if (!words) return <Waiting />;
  const { language, t } = words;
  return (
    <Frame
      t={t}
      language={language}
      organisation={undefined}
      onLanguage={(chosen) => {
        keepLanguage(chosen);
        void speak(chosen);
      }}
    >
      {receipt ? (
        <Shown words={t.shown} language={language} receipt={receipt} onAnother={() => setReceipt(undefined)} />
      ) : (
        <Choosing words={t} onOpened={setReceipt} />
      )}
    </Frame>
  );
}

function Choosing({ words, onOpened }: { words: Words; onOpened: (receipt: Receipt) => void }) {
  const t = words.open;
  const file = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<{ file?: string; password?: string }>({});
  const [busy, setBusy] = useState(false);

  async function open(event: Event) {
    event.preventDefault();
    const chosen = file.current?.files?.[0];
    if (busy) return;
    if (!chosen) return setErrors({ file: t.fileMissing });
    if (password === "") return setErrors({ password: t.passwordMissing });
    setBusy(true);
    setErrors({});
    try {
      onOpened(await receiptWorker().call("open", { file: chosen, password }));
    } catch (cause) {
      const code = cause instanceof PliError ? cause.code : "internal";
      if (code === "wrong_password") setErrors({ password: t.wrong });
      else setErrors({ file: code === "bad_input" ? t.none : code === "unsupported_version" ? t.newer : t.failed });
      setBusy(false);
    }
  }

  return (
    <form class="sheet letter__body stack stack--l" noValidate onSubmit={(event) => void open(event)}>
      <div class="stack stack--s">
        <h1 class="letter__title" tabIndex={-1}>
          {t.title}
        </h1>
        <p class="muted">{t.lead}</p>
      </div>
      <FieldFrame id="file" label={t.file} error={errors.file}>
        <input
          class="input"
          id="file"
          ref={file}
          type="file"
          aria-invalid={errors.file ? "true" : undefined}
          aria-describedby={describedBy("file", undefined, errors.file)}
          onChange={() => setErrors({})}
        />
      </FieldFrame>
      <SecretField
        label={words.password.label}
        words={words.password}
        autocomplete="off"
        value={password}
        error={errors.password}
        onValue={(typed) => {
          setPassword(typed);
          setErrors({});
        }}
      />
      <Button kind="primary" size="big" wide icon={lock} type="submit" busy={busy}>
        {t.act}
      </Button>
    </form>
  );
}
