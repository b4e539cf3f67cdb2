/** One person's link: to copy, to show as a QR code, or to send by one's own mail program (M8). Whoever holds it can open that copy: it is only on this page. */
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { copy, qr } from "../../kit/icons.ts";
import { copyText } from "../clipboard.ts";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import type { OwnMailProps } from "../sms/OwnMail.tsx";
import { smsWords } from "../sms/sms-words.ts";
import { Qr } from "./Qr.tsx";
import "./links.css";

const OwnMail = lazy<OwnMailProps>(async () => {
  const [part] = await Promise.all([import("../sms/OwnMail.tsx"), smsWords.load()]);
  return part.OwnMail;
});

interface LinkRowProps {
  link: string;
  name: string;
  open?: boolean;
  /** To whom it may go by the member's own mail. */
  mail?: Omit<OwnMailProps, "link"> | undefined;
}

export function LinkRow({ link, name, open, mail }: LinkRowProps) {
  const { compose } = words();
  const [shown, show] = useState(open ?? false);
  return (
    <li class="link-row">
      <label class="field">
        <span class="field__label">{compose.linkFor({ name })}</span>
        <input class="input link-row__link" readonly value={link} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <div class="row">
        <Button size="small" icon={copy} onClick={() => void copyText(link, compose.linkCopied)}>
          {compose.copyLink}
          <span class="vh"> {name}</span>
        </Button>
        <Button size="small" kind="quiet" icon={qr} aria-expanded={shown} onClick={() => show(!shown)}>
          {compose.showQr}
          <span class="vh"> {name}</span>
        </Button>
      </div>
      {mail && <OwnMail link={link} {...mail} />}
      {shown && (
        <div class="stack stack--s">
          <Qr text={link} label={compose.qrOf({ name })} />
          <p class="meta">{compose.qrHint}</p>
        </div>
      )}
    </li>
  );
}
