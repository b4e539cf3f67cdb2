/** A member's passkeys (A1): each with its menu, and how to add one. */
import type { PasskeyView } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { lock } from "../../kit/icons.ts";
import { shortDay, when } from "../format.ts";
import { words } from "../language.ts";
import { ItemMenu } from "../settings/ItemMenu.tsx";
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
  const { settings } = words();
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
              <ItemMenu name={passkey.name} onRename={() => onRename(passkey)} onRemove={() => onRemove(passkey)} />
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
