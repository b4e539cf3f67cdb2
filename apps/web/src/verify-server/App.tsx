/** The check page: the address of a server, one button, and what was found, file by file. */
import type { ReleaseList, ServerReport } from "@pli/client/verify-server";
import { PliError } from "@pli/core/errors";
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from "@pli/texts/languages";
import { verifyServerTexts } from "@pli/texts/verify-server";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { Field } from "../kit/Field.tsx";
import { Logo } from "../kit/Logo.tsx";
import { Progress } from "../kit/Progress.tsx";
import { checkServer, originOf } from "./check.ts";
import { Report } from "./Report.tsx";
import "../kit/badge.css";
import "../kit/facts.css";
import "../kit/letter.css";
import "../kit/page.css";
import "./check.css";

type State =
  | { readonly name: "idle" }
  | { readonly name: "checking"; readonly done: number; readonly total: number }
  | { readonly name: "found"; readonly report: ServerReport }
  | { readonly name: "failed"; readonly code: "network" | "unavailable" };

export function App({ list }: { list: ReleaseList }) {
  const [language, setLanguage] = useState<Language>(() => chooseLanguage(navigator.languages));
  const [address, setAddress] = useState("");
  const [storage, setStorage] = useState("");
  const [wrong, setWrong] = useState<"server" | "storage">();
  const [state, setState] = useState<State>({ name: "idle" });
  const t = verifyServerTexts(language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${t.title} – Pli`;
  }, [language, t]);

  async function start() {
    const origin = originOf(address);
    const bucket = storage.trim() === "" ? undefined : originOf(storage);
    setWrong(origin === null ? "server" : bucket === null ? "storage" : undefined);
    if (origin === null || bucket === null) return setState({ name: "idle" });
    const connections = bucket === undefined ? [] : [bucket];
    setState({ name: "checking", done: 0, total: 1 });
    try {
      const report = await checkServer(origin, list, connections, (done, total) =>
        setState({ name: "checking", done, total }),
      );
      setState({ name: "found", report });
    } catch (error) {
      const isUnavailable = error instanceof PliError && error.code === "unavailable";
      setState({ name: "failed", code: isUnavailable ? "unavailable" : "network" });
    }
  }

  const isChecking = state.name === "checking";
  return (
    <>
      <header class="bar">
        <span class="org">
          <span class="org__logo">
            <Logo />
          </span>
          <span class="org__name">Pli</span>
        </span>
        <fieldset class="bar__end languages">
          <legend class="vh">{t.language}</legend>
          {LANGUAGES.map((one) => (
            <Button
              key={one}
              kind="quiet"
              size="small"
              lang={one}
              aria-pressed={one === language}
              onClick={() => setLanguage(one)}
            >
              {LANGUAGE_NAMES[one]}
            </Button>
          ))}
        </fieldset>
      </header>
      <main class="desk desk--letter stack">
        <section class="sheet letter__body stack">
          <h1 class="check__title">{t.title}</h1>
          <p>{t.lead}</p>
          <p class="muted num">
            {t.release({ version: list.version, count: list.files.filter(({ local }) => !local).length })}
          </p>
          {globalThis.crypto?.subtle ? (
            <form
              class="stack"
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                start().catch(() => setState({ name: "failed", code: "network" }));
              }}
            >
              <Field
                label={t.address}
                hint={t.addressHint}
                error={wrong === "server" ? t.badAddress : undefined}
                type="url"
                name="server"
                inputMode="url"
                autocapitalize="off"
                spellcheck={false}
                value={address}
                onInput={(event) => {
                  setAddress(event.currentTarget.value);
                  setWrong(undefined);
                }}
              />
              <details class="more">
                <summary>{t.storage}</summary>
                <Field
                  label={t.storageAddress}
                  hint={t.storageHint}
                  error={wrong === "storage" ? t.badAddress : undefined}
                  type="url"
                  name="storage"
                  inputMode="url"
                  autocapitalize="off"
                  spellcheck={false}
                  value={storage}
                  onInput={(event) => {
                    setStorage(event.currentTarget.value);
                    setWrong(undefined);
                  }}
                />
              </details>
              <Button kind="primary" size="big" wide type="submit" busy={isChecking}>
                {t.start}
              </Button>
              <p class="meta muted">{t.startNote}</p>
            </form>
          ) : (
            <p class="bad-line">{t.insecure}</p>
          )}
          {isChecking && (
            <div class="stack stack--s">
              <Progress share={state.done / state.total} label={t.start} />
              <p class="muted num">{t.checking({ done: state.done, total: state.total })}</p>
            </div>
          )}
          <div role="status">
            {(state.name === "found" || state.name === "failed") && <Report t={t} outcome={state} />}
          </div>
          <details class="more">
            <summary>{t.doubt}</summary>
            <p>{t.doubtText}</p>
          </details>
        </section>
      </main>
    </>
  );
}
