/**
 * The open letter (M14, M18): how long it stays, from whom, to whom, its text and files, and the reply. After the 60 minutes nothing of the
 * message stays on the page.
 */

import { shownName } from "@pli/client/shown-name";
import type { Manifest } from "@pli/core/sealing";
import { formatDateTime, formatTime } from "@pli/texts/format";
import type { Steps } from "@pli/texts/open/steps";
import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Banner } from "../../kit/Banner.tsx";
import { IconButton } from "../../kit/Button.tsx";
import { clock, print } from "../../kit/icons.ts";
import { MessageBody } from "../../kit/MessageBody.tsx";
import { SealOpen } from "../../kit/seals/SealOpen.tsx";
import type { OpenedMessage } from "../../worker/open-worker.ts";
import { serverNowMs } from "../link.ts";
import type { AfterProps } from "../reply/After.tsx";
import type { StepProps } from "../step.ts";
import type { OverProps } from "./Over.tsx";
import type { OwnAttachmentsProps } from "./OwnAttachments.tsx";
import "../../kit/facts.css";
import "../../kit/letter.css";

type Words = Steps["letter"];

export interface ReadingProps extends StepProps {
  words: Words;
  message: OpenedMessage;
  /** Looks at the link anew. */
  onAgain: () => void;
}

export function Reading({ language, info, sender, message, onAgain, words }: ReadingProps) {
  const leftMs = useTimeLeft(Date.parse(message.opening.openUntil));
  const [writing, setWriting] = useState(false);
  const [Attachments, setAttachments] = useState<ComponentType<OwnAttachmentsProps>>();
  const [After, setAfter] = useState<ComponentType<AfterProps>>();
  const [Over, setOver] = useState<ComponentType<OverProps>>();
  const { manifest, opening } = message;
  const over = leftMs <= 0;

  // the text comes first; the files follow it
  useEffect(() => {
    if (manifest.attachments.length === 0) return;
    void import("./OwnAttachments.tsx").then(({ OwnAttachments }) => setAttachments(() => OwnAttachments));
  }, [manifest]);

  useEffect(() => {
    void import("../reply/After.tsx").then(({ After }) => setAfter(() => After));
  }, []);

  useEffect(() => {
    if (over) void import("./Over.tsx").then(({ Over }) => setOver(() => Over));
  }, [over]);

  // over, and nobody is writing: close the letter
  if (over && !writing) return Over ? <Over words={words.over} last={opening.last} onAgain={onAgain} /> : null;
  return (
    <>
      <Life language={language} words={words} message={message} leftMs={leftMs} />
      <article class="sheet letter letter--open" aria-labelledby="subject">
        <div class="letter__flap lining" />
        <SealOpen justBroken />
        <div class="letter__body stack stack--l">
          {!over && (
            <>
              <LetterHead language={language} words={words} from={info.sender} manifest={manifest} />
              <div class="letter__fold" aria-hidden="true" />
              <MessageBody html={manifest.body.html} text={manifest.body.text || words.empty} />
              {Attachments && (
                <Attachments language={language} attachments={manifest.attachments} readerAddress={opening.address} />
              )}
            </>
          )}
          {After && (
            <After
              language={language}
              sender={sender}
              info={info}
              manifest={manifest}
              over={over}
              overTitle={words.over.title}
              onWriting={setWriting}
            />
          )}
        </div>
      </article>
    </>
  );
}

function Life({
  language,
  words,
  message,
  leftMs,
}: {
  language: StepProps["language"];
  words: Words;
  message: OpenedMessage;
  leftMs: number;
}) {
  const { opening } = message;
  const time = formatTime(language, Date.parse(opening.openUntil));
  const minutes = Math.floor(leftMs / 60_000);
  const left = minutes > 0 ? words.minutes({ minutes }) : words.lessThanMinute;
  if (!opening.last) {
    return (
      <p class="meta no-print">
        {words.open.title({ time })}. {words.open.text({ left: opening.openingsLeft })}
      </p>
    );
  }
  return (
    <div class="no-print">
      <Banner kind="warn" icon={clock} title={words.last.title({ left })}>
        {words.last.text({ time })}
      </Banner>
    </div>
  );
}

function LetterHead({
  language,
  words,
  from,
  manifest,
}: {
  language: StepProps["language"];
  words: Words;
  /** As the server proved it. */
  from: StepProps["info"]["sender"];
  manifest: Manifest;
}) {
  const { to, subject, createdAt } = manifest;
  // the letter's own word on who wrote it is whatever its writer put there: where it contradicts what was proven, one must know
  const claimed = manifest.from.address;
  const isFalse = claimed.toLowerCase() !== from.address.toLowerCase();
  const people = (type: "to" | "cc") =>
    to.filter((one) => one.type === type).map(({ name, address }) => name || address);
  const copies = people("cc");
  return (
    <header class="stack">
      {isFalse && (
        <div id="claim" class="addr">
          <Banner kind="warn" title={words.claim.title}>
            {words.claim.text({ claimed: shownName(claimed), proven: from.address })}
          </Banner>
        </div>
      )}
      <div class="letter__head">
        <p>
          <b>{from.name || from.address}</b>
          {from.name && from.name !== from.address && (
            <>
              <br />
              <span class="meta addr">{from.address}</span>
            </>
          )}
        </p>
        <div class="letter__when row">
          <p class="meta">{formatDateTime(language, Date.parse(createdAt))}</p>
          <IconButton small class="no-print" icon={print} label={words.print} onClick={() => globalThis.print()} />
        </div>
      </div>
      <h1
        class="letter__title addr"
        id="subject"
        aria-describedby={isFalse ? "claim" : undefined}
        tabIndex={-1}
        data-focus
      >
        {subject || words.noSubject}
      </h1>
      {to.length > 0 && (
        <p class="meta addr">
          {words.to} {people("to").join(", ")}
          {copies.length > 0 && ` ; ${words.copyTo} ${copies.join(", ")}`}
        </p>
      )}
    </header>
  );
}

/** Milliseconds left; looks twice a minute, and when a sleeping device wakes up. */
function useTimeLeft(endMs: number): number {
  const [leftMs, setLeftMs] = useState(() => endMs - serverNowMs());
  // from when it shows: a clock that was moved in between would be seen half a minute late
  useLayoutEffect(() => {
    const look = () => setLeftMs(endMs - serverNowMs());
    const timer = setInterval(look, 30_000);
    const end = setTimeout(look, Math.max(0, endMs - serverNowMs()) + 50);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
      document.removeEventListener("visibilitychange", look);
    };
  }, [endMs]);
  return leftMs;
}
