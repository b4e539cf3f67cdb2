/** One person's link: to copy, or to show as a QR code (M8). Whoever holds it can open that copy: it is only on this page. */
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { copy, qr } from "../../kit/icons.ts";
import { copyText } from "../clipboard.ts";
import { words } from "../language.ts";
import { Qr } from "./Qr.tsx";
import "./links.css";

export function LinkRow({ link, name, open }: { link: string; name: string; open?: boolean }) {
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
      {shown && (
        <div class="stack stack--s">
          <Qr text={link} label={compose.qrOf({ name })} />
          <p class="meta">{compose.qrHint}</p>
        </div>
      )}
    </li>
  );
}
