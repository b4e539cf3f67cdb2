/** The second step in the settings (A2): whether it is asked for, the code app and its dialog, recovery codes. */
import { addTotp, offerTotp } from "@pli/client";
import type { Security } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Check } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { phone, print, send } from "../../kit/icons.ts";
import { server } from "../api.ts";
import { shortDay } from "../format.ts";
import { words } from "../language.ts";
import { TotpSetup } from "./TotpSetup.tsx";

export function SecondStepPart({
  texts,
  security,
  onSwitch,
  onAddApp,
  onRemoveApp,
  onNumber,
  onRemoveNumber,
  onReplies,
  onCodes,
}: {
  texts: SecurityTexts;
  security: Security;
  onSwitch: (on: boolean) => void;
  onAddApp: () => void;
  onRemoveApp: () => void;
  onNumber: () => void;
  onRemoveNumber: () => void;
  onReplies: (on: boolean) => void;
  onCodes: () => void;
}) {
  const { secondStep, totp, sms, passkeys, recoveryCodesLeft, replies } = security;
  const nothing = totp === null && passkeys.length === 0 && sms.number === undefined;
  const note = secondStep.required ? texts.secondRequired : nothing ? texts.secondNothing : texts.secondNote;
  return (
    <>
      <div class="card__in">
        <h3 class="small">{texts.second}</h3>
        <Check
          label={texts.secondLabel}
          note={note}
          checked={secondStep.on}
          disabled={secondStep.required || nothing}
          onChange={(event) => {
            const wanted = event.currentTarget.checked;
            // drawn again as it is, until it is so
            event.currentTarget.checked = secondStep.on;
            onSwitch(wanted);
          }}
        />
      </div>
      <ul class="list factors">
        <li class="list__item">
          <Icon of={phone} />
          <div class="list__main">
            <p>
              <b>{texts.app}</b>
            </p>
            <p class="meta">{totp ? texts.appSince({ date: shortDay(totp.createdAt) }) : texts.appNone}</p>
          </div>
          <Button size="small" onClick={totp ? onRemoveApp : onAddApp}>
            {totp ? texts.appRemove : texts.appAdd}
            {totp && <span class="vh"> {texts.app}</span>}
          </Button>
        </li>
        {(sms.possible || sms.number !== undefined) && (
          <li class="list__item">
            <Icon of={send} />
            <div class="list__main">
              <p>
                <b>{texts.mobile}</b>
              </p>
              <p class="meta">
                {sms.number === undefined
                  ? texts.mobileNone
                  : texts.mobileNumber({ number: sms.number, date: shortDay(sms.createdAt ?? "") })}
              </p>
            </div>
            {sms.possible && (
              <Button size="small" onClick={onNumber}>
                {sms.number === undefined ? texts.mobileAdd : texts.mobileChange}
                {sms.number !== undefined && <span class="vh"> {texts.mobile}</span>}
              </Button>
            )}
            {sms.number !== undefined && (
              <Button size="small" onClick={onRemoveNumber}>
                {texts.mobileRemove}
                <span class="vh"> {texts.mobile}</span>
              </Button>
            )}
          </li>
        )}
        {!nothing && (
          <li class="list__item">
            <Icon of={print} />
            <div class="list__main">
              <p>
                <b>{texts.recovery}</b>
              </p>
              <p class="meta">
                {recoveryCodesLeft > 0 ? texts.recoveryLeft({ left: recoveryCodesLeft }) : texts.recoveryNone}
              </p>
            </div>
            <Button size="small" onClick={onCodes}>
              {texts.recoveryMake}
            </Button>
          </li>
        )}
      </ul>
      <div class="card__in">
        <h3 class="small">{texts.replies}</h3>
        <Check
          label={texts.repliesLabel}
          note={replies.locked ? texts.secondRequired : nothing ? texts.repliesNothing : texts.repliesNote}
          checked={replies.on}
          disabled={replies.locked || (nothing && !replies.on)}
          onChange={(event) => {
            const wanted = event.currentTarget.checked;
            event.currentTarget.checked = replies.on;
            onReplies(wanted);
          }}
        />
      </div>
    </>
  );
}

export function AppDialog({
  texts,
  onClose,
  onAdded,
}: {
  texts: SecurityTexts;
  onClose: () => void;
  onAdded: () => void;
}) {
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      title={texts.appTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {words().shell.cancel}
          </Button>
          <Button kind="primary" type="submit" form="code-app" busy={busy}>
            {texts.appAction}
          </Button>
        </>
      }
    >
      <TotpSetup
        texts={texts}
        id="code-app"
        offer={() => offerTotp(server)}
        confirm={async (code) => {
          await addTotp(server, code);
          onAdded();
        }}
        onBusy={setBusy}
        onCancelled={onClose}
      />
    </Dialog>
  );
}
