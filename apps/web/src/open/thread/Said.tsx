/**
 * What was said after the message (M24): own replies and the sender's answers in the order of time, live where the sender's house wants it, with
 * a line to write. Shows nothing as long as nothing was said.
 */
import type { Manifest } from "@pli/core/sealing";
import { LIVE_EVENT } from "@pli/core/wire";
import { formatDateTime } from "@pli/texts/format";
import { loadReply } from "@pli/texts/open/reply";
import { loadThread, type Thread as Words } from "@pli/texts/thread";
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { MessageBody } from "../../kit/MessageBody.tsx";
import type { Conversation, Said as Entry } from "../../worker/open-thread.ts";
import { useTexts } from "../language.ts";
import type { OwnAttachmentsProps } from "../reading/OwnAttachments.tsx";
import { isGone } from "../refusal.ts";
import { answerSubject } from "../reply/answer-subject.ts";
import { worker } from "../session.ts";
import type { StepProps } from "../step.ts";
import "../../kit/field.css";
import "../../kit/said.css";

export interface SaidProps extends Pick<StepProps, "language" | "sender" | "info"> {
  manifest: Manifest;
  /** Goes up with every reply that is sent on this page. */
  replies: number;
  /** The message was ended meanwhile: what was said stays to be read, and nothing more can be. */
  gone: boolean;
  onGone: () => void;
}

export function Said(props: SaidProps) {
  const { language, info, replies, gone, onGone } = props;
  const words = useTexts(loadThread, language);
  const [thread, setThread] = useState<Conversation>();
  const [lost, setLost] = useState(false);
  const reading = useRef<Promise<void>>(undefined);

  // one look after the other, the last one after whatever made it due
  function look() {
    const next = (reading.current ?? Promise.resolve()).then(async () => {
      setThread(await worker().call("readThread", undefined));
      setLost(false);
    });
    reading.current = next.catch((cause) => (isGone(cause) ? onGone() : setLost(true)));
  }
  useEffect(look, [replies]);

  const live = (thread?.live ?? false) && !gone;
  useEffect(() => {
    if (!live) return;
    const stream = new EventSource(`/api/v1/grants/${info.grantId}/live`);
    stream.addEventListener(LIVE_EVENT, look);
    stream.addEventListener("error", () => setLost(stream.readyState !== EventSource.OPEN));
    return () => stream.close();
  }, [live, info.grantId]);

  if (words && !thread && lost && !gone)
    return (
      <div class="row no-print" role="status">
        <p class="muted small">{words.failed}</p>
        <Button size="small" onClick={look}>
          {words.again}
        </Button>
      </div>
    );
  if (!words || !thread || thread.said.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="said">
      <div class="row row--between">
        <h2 class="title--s" id="said">
          {words.title}
        </h2>
        {live && (
          <p class="small muted no-print" role="status">
            {lost ? words.lost : words.live}
          </p>
        )}
      </div>
      <div role="log" aria-labelledby="said">
        <ol class="said">
          {thread.said.map((entry) => (
            <One key={entry.envelopeId} {...props} words={words} entry={entry} />
          ))}
        </ol>
      </div>
      {thread.live && props.manifest.replyKey !== undefined && <Line {...props} words={words} onSaid={look} />}
    </section>
  );
}

function One({ language, sender, info, words, entry }: SaidProps & { words: Words; entry: Entry }) {
  const { manifest, mine, sentAt, envelopeId } = entry;
  const [Attachments, setAttachments] = useState<ComponentType<OwnAttachmentsProps>>();
  const files = manifest?.attachments ?? [];
  useEffect(() => {
    if (files.length > 0)
      void import("../reading/OwnAttachments.tsx").then(({ OwnAttachments }) => setAttachments(() => OwnAttachments));
  }, [files.length]);
  return (
    <li class={mine ? "said__one said__one--mine" : "said__one"}>
      <p class="meta">
        {words.at({ name: mine ? words.you : sender, when: formatDateTime(language, Date.parse(sentAt)) })}
      </p>
      {manifest ? (
        <MessageBody html={manifest.body.html} text={manifest.body.text} />
      ) : (
        <p class="muted">{words.unreadable}</p>
      )}
      {Attachments && (
        <Attachments
          language={language}
          attachments={files}
          said={envelopeId}
          readerAddress={mine ? undefined : info.maskedAddress}
        />
      )}
    </li>
  );
}

function Line({
  language,
  info,
  manifest,
  words,
  gone,
  onSaid,
  onGone,
}: SaidProps & { words: Words; onSaid: () => void }) {
  const reply = useTexts(loadReply, language);
  const [text, setText] = useState("");
  const [state, setState] = useState<"" | "busy" | "failed">("");
  async function say(event: Event) {
    event.preventDefault();
    const line = text.trim();
    if (line === "" || state === "busy" || !reply) return;
    setState("busy");
    try {
      await worker().call("say", {
        text: line,
        subject: answerSubject(reply, manifest.subject),
        maskedAddress: info.maskedAddress,
      });
      setText("");
      setState("");
      onSaid();
    } catch (cause) {
      if (isGone(cause)) onGone();
      setState("failed");
    }
  }
  return (
    <form class="stack stack--s no-print" onSubmit={(event) => void say(event)}>
      <div class="said__line">
        <input
          class="input"
          aria-label={words.line}
          placeholder={words.lineHint}
          maxLength={4000}
          autocomplete="off"
          readOnly={gone}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" busy={state === "busy"} disabled={gone}>
          {words.say}
        </Button>
      </div>
      <p class="small" role="alert">
        {gone ? text !== "" && reply?.gone : state === "failed" && words.notSaid}
      </p>
    </form>
  );
}
