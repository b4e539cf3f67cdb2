/** A link in a mail of the member's own (M8): their mail program with the text ready, or the mail as a file to open there. */
import { draftFileOf, mailtoOf } from "@pli/client/own-mail";
import type { Language } from "@pli/core/wire";
import { loadOwnMail } from "@pli/texts/own-mail";
import { Button } from "../../kit/Button.tsx";
import { down, pen } from "../../kit/icons.ts";
import { saveBlob } from "../../kit/save-blob.ts";
import { sayProblem } from "../problem.tsx";
import { me } from "../session.ts";
import { smsWords } from "./sms-words.ts";

export interface OwnMailProps {
  readonly link: string;
  readonly to: { readonly address: string; readonly name?: string | undefined };
  /** The recipient's. */
  readonly language: Language;
  readonly expiresAtMs: number;
  readonly hasPassword: boolean;
}

export function OwnMail(props: OwnMailProps) {
  const texts = smsWords.words();
  const name = <span class="vh"> {props.to.name || props.to.address}</span>;
  return (
    <div class="stack stack--s">
      <div class="row">
        <Button
          size="small"
          kind="quiet"
          icon={pen}
          onClick={() =>
            void mailOf(props).then((mail) => {
              location.href = mailtoOf(mail);
            }, sayProblem)
          }
        >
          {texts.mailProgram}
          {name}
        </Button>
        <Button
          size="small"
          kind="quiet"
          icon={down}
          onClick={() =>
            void mailOf(props).then((mail) => {
              saveBlob(new Blob([draftFileOf(mail)], { type: "message/rfc822" }), "message.eml");
            }, sayProblem)
          }
        >
          {texts.mailFile}
          {name}
        </Button>
      </div>
      <p class="meta">{texts.mailFileHint}</p>
    </div>
  );
}

async function mailOf({ link, to, language, expiresAtMs, hasPassword }: OwnMailProps) {
  const { name, address, timeZone } = me();
  const ownMail = await loadOwnMail[language]();
  const senderName = name || address;
  const words = ownMail({ senderName, link, expiresAtMs, timeZone, password: hasPassword });
  return { from: { name, address }, to, ...words, atMs: Date.now() };
}
