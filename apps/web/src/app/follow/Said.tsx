/**
 * What was said after a message (M24): replies and own answers in the order of time, live where the organisation wants it, with a place to
 * answer. What is said here goes to recipients who can still read; they need no new link.
 */
import { canBeAnswered, markRead } from "@pli/client";
import { type Envelope, LIVE_EVENT } from "@pli/core/wire";
import type { Thread as Words } from "@pli/texts/thread";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { lock } from "../../kit/icons.ts";
import { MessageBody } from "../../kit/MessageBody.tsx";
import "../../kit/field.css";
import "../../kit/letter.css";
import "../../kit/print.css";
import "../../kit/said.css";
import type { SaidHere } from "../../worker/app-thread.ts";
import { server } from "../api.ts";
import { nameOf } from "../compose/addresses.ts";
import { beginWith } from "../compose/draft.ts";
import { when } from "../format.ts";
import { isUnlocked, requireKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words as appWords } from "../language.ts";
import { sayProblem } from "../problem.tsx";
import { Attached } from "../received/Attached.tsx";
import { navigate } from "../router.ts";
import { ProtectedReplies, ProtectedWord } from "../security/Protected.tsx";
import { askAgain, me } from "../session.ts";
import { useThreadWords } from "../thread-words.ts";
import { say } from "../toasts.tsx";
import { Readers } from "./Readers.tsx";

interface SaidProps {
  envelope: Envelope;
  /** Empty as long as it is locked. */
  subject: string;
}

export function Said({ envelope, subject }: SaidProps) {
  const { envelopeId } = envelope;
  const words = useThreadWords();
  const [said, setSaid] = useState<readonly SaidHere[]>();
  const [lost, setLost] = useState(false);
  const reading = useRef<Promise<void>>(undefined);
  const unlocked = isUnlocked();
  const live = me().policies.chat.value && envelope.contentAvailable;

  // one look after the other, the last one after whatever made it due
  function look() {
    if (!unlocked) return;
    const next = (reading.current ?? Promise.resolve()).then(async () => {
      const found = await callWorker("readSaid", { envelopeId });
      setSaid(found);
      setLost(false);
      await noteRead(found);
    });
    reading.current = next.catch(() => setLost(true));
  }
  useEffect(look, [envelopeId, unlocked, live ? null : envelope]);
  useEffect(() => {
    if (!live || !unlocked) return;
    const stream = new EventSource(`/api/v1/envelopes/${envelopeId}/live`);
    stream.addEventListener(LIVE_EVENT, look);
    stream.addEventListener("error", () => setLost(stream.readyState !== EventSource.OPEN));
    return () => stream.close();
  }, [envelopeId, live, unlocked]);

  // somebody came for the conversation: it was not there yet when the page began
  const place = useRef<HTMLElement>(null);
  const shown = words !== undefined && said !== undefined;
  useEffect(() => {
    if (shown && location.hash === "#said") place.current?.scrollIntoView({ block: "start" });
  }, [shown]);

  const repliedTo = envelope.grants.some(({ firstOpenedAt }) => firstOpenedAt !== undefined);
  if (words && unlocked && !said && lost)
    return (
      <section class="card card__in stack" role="alert">
        <p>{words.failed}</p>
        <p>
          <Button size="small" onClick={look}>
            {words.again}
          </Button>
        </p>
      </section>
    );
  if (!words || (unlocked && !said) || (!unlocked && !repliedTo)) return null;
  if (said?.length === 0 && !repliedTo) return null;
  return (
    <section class="card" aria-labelledby="said" ref={place}>
      <div class="card__head">
        <h2 class="title--s" id="said">
          {words.title}
        </h2>
        {live && unlocked && (
          <p class="meta" role="status">
            {lost ? words.lost : words.live}
          </p>
        )}
      </div>
      {unlocked && said ? (
        <div class="card__in stack">
          {said.some(isWithheld) && <ProtectedReplies onShown={look} />}
          {said.length === 0 ? (
            <p class="muted">{words.empty}</p>
          ) : (
            <div role="log" aria-labelledby="said">
              <ol class="said">
                {said.map((one) => (
                  <One key={one.item.envelopeId} one={one} words={words} />
                ))}
              </ol>
            </div>
          )}
          <Answering envelope={envelope} subject={subject} said={said} words={words} onSaid={look} />
        </div>
      ) : (
        <p class="card__in">
          <Button icon={lock} onClick={() => void requireKeys()}>
            {words.unlock}
          </Button>
        </p>
      )}
    </section>
  );
}

/** It shows after the second step (M16); what was opened before stays open. */
const isWithheld = ({ item, manifest }: SaidHere) => item.keyWithheld !== undefined && manifest === null;

async function noteRead(said: readonly SaidHere[]): Promise<void> {
  if (document.visibilityState !== "visible") return;
  const fresh = said.filter(({ item, manifest }) => !item.read && manifest);
  for (const { item } of fresh) await markRead(server, item.envelopeId);
  if (fresh.length > 0) void askAgain();
}

function One({ one: { item, manifest }, words }: { one: SaidHere; words: Words }) {
  const mine = item.kind === "answer";
  const name = mine || !item.from ? words.you : nameOf(item.from);
  return (
    <li class={mine ? "said__one said__one--mine" : "said__one"}>
      <p class="meta">{words.at({ name, when: when(item.sentAt) })}</p>
      <Readers readers={item.readers} words={words} />
      {manifest ? (
        <MessageBody html={manifest.body.html} text={manifest.body.text} />
      ) : (
        <p class="muted">{isWithheld({ item, manifest }) ? <ProtectedWord /> : words.unreadable}</p>
      )}
      {manifest && manifest.attachments.length > 0 && (
        <Attached
          envelopeId={item.envelopeId}
          manifest={manifest}
          level="h3"
          readerAddress={mine ? undefined : me().address}
        />
      )}
    </li>
  );
}

function Answering({
  envelope,
  subject,
  said,
  words,
  onSaid,
}: SaidProps & { said: readonly SaidHere[]; words: Words; onSaid: () => void }) {
  const { compose } = appWords();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const readers = envelope.contentAvailable ? envelope.grants.filter(canBeAnswered) : [];
  const lastFrom = said.findLast(({ item }) => item.kind === "reply")?.item;
  const likely = readers.find(({ grantId }) => lastFrom?.grantIds.includes(grantId)) ?? readers[0];
  const [chosen, setChosen] = useState<string>();
  const to = chosen ?? likely?.grantId ?? "";
  if (!likely) {
    const write = () => {
      const to = lastFrom?.from ? [lastFrom.from] : envelope.recipients.filter(({ type }) => type !== "bcc");
      beginWith({ to, subject: compose.reply({ subject }) });
      void navigate("/app/write");
    };
    return (
      <p class="row">
        <span class="muted">{words.ended}</span>
        <Button size="small" onClick={write}>
          {words.endedAction}
        </Button>
      </p>
    );
  }
  const send = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === "" || busy || !(await requireKeys())) return;
    setBusy(true);
    setFailed(false);
    const grants = to === "all" ? readers : readers.filter(({ grantId }) => grantId === to);
    const { name, address } = me();
    const answers = compose.reply({ subject });
    try {
      await callWorker("say", { envelope, grants, text: text.trim(), subject: answers, from: { name, address } });
      setText("");
      say(words.answered);
      onSaid();
    } catch (error) {
      setFailed(true);
      sayProblem(error);
    }
    setBusy(false);
  };
  const name = to === "all" ? "" : nameOf((readers.find(({ grantId }) => grantId === to) ?? likely).recipient);
  return (
    <form class="stack stack--s no-print" onSubmit={(event) => void send(event)}>
      {readers.length > 1 && (
        <select
          class="select"
          aria-label={words.to}
          value={to}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {readers.map(({ grantId, recipient }) => (
            <option key={grantId} value={grantId}>
              {nameOf(recipient)}
            </option>
          ))}
          <option value="all">{words.everybody}</option>
        </select>
      )}
      <textarea
        class="input said__text"
        rows={3}
        aria-label={words.answerLabel}
        placeholder={name ? words.answerHint({ name }) : words.lineHint}
        maxLength={100_000}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send(event);
        }}
      />
      <div class="row">
        <Button kind="primary" type="submit" icon={lock} busy={busy}>
          {words.answer}
        </Button>
        <p class="meta">{words.answerNote}</p>
      </div>
      <p class="small" role="alert">
        {failed && words.notSaid}
      </p>
    </form>
  );
}
