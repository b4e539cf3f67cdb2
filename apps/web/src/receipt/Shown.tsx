/** A receipt that was opened: what was sent, to whom, when, and by which fingerprint it can be found again. Plain text alone. */

import { shownName } from "@pli/client/shown-name";
import { fromBase64url, toHex } from "@pli/core/bytes";
import type { Receipt } from "@pli/core/sealing";
import { formatDateTime, formatSize } from "@pli/texts/format";
import type { Language } from "@pli/texts/languages";
import type { Receipt as Words } from "@pli/texts/receipt";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { print } from "../kit/icons.ts";
import "../kit/facts.css";
import "../kit/print.css";
import "./receipt.css";

export interface ShownProps {
  words: Words["shown"];
  language: Language;
  receipt: Receipt;
  onAnother: () => void;
}

export function Shown({ words, language, receipt, onAnother }: ShownProps) {
  const { from, to, sentAt, subject, text, files, origin, envelopeId, commitment } = receipt;
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  return (
    <article class="sheet letter__body stack stack--l" aria-labelledby="subject">
      <h1 class="letter__title addr" id="subject" tabIndex={-1} ref={title}>
        {subject || words.noSubject}
      </h1>
      <dl class="facts">
        <Fact name={words.from} values={[person(from)]} />
        <Fact name={words.to} values={to.map(person)} />
        <Fact name={words.sent} values={[formatDateTime(language, Date.parse(sentAt))]} />
      </dl>
      {text !== "" && <p class="receipt__text">{text}</p>}
      <dl class="facts">
        <div>
          <dt>{words.files}</dt>
          <dd>
            {files.length === 0 && words.noFiles}
            {files.map(({ name, sizeBytes, sha256 }, at) => (
              <p key={at} class="addr">
                {shownName(name)}
                <small>{formatSize(language, sizeBytes)}</small>
                <small class="receipt__digest">
                  {words.digest} {toHex(fromBase64url(sha256))}
                </small>
              </p>
            ))}
          </dd>
        </div>
        <Fact name={words.server} values={[origin]} />
        <Fact name={words.id} values={[envelopeId]} />
        <div>
          <dt>{words.commitment}</dt>
          <dd class="addr">
            {commitment}
            <small>{words.proof}</small>
          </dd>
        </div>
      </dl>
      <div class="row no-print">
        <Button icon={print} onClick={() => globalThis.print()}>
          {words.print}
        </Button>
        <Button kind="quiet" onClick={onAnother}>
          {words.another}
        </Button>
      </div>
    </article>
  );
}

function person({ name, address }: Receipt["from"]): string {
  return name === "" || name === address ? address : `${name} <${address}>`;
}

function Fact({ name, values }: { name: string; values: readonly string[] }) {
  return (
    <div>
      <dt>{name}</dt>
      {values.map((value, at) => (
        <dd key={at} class="addr">
          {value}
        </dd>
      ))}
    </div>
  );
}
