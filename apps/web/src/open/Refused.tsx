/** Why it does not open, what is safe, and what to do now (M17). Reveals neither device nor time. */
import type { GrantInfo } from "@pli/core/wire";
import { formatDuration } from "@pli/texts/format";
import type { Language } from "@pli/texts/languages";
import { loadRefused, type Refused as Words } from "@pli/texts/open/refused";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { Icon } from "../kit/Icon.tsx";
import { check } from "../kit/icons.ts";
import { SealBroken, SealClosed } from "../kit/Seal.tsx";
import { useTexts } from "./language.ts";
import type { Refusal, RefusalName } from "./refusal.ts";
import { worker } from "./session.ts";
import "../kit/badge.css";
import "../kit/letter.css";
import "../kit/refused.css";

export interface RefusedProps {
  language: Language;
  refusal: Refusal;
  info: GrantInfo | undefined;
  again?: (() => void) | undefined;
}

/** Over for good: the seal is broken, and only the sender can help. */
const ENDED: ReadonlySet<RefusalName> = new Set(["expired", "used_up", "revoked", "destroyed", "timeOver"]);
const FINAL: ReadonlySet<RefusalName> = new Set([...ENDED, "cut", "wrongLink", "unknown"]);

export function Refused({ language, refusal, info, again }: RefusedProps) {
  const { name, retryAfterSeconds } = refusal;
  const t = useTexts(loadRefused, language);
  const wait = useWait(retryAfterSeconds);
  const ended = ENDED.has(name);
  // the network came back: that is what the person waits for, from when they are told
  useLayoutEffect(() => {
    if (name !== "offline" || !again) return;
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [name, again]);
  // what the person hears first is the refusal, once its words are there
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), [t === undefined]);
  if (!t) return null;
  const words = t.reasons[name];
  return (
    <section class="sheet refused" aria-labelledby="refused">
      {ended ? <SealBroken /> : <SealClosed />}
      <h1 class="refused__title" id="refused" tabIndex={-1} ref={title}>
        {words.title}
      </h1>
      <p>{words.text}</p>
      {"until" in words && wait > 0 && <p role="status">{words.until({ wait: formatDuration(language, wait) })}</p>}
      {"note" in words && <p class="muted">{words.note}</p>}
      {ended && info && <AskSender words={t} info={info} mayBeTheft={name === "used_up"} />}
      {name === "version" && (
        <Button kind="primary" onClick={() => location.reload()}>
          {t.reload}
        </Button>
      )}
      {again && !FINAL.has(name) && name !== "version" && (
        <Button kind="primary" disabled={wait > 0} onClick={again}>
          {t.again}
        </Button>
      )}
    </section>
  );
}

type Reason = "new_copy" | "not_me";

function AskSender({ words, info, mayBeTheft }: { words: Words; info: GrantInfo; mayBeTheft: boolean }) {
  const [busy, setBusy] = useState<Reason>();
  const [done, setDone] = useState<readonly Reason[]>([]);
  const [failed, setFailed] = useState(false);
  const { name, address } = info.conversation ?? info.sender;
  const sender = name || address;

  function ask(reason: Reason) {
    setBusy(reason);
    setFailed(false);
    worker()
      .call("requestCopy", { grantId: info.grantId, reason })
      .then(
        () => setDone((before) => [...before, reason]),
        () => setFailed(true),
      )
      .finally(() => setBusy(undefined));
  }

  return (
    <>
      {!info.conversation && !done.includes("new_copy") && (
        <>
          <Button kind="primary" busy={busy === "new_copy"} onClick={() => ask("new_copy")}>
            {words.askCopy}
          </Button>
          <p class="meta">{words.askCopyNote({ sender })}</p>
        </>
      )}
      <div role="status" class="stack stack--s">
        {done.map((reason) => (
          <p key={reason} class="done-line">
            <Icon of={check} small />
            <span>{reason === "new_copy" ? words.askCopyDone({ sender }) : words.notMeDone({ sender })}</span>
          </p>
        ))}
        {failed && <p class="bad-line">{words.failed}</p>}
      </div>
      {mayBeTheft && !done.includes("not_me") && (
        <Button kind="danger" busy={busy === "not_me"} onClick={() => ask("not_me")}>
          {words.notMe}
        </Button>
      )}
    </>
  );
}

/** Seconds still to wait, counting down; coarse, as people wait. */
function useWait(seconds = 0): number {
  const [endMs] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (seconds === 0) return;
    const timer = setInterval(() => {
      const next = Math.max(0, Math.ceil((endMs - Date.now()) / 1000));
      setLeft(next);
      if (next === 0) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [endMs, seconds]);
  return left;
}
