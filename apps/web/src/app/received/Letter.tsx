/** An opened message: head, text in the letter's hand, isolated (MessageBody), and its files (Attached) (M14). */
import type { Manifest } from "@pli/core/sealing";
import { MessageBody } from "../../kit/MessageBody.tsx";
import { SealOpen } from "../../kit/Seal.tsx";
import "../../kit/letter.css";
import { nameOf, type Person } from "../compose/addresses.ts";
import { fullDateTime } from "../format.ts";
import { words } from "../language.ts";
import { me } from "../session.ts";
import { Attached } from "./Attached.tsx";

export interface LetterProps {
  envelopeId: string;
  manifest: Manifest;
  /** Who wrote it, as the server says. What is in the letter itself may be anything: left out only where oneself wrote it. */
  from?: Person;
  title?: boolean;
}

export function Letter({ envelopeId, manifest, from: sender, title }: LetterProps) {
  const from = sender ?? manifest.from;
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
              {nameOf(from) !== from.address && (
                <>
                  <br />
                  <span class="meta addr">{from.address}</span>
                </>
              )}
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
        {attachments.length > 0 && (
          <Attached
            envelopeId={envelopeId}
            manifest={manifest}
            level={title ? "h2" : "h3"}
            readerAddress={sender && me().address}
          />
        )}
      </div>
    </article>
  );
}
