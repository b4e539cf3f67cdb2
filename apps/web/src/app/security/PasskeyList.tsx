/** A member's passkeys (A1): each with its menu, and how to add one; and the dialog that names one anew. */
import { renamePasskey } from "@pli/client";
import { LIMITS, type PasskeyView } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { dots, lock, pen, trash } from "../../kit/icons.ts";
import { Menu } from "../../kit/Menu.tsx";
import { server } from "../api.ts";
import { AskDialog } from "../form/AskDialog.tsx";
import { useAttempt } from "../form/attempt.ts";
import { shortDay, when } from "../format.ts";
import { words } from "../language.ts";
import { sayProblem } from "../problem.tsx";
import { hasPasskeys } from "./webauthn.ts";

/** @param slots credentials of those that unlock the keyring, too */
export function PasskeyList({
  texts,
  passkeys,
  slots,
  onAdd,
  onRename,
  onRemove,
}: {
  texts: SecurityTexts;
  passkeys: readonly PasskeyView[];
  slots: ReadonlyMap<string, string>;
  onAdd: () => void;
  onRename: (passkey: PasskeyView) => void;
  onRemove: (passkey: PasskeyView) => void;
}) {
  const { settings, shell } = words();
  const possible = hasPasskeys();
  return (
    <>
      {passkeys.length > 0 && (
        <ul class="list" aria-label={texts.passkeys}>
          {passkeys.map((passkey) => (
            <li key={passkey.passkeyId} class="list__item">
              <Icon of={lock} />
              <div class="list__main">
                <p>
                  <b>{passkey.name}</b>{" "}
                  {slots.has(passkey.credentialId) && <span class="badge badge--type">{texts.passkeyUnlocks}</span>}
                </p>
                <p class="meta dots">
                  <span>{settings.made({ date: shortDay(passkey.createdAt) })}</span>
                  <span>
                    {passkey.lastUsedAt === null
                      ? texts.passkeyNever
                      : texts.passkeyUsed({ date: when(passkey.lastUsedAt) })}
                  </span>
                  {passkey.synced && <span>{texts.passkeySynced}</span>}
                </p>
              </div>
              <Menu
                buttonClass="btn--icon btn--s"
                summary={
                  <>
                    <Icon of={dots} />
                    <span class="vh">
                      {shell.more} {passkey.name}
                    </span>
                  </>
                }
              >
                <button class="menu__item" type="button" onClick={() => onRename(passkey)}>
                  <Icon of={pen} />
                  {settings.rename}
                </button>
                <button class="menu__item menu__item--danger" type="button" onClick={() => onRemove(passkey)}>
                  <Icon of={trash} />
                  {settings.remove}
                </button>
              </Menu>
            </li>
          ))}
        </ul>
      )}
      <div class="card__in">
        {passkeys.length === 0 && <p>{texts.passkeysNone}</p>}
        {possible ? (
          <p>
            <Button size="small" onClick={onAdd}>
              {texts.passkeyAdd}
            </Button>
          </p>
        ) : (
          <p class="meta">{texts.passkeysImpossible}</p>
        )}
      </div>
    </>
  );
}

export function RenamePasskey({
  texts,
  passkey,
  onClose,
}: {
  texts: SecurityTexts;
  passkey: PasskeyView;
  onClose: () => void;
}) {
  const [name, setName] = useState(passkey.name);
  const { busy, attempt } = useAttempt(sayProblem);
  return (
    <AskDialog
      title={texts.passkeyName}
      action={words().shell.save}
      busy={busy}
      disabled={name.trim() === ""}
      onAct={() =>
        attempt(async () => {
          await renamePasskey(server, passkey.passkeyId, name.trim());
          onClose();
        })
      }
      onClose={onClose}
    >
      <Field
        label={texts.passkeyName}
        maxlength={LIMITS.nameCharacters}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
    </AskDialog>
  );
}
