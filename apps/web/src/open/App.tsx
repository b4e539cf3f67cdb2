/**
 * The recipient's page. On load it only looks (GET). What sends a code, proves a mailbox or uses an opening comes with the next steps
 * (Flow.tsx), after a click or a typed code (spec: messages.md M12). Small on purpose: it is the first paint.
 */
import type { GrantInfo } from "@pli/core/wire";
import type { Language } from "@pli/texts/languages";
import { type Landing as LandingTexts, loadLanding } from "@pli/texts/open/landing";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { FlowProps, Start } from "./Flow.tsx";
import { Frame } from "./Frame.tsx";
import { Landing } from "./Landing.tsx";
import { browserLanguage, chosenLanguage, keepLanguage } from "./language.ts";
import { askCode, look, ownLink } from "./link.ts";
import { Stuck } from "./Stuck.tsx";
import { isRunning, needsCode, senderOf } from "./step.ts";
import { Waiting } from "./Waiting.tsx";

const link = ownLink();

export function App() {
  const [words, setWords] = useState<{ language: Language; t: LandingTexts }>();
  const [info, setInfo] = useState<GrantInfo>();
  const [flow, setFlow] = useState<{ Flow: ComponentType<FlowProps>; start: Start; asked: FlowProps["asked"] }>();
  const [looked, setLooked] = useState(false);
  const [stuck, setStuck] = useState(false);

  async function speak(language: Language) {
    const t = await loadLanding[language]();
    const { documentElement } = document;
    documentElement.lang = language;
    // check.js waits for this: without it, a page that never came up would stay blank
    documentElement.setAttribute("data-started", "");
    setWords({ language, t });
  }

  async function begin(start: Start) {
    // on its way while the rest is loaded
    const asked = start === "act" && info && needsCode(info) ? askCode(info.grantId) : undefined;
    try {
      const { Flow } = await import("./Flow.tsx");
      setFlow({ Flow, start, asked });
    } catch {
      setStuck(true);
    }
  }

  async function lookAgain() {
    setLooked(false);
    setFlow(undefined);
    const guess = chosenLanguage() ?? browserLanguage();
    const guessed = loadLanding[guess]().catch(() => undefined);
    // beside the first look, and while the person reads the landing, what comes next is loaded; nothing of it touches the message
    void import("./Flow.tsx").then(({ prepare }) => prepare(guess)).catch(ignore);
    const found = link ? await look(link.grantId) : ({ code: "bad_link" } as const);
    if ("code" in found) {
      await guessed;
      await speak(guess);
      await begin({ refused: found.code });
    } else {
      setInfo(found);
      // the sender's choice goes before the browser's, the reader's before both
      await speak(chosenLanguage() ?? (found.languageChosen === false ? guess : found.language));
      const running = isRunning(found);
      // this browser opened it within the hour: going on uses nothing, so a reload needs no click (M5, M18)
      if (running && !found.factors.password) await begin("resume");
      else if (found.state !== "active" && !running) await begin({ refused: found.state });
    }
    setLooked(true);
  }

  useEffect(() => {
    void lookAgain();
  }, []);

  useEffect(() => {
    // never the subject: titles stay in the browser's history
    if (words) document.title = info ? words.t.page.title({ sender: senderOf(info) }) : words.t.page.untitled;
  }, [words, info]);

  if (!words) return <Waiting />;
  const { language, t } = words;
  const props = info && { t, language, info, sender: senderOf(info) };
  return (
    <Frame
      t={t}
      language={language}
      organisation={info?.organisation}
      onLanguage={(chosen) => {
        keepLanguage(chosen);
        void speak(chosen);
      }}
    >
      {stuck ? (
        <Stuck t={t} />
      ) : flow ? (
        <flow.Flow
          t={t}
          language={language}
          info={info}
          link={link}
          start={flow.start}
          asked={flow.asked}
          onAgain={() => void lookAgain()}
        />
      ) : looked && props ? (
        <Landing {...props} onAct={() => begin("act")} />
      ) : (
        <Waiting text={t.page.loading} />
      )}
    </Frame>
  );
}

function ignore(): void {
  // loaded again when it is needed, and told then
}
