/**
 * The page of a one-time secret (S1). On load it only looks (GET): a scanner that runs scripts uses no view. One click, and one view is used.
 * Small on purpose, and of the same hand as the page that opens a message.
 */

import type { RevealedSecret } from "@pli/client/open";
import { PliError } from "@pli/core/errors";
import type { Language } from "@pli/texts/languages";
import { loadSecret, type Secret } from "@pli/texts/secret";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Frame } from "../open/Frame.tsx";
import { browserLanguage, chosenLanguage, keepLanguage } from "../open/language.ts";
import { Stuck } from "../open/Stuck.tsx";
import { Waiting } from "../open/Waiting.tsx";
import { Closed } from "./Closed.tsx";
import { type Looked, look, ownLink } from "./link.ts";
import type { PasswordProps } from "./Password.tsx";
import type { RefusedProps } from "./Refused.tsx";
import type { RevealedProps } from "./Revealed.tsx";
import { type RefusalName, refusalOf } from "./refusal.ts";

const link = ownLink();
type Step =
  | { at: "waiting" }
  | { at: "stuck" }
  | { at: "closed"; looked: Looked; Password: ComponentType<PasswordProps> | undefined }
  | { at: "shown"; revealed: RevealedSecret; Revealed: ComponentType<RevealedProps> }
  | { at: "refused"; name: RefusalName; waitSeconds?: number | undefined; Refused: ComponentType<RefusedProps> };

export function App() {
  const [words, setWords] = useState<{ language: Language; t: Secret }>();
  const [looked, setLooked] = useState<Looked>();
  const [step, setStep] = useState<Step>({ at: "waiting" });

  async function speak(language: Language) {
    const t = await loadSecret[language]();
    const { documentElement } = document;
    documentElement.lang = language;
    // check.js waits for this: without it, a page that never came up would stay blank
    documentElement.setAttribute("data-started", "");
    setWords({ language, t });
  }

  async function refuse(name: RefusalName, waitSeconds?: number) {
    try {
      const { Refused } = await import("./Refused.tsx");
      setStep({ at: "refused", name, waitSeconds, Refused });
    } catch {
      setStep({ at: "stuck" });
    }
  }

  async function lookAgain() {
    setStep({ at: "waiting" });
    const found = link ? await look(link.secretId) : "bad_link";
    if (typeof found === "string") return refuse(refusalOf(found));
    setLooked(found);
    if (found.info.state !== "active") return refuse(found.info.state);
    try {
      const Password = found.info.passwordParams && (await import("./Password.tsx")).Password;
      setStep({ at: "closed", looked: found, Password });
      // while the person reads, what comes next is loaded: once a view is used, nothing more may be missing
      const [{ worker }] = await Promise.all([
        import("./session.ts"),
        import("./Revealed.tsx"),
        import("./Refused.tsx"),
      ]);
      worker();
    } catch {
      setStep({ at: "stuck" });
    }
  }

  async function reveal(found: Looked, password: string | undefined) {
    if (!link) return;
    const { passwordParams } = found.info;
    try {
      // before the view is used: a page that cannot show it must not take it
      const [{ worker }, { Revealed }] = await Promise.all([import("./session.ts"), import("./Revealed.tsx")]);
      const revealed = await worker().call("reveal", { ...link, password, passwordParams });
      setStep({ at: "shown", revealed, Revealed });
    } catch (error) {
      if (!(error instanceof PliError)) return setStep({ at: "stuck" });
      const { code, details } = error;
      if (password !== undefined && (code === "wrong_password" || code === "rate_limited")) throw error;
      await refuse(code === "network" ? "lost" : refusalOf(code), details.retryAfterSeconds);
    }
  }

  useEffect(() => {
    void speak(chosenLanguage() ?? browserLanguage());
    void lookAgain();
  }, []);

  const sender = looked && (looked.info.sender.name || looked.info.sender.address);
  useEffect(() => {
    // never the text: titles stay in the browser's history
    if (words) document.title = sender ? words.t.page.title({ sender }) : words.t.page.untitled;
  }, [words, sender]);

  if (!words) return <Waiting />;
  const { language, t } = words;
  return (
    <Frame
      t={t}
      language={language}
      organisation={looked?.info.organisation}
      onLanguage={(chosen) => {
        keepLanguage(chosen);
        void speak(chosen);
      }}
    >
      {step.at === "waiting" && <Waiting text={t.page.loading} />}
      {step.at === "stuck" && <Stuck t={t} />}
      {step.at === "closed" && sender && (
        <Closed
          t={t}
          language={language}
          looked={step.looked}
          sender={sender}
          Password={step.Password}
          onReveal={(password) => reveal(step.looked, password)}
        />
      )}
      {step.at === "shown" && sender && <step.Revealed t={t} sender={sender} revealed={step.revealed} />}
      {step.at === "refused" && (
        <step.Refused
          t={t}
          language={language}
          name={step.name}
          waitSeconds={step.waitSeconds}
          onAgain={() => void lookAgain()}
        />
      )}
    </Frame>
  );
}
