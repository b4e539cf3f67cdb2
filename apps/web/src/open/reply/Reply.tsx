/** The answer to the sender (M16): text and files, sealed here for them alone. Nothing typed is lost by an error. */
import { PliError } from "@pli/core/errors";
import type { Manifest } from "@pli/core/sealing";
import { formatSize } from "@pli/texts/format";
import type { Language } from "@pli/texts/languages";
import { loadReply, type Reply as Words } from "@pli/texts/open/reply";
import { useEffect, useRef, useState } from "preact/hooks";
import { Banner } from "../../kit/Banner.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { FileRow, Files } from "../../kit/FileRow.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { again, alert, check, clip, lock, wifi, x } from "../../kit/icons.ts";
import { useTexts } from "../language.ts";
import { shownName } from "../reading/file-names.ts";
import { isGone } from "../refusal.ts";
import { worker } from "../session.ts";
import { RichText, type RichTextHandle } from "./RichText.tsx";
import { type ReplyFile, useReplyFiles } from "./reply-files.ts";
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
  return t ? <Writing {...props} t={t} /> : null;
}

function Writing(props: ReplyProps & { t: Words }) {
  const { t, language, sender, manifest, maskedAddress, over, overTitle, gone, onGone, onSent, onClose } = props;
  const closed = over || gone;
  const [phase, setPhase] = useState<"writing" | "sending" | "sent">("writing");
  const [error, setError] = useState("");
  const [said, setSaid] = useState("");
  const [asking, setAsking] = useState(false);
  const [written, setWritten] = useState(false);
  const editor = useRef<RichTextHandle>(undefined);
  const picker = useRef<HTMLInputElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const attached = useReplyFiles(({ file, state }) => {
    setSaid(`${shownName(file.name)} : ${state === "done" ? t.ready : t.failed}`);
  });
  const { files } = attached;
  const pending = files.some(({ state }) => state === "sending" || state === "waiting");
  const broken = files.some(({ state }) => state === "failed" || state === "changed");

  useEffect(() => {
    title.current?.focus();
  }, [phase === "sent"]);
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
    const subject = /^re\s*:/i.test(manifest.subject) ? manifest.subject : t.subject({ subject: manifest.subject });
    try {
      await worker().call("startReply", undefined);
      await worker().call("sendReply", { html, text, subject, maskedAddress, files: files.map(({ id }) => id) });
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
        <p>{t.sentText({ sender })}</p>
        {!closed && (
          <p>
            <Button onClick={() => setPhase("writing")}>{t.another}</Button>
          </p>
        )}
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
        {t.title({ sender })}
      </h2>
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
        {t.assurance({ sender })} {t.sendCost}
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

interface AttachedFileProps {
  t: Words;
  language: Language;
  one: ReplyFile;
  onRemove: (id: number) => void;
  onRetry: (file: ReplyFile) => void;
}

function AttachedFile({ t, language, one, onRemove, onRetry }: AttachedFileProps) {
  const { id, file, state, doneBytes } = one;
  const name = shownName(file.name);
  const going = state === "sending" || state === "waiting";
  return (
    <FileRow
      name={name}
      meta={
        <>
          <span class="num">{formatSize(language, file.size)}</span>
          {state === "done" && (
            <span class="done-line">
              <Icon of={check} small />
              {t.ready}
            </span>
          )}
          {state === "waiting" && (
            <span class="wait-line">
              <Icon of={wifi} small />
              {t.waiting}
            </span>
          )}
          {(state === "failed" || state === "changed") && (
            <span class="bad-line">
              <Icon of={alert} small />
              {state === "changed" ? t.fileChanged : t.failed}
            </span>
          )}
        </>
      }
      actions={
        <>
          {state === "failed" && (
            <IconButton small icon={again} label={`${t.send} ${name}`} onClick={() => onRetry(one)} />
          )}
          <IconButton small icon={x} label={t.remove({ name })} onClick={() => onRemove(id)} />
        </>
      }
      progress={
        going
          ? {
              share: file.size > 0 ? doneBytes / file.size : 0,
              label: t.sending({ name }),
              paused: state === "waiting",
            }
          : undefined
      }
    />
  );
}
