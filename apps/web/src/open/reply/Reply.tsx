/** The answer to the sender (M16): text and files, sealed here for them alone. Nothing typed is lost by an error. */

import { shownName } from "@pli/client/shown-name";
import { PliError } from "@pli/core/errors";
import type { Manifest, Receipt } from "@pli/core/sealing";
import type { Language } from "@pli/texts/languages";
import { loadReply, type Reply as Words } from "@pli/texts/open/reply";
import { loadToAll, type ToAll as ToAllWords } from "@pli/texts/open/to-all";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Banner } from "../../kit/Banner.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Files } from "../../kit/FileRow.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert, check, clip, lock } from "../../kit/icons.ts";
import type { ReplyReaders } from "../../worker/open-reply.ts";
import { useTexts } from "../language.ts";
import { isGone } from "../refusal.ts";
import { worker } from "../session.ts";
import { AttachedFile } from "./AttachedFile.tsx";
import { answerSubject } from "./answer-subject.ts";
import { KeepOffer } from "./KeepOffer.tsx";
import { RichText, type RichTextHandle } from "./RichText.tsx";
import { useReplyFiles } from "./reply-files.ts";
import { ToAll } from "./ToAll.tsx";
import "../../kit/drop.css";
import "../../kit/field.css";

export interface ReplyProps {
  language: Language;
  sender: string;
  manifest: Manifest;
  maskedAddress: string;
  overTitle: string;
  /** The 60 minutes are over: what is written stays, but cannot leave any more. */
  over: boolean;
  /** The message was ended, revoked say, while somebody writes: as after the 60 minutes. */
  gone: boolean;
  onGone: () => void;
  onSent: () => void;
  onClose: () => void;
}

export function Reply(props: ReplyProps) {
  const t = useTexts(loadReply, props.language);
  const all = useTexts(loadToAll, props.language);
  return t && all ? <Writing {...props} t={t} all={all} /> : null;
}

function Writing(props: ReplyProps & { t: Words; all: ToAllWords }) {
  const { t, all, language, sender, manifest, maskedAddress, over, overTitle, gone, onGone, onSent, onClose } = props;
  const closed = over || gone;
  const [phase, setPhase] = useState<"writing" | "sending" | "sent">("writing");
  const [error, setError] = useState("");
  const [said, setSaid] = useState("");
  const [asking, setAsking] = useState(false);
  const [written, setWritten] = useState(false);
  const [toAll, setToAll] = useState(false);
  const [readers, setReaders] = useState<ReplyReaders>();
  const [receipt, setReceipt] = useState<Receipt>();
  const editor = useRef<RichTextHandle>(undefined);
  const picker = useRef<HTMLInputElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const attached = useReplyFiles(({ file, state }) => {
    setSaid(`${shownName(file.name)} : ${state === "done" ? t.ready : t.failed}`);
  });
  const { files } = attached;
  const pending = files.some(({ state }) => state === "sending" || state === "waiting");
  const broken = files.some(({ state }) => state === "failed" || state === "changed");

  // with the first paint: who is in the text already must not be called away from it
  useLayoutEffect(() => {
    title.current?.focus();
  }, [phase === "sent"]);
  // who is reached is asked for again with each reply
  const findReaders = () =>
    worker()
      .call("readers", undefined)
      .then(setReaders, () => setReaders(undefined));
  useEffect(() => {
    if (phase !== "sent") void findReaders();
  }, [phase === "sent"]);
  const others = readers?.others ?? [];
  const goesToAll = toAll && others.length > 0;
  // leaving would lose what is written
  useEffect(() => {
    if (phase === "sent" || (!written && files.length === 0)) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [phase, written, files.length]);

  async function send() {
    const { html, text } = editor.current?.read() ?? { html: "", text: "" };
    if (text === "" && files.length === 0) {
      setError(t.empty);
      editor.current?.focus();
      return;
    }
    if (pending || broken) {
      setError(pending ? t.waitFiles : t.failed);
      return;
    }
    setPhase("sending");
    setError("");
    const subject = answerSubject(t, manifest.subject);
    try {
      await worker().call("startReply", undefined);
      const input = { html, text, subject, maskedAddress, files: files.map(({ id }) => id) };
      setReceipt(await worker().call("sendReply", goesToAll ? { ...input, readers: others } : input));
      setWritten(false);
      attached.clear();
      setPhase("sent");
      onSent();
    } catch (cause) {
      setPhase("writing");
      if (isGone(cause)) {
        onGone();
        return;
      }
      const code = cause instanceof PliError ? cause.code : "internal";
      if (goesToAll && (code === "conflict" || code === "rate_limited" || code === "policy_refused")) {
        if (code !== "rate_limited") await findReaders();
        setError(code === "rate_limited" ? all.often : all.changed);
        return;
      }
      setError(
        code === "opening_required"
          ? t.ended
          : code === "payload_too_large" || code === "limit_reached"
            ? t.tooBig
            : t.error,
      );
    }
  }

  function discard() {
    void worker().call("dropReply", undefined);
    onClose();
  }

  if (phase === "sent") {
    return (
      <section class="reply stack no-print" aria-labelledby="reply">
        <h2 class="title--s done-line" id="reply" ref={title} tabIndex={-1}>
          <Icon of={check} />
          {t.sentTitle}
        </h2>
        <p>{goesToAll ? all.sent({ sender }) : t.sentText({ sender })}</p>
        <div class="row">
          {!closed && (
            <Button
              onClick={() => {
                setToAll(false);
                setPhase("writing");
              }}
            >
              {t.another}
            </Button>
          )}
          {receipt && <KeepOffer language={language} label={all.keep} receipt={receipt} />}
        </div>
      </section>
    );
  }
  return (
    <section
      class="reply stack no-print"
      aria-labelledby="reply"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (event.dataTransfer) attached.add(event.dataTransfer.files);
      }}
    >
      <h2 class="title--s" id="reply" ref={title} tabIndex={-1}>
        {goesToAll ? all.title : t.title({ sender })}
      </h2>
      {others.length > 0 && readers && (
        <ToAll
          words={all}
          sender={sender}
          readers={readers}
          chosen={toAll}
          disabled={phase === "sending"}
          onChoice={setToAll}
        />
      )}
      {closed && (
        <Banner kind="bad" live title={gone ? t.goneTitle : overTitle}>
          {gone ? t.gone : t.ended}
        </Banner>
      )}
      <RichText
        words={t}
        disabled={phase === "sending"}
        onReady={(handle) => {
          editor.current = handle;
        }}
        onInput={() => {
          setWritten(true);
          setError("");
        }}
      />
      {files.length > 0 && (
        <Files>
          {files.map((one) => (
            <AttachedFile
              key={one.id}
              t={t}
              language={language}
              one={one}
              onRemove={attached.remove}
              onRetry={attached.retry}
            />
          ))}
        </Files>
      )}
      <div class="drop">
        <Button
          size="small"
          icon={clip}
          disabled={phase === "sending" || closed}
          onClick={() => picker.current?.click()}
        >
          {t.add}
        </Button>
        <span>{t.dropHere}</span>
        <input
          ref={picker}
          class="vh"
          type="file"
          multiple
          tabIndex={-1}
          aria-label={t.add}
          onChange={(event) => {
            attached.add(event.currentTarget.files ?? []);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <div role="alert">
        {error && (
          <p class="field__error">
            <Icon of={alert} small />
            <span>{error}</span>
          </p>
        )}
      </div>
      <div class="row">
        <Button
          kind="primary"
          size="big"
          icon={lock}
          busy={phase === "sending"}
          disabled={closed}
          onClick={() => void send()}
        >
          {phase === "sending" ? t.sendingAll : t.send}
        </Button>
        <Button
          kind="quiet"
          disabled={phase === "sending"}
          onClick={() => (written || files.length > 0 ? setAsking(true) : discard())}
        >
          {t.discard}
        </Button>
      </div>
      <p class="meta">
        {goesToAll ? all.assurance({ sender }) : t.assurance({ sender })} {t.sendCost}
      </p>
      <p class="vh" role="status">
        {said}
      </p>
      {asking && (
        <Dialog
          title={t.discardTitle}
          lead={<p>{t.discardText}</p>}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button kind="quiet" onClick={() => setAsking(false)}>
                {t.discardBack}
              </Button>
              <Button kind="danger" onClick={discard}>
                {t.discardGo}
              </Button>
            </>
          }
        />
      )}
    </section>
  );
}
