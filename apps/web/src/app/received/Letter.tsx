/** An opened message: head, text in the letter's hand, isolated (MessageBody), and its files to download, each verified to its end (M14). */
import type { Manifest } from "@pli/core/sealing";
import { IconButton } from "../../kit/Button.tsx";
import { FileRow, Files } from "../../kit/FileRow.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert, check, down, x } from "../../kit/icons.ts";
import { MessageBody } from "../../kit/MessageBody.tsx";
import { SealOpen } from "../../kit/Seal.tsx";
import "../../kit/letter.css";
import { shownName } from "../../open/reading/file-names.ts";
import { nameOf, type Person } from "../compose/addresses.ts";
import { fullDateTime, size } from "../format.ts";
import { words } from "../language.ts";
import { problemText } from "../problem.tsx";
import { useDownloads } from "./downloads.ts";

export interface LetterProps {
  envelopeId: string;
  manifest: Manifest;
  /** Who wrote it, as the server says. What is in the letter itself may be anything: left out only where oneself wrote it. */
  from?: Person;
  title?: boolean;
}

export function Letter({ envelopeId, manifest, from = manifest.from, title }: LetterProps) {
  const { received } = words();
  const { to, subject, body, attachments, createdAt } = manifest;
  const shown = subject || received.noSubject;
  return (
    <article class="sheet letter letter--open" aria-label={shown}>
      <div class="letter__flap lining" />
      <SealOpen />
      <div class="letter__body stack stack--l">
        <header class="stack">
          <div class="letter__head">
            <p>
              <b>{nameOf(from)}</b>
              <br />
              <span class="meta addr">{from.address}</span>
            </p>
            <p class="meta letter__when">{fullDateTime(createdAt)}</p>
          </div>
          {title ? <h1 class="letter__title">{shown}</h1> : <h2 class="letter__title">{shown}</h2>}
          <p class="meta addr">
            {received.to} {to.map(nameOf).join(", ")}
          </p>
        </header>
        <div class="letter__fold" aria-hidden="true" />
        <MessageBody html={body.html} text={body.text} />
        {attachments.length > 0 && <Attached envelopeId={envelopeId} manifest={manifest} level={title ? "h2" : "h3"} />}
      </div>
    </article>
  );
}

function Attached({
  envelopeId,
  manifest,
  level: Heading,
}: {
  envelopeId: string;
  manifest: Manifest;
  level: "h2" | "h3";
}) {
  const { received } = words();
  const { attachments } = manifest;
  const { downloads, start, stop } = useDownloads(envelopeId, attachments);
  const total = attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <section class="stack stack--s" aria-labelledby={`files-${envelopeId}`}>
      <Heading class="title--s" id={`files-${envelopeId}`}>
        {received.attachments({ count: attachments.length })} <span class="muted small num">{size(total)}</span>
      </Heading>
      <Files>
        {attachments.map((attachment, at) => {
          const name = shownName(attachment.name);
          const download = downloads.get(at);
          const running = download?.state === "running";
          return (
            <FileRow
              key={attachment.parts.join()}
              name={name}
              meta={
                <>
                  <span class="num">
                    {running
                      ? received.sizeOf({ done: size(download.doneBytes), size: size(attachment.sizeBytes) })
                      : size(attachment.sizeBytes)}
                  </span>
                  {download?.state === "done" && (
                    <span class="done-line">
                      <Icon of={check} small />
                      {received.verified}
                    </span>
                  )}
                  {download?.state === "failed" && (
                    <span class="bad-line">
                      <Icon of={alert} small />
                      {download.error?.code === "integrity" ? received.broken : problemText(download.error).title}
                    </span>
                  )}
                </>
              }
              progress={
                running
                  ? {
                      share: attachment.sizeBytes > 0 ? download.doneBytes / attachment.sizeBytes : 0,
                      label: received.downloading({ name }),
                    }
                  : undefined
              }
              actions={
                running ? (
                  <IconButton small icon={x} label={received.stop({ name })} onClick={() => stop(at)} />
                ) : (
                  <IconButton small icon={down} label={received.download({ name })} onClick={() => start(at)} />
                )
              }
            />
          );
        })}
      </Files>
    </section>
  );
}
