/** How one signs in (A1, A2): passkeys, the second step, the code app, recovery codes. One part of the settings, in this order. */
import {
  addTotp,
  getSecurity,
  makeRecoveryCodes,
  offerTotp,
  removePasskey,
  removeTotp,
  renamePasskey,
  switchSecondStep,
} from "@pli/client";
import { LIMITS, type PasskeyView, type Security as State } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Check, Field } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { dots, lock, pen, phone, print, trash } from "../../kit/icons.ts";
import { Menu } from "../../kit/Menu.tsx";
import { server } from "../api.ts";
import { confirm } from "../dialogs.tsx";
import { AskDialog } from "../form/AskDialog.tsx";
import { useAttempt } from "../form/attempt.ts";
import { shortDay, when } from "../format.ts";
import { keyState, lookAtKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { me } from "../session.ts";
import { Part } from "../settings/Part.tsx";
import { say } from "../toasts.tsx";
import { PasskeyDialog } from "./PasskeyDialog.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";
import { TotpSetup } from "./TotpSetup.tsx";
import { hasPasskeys } from "./webauthn.ts";
import { useSecurityWords } from "./words.ts";
import "./security.css";

type Asked =
  | { readonly what: "passkey" | "app" }
  | { readonly what: "rename"; readonly passkey: PasskeyView }
  | { readonly what: "codes"; readonly codes: readonly string[] };

interface Shown {
  readonly security: State;
  /** Credentials of passkeys that unlock the keyring, and their slots. */
  readonly slots: ReadonlyMap<string, string>;
}

async function load(): Promise<Shown> {
  const [security] = await Promise.all([getSecurity(server), lookAtKeys()]);
  const slots = new Map<string, string>();
  if (keyState.peek().state !== "none") {
    for (const { credentialId, slotId } of (await callWorker("slots", undefined)).slots)
      if (credentialId) slots.set(credentialId, slotId);
  }
  return { security, slots };
}

/** @param turn changes when passkeys changed elsewhere on the page */
export function Security({ turn, changed }: { turn: number; changed: () => void }) {
  const texts = useSecurityWords();
  const [loaded] = useLoad(load, [], [turn]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const isThere = loaded.state === "done";
  useEffect(() => {
    // the link of a mail about one's security leads here
    if (isThere && location.hash === "#security") place.current?.scrollIntoView();
  }, [isThere]);
  if (!texts) return null;

  const close = () => {
    setAsked(null);
    changed();
  };
  const run = async (work: () => Promise<unknown>, said: string) => {
    try {
      await work();
      say(said);
    } catch (error) {
      sayProblem(error);
    }
    changed();
  };
  const newCodes = async (replacing: boolean) => {
    const sure =
      !replacing ||
      (await confirm({
        title: texts.recoveryReplaceTitle,
        text: texts.recoveryReplaceText,
        back: texts.keep,
        action: texts.recoveryMake,
      }));
    if (!sure) return;
    try {
      setAsked({ what: "codes", codes: await makeRecoveryCodes(server) });
    } catch (error) {
      sayProblem(error);
    }
  };
  const remove = async (passkey: PasskeyView, slotId: string | undefined) => {
    const sure = await confirm({
      title: texts.passkeyRemoveTitle(passkey),
      text: texts.passkeyRemoveText,
      back: texts.keep,
      action: words().settings.removeAction,
      danger: true,
    });
    if (!sure) return;
    await run(async () => {
      // first the slot: when it is the last way to unlock, nothing is removed
      if (slotId !== undefined) await callWorker("removeSlot", { slotId });
      await removePasskey(server, passkey.passkeyId);
    }, texts.passkeyRemoved);
  };
  const removeApp = async () => {
    const sure = await confirm({
      title: texts.appRemoveTitle,
      text: texts.appRemoveText,
      back: texts.keep,
      action: texts.appRemove,
      danger: true,
    });
    if (sure) await run(() => removeTotp(server), texts.appRemoved);
  };

  return (
    <div ref={place}>
      <Part name="security" title={texts.title} lead={texts.lead}>
        <Waiting loaded={loaded} again={changed} lines={5}>
          {({ security, slots }) => (
            <>
              <Passkeys
                texts={texts}
                passkeys={security.passkeys}
                slots={slots}
                onAdd={() => setAsked({ what: "passkey" })}
                onRename={(passkey) => setAsked({ what: "rename", passkey })}
                onRemove={(passkey) => void remove(passkey, slots.get(passkey.credentialId))}
              />
              <SecondStep
                texts={texts}
                security={security}
                onSwitch={(on) => run(() => switchSecondStep(server, on), on ? texts.secondOn : texts.secondOff)}
                onAddApp={() => setAsked({ what: "app" })}
                onRemoveApp={() => void removeApp()}
                onCodes={() => void newCodes(security.recoveryCodesLeft > 0)}
              />
              {asked?.what === "passkey" && (
                <PasskeyDialog texts={texts} unlocking={[...slots.keys()]} onClose={close} />
              )}
            </>
          )}
        </Waiting>
        {asked?.what === "rename" && <RenamePasskey texts={texts} passkey={asked.passkey} onClose={close} />}
        {asked?.what === "app" && (
          <AppDialog
            texts={texts}
            onClose={close}
            onAdded={() => {
              say(texts.appAdded);
              changed();
              void newCodes(false);
            }}
          />
        )}
        {asked?.what === "codes" && (
          <Dialog title={texts.recoveryTitle} onClose={close} actions={null}>
            <RecoveryCodes texts={texts} address={me().address} codes={asked.codes} onDone={close} />
          </Dialog>
        )}
      </Part>
    </div>
  );
}

function Passkeys({
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

function SecondStep({
  texts,
  security,
  onSwitch,
  onAddApp,
  onRemoveApp,
  onCodes,
}: {
  texts: SecurityTexts;
  security: State;
  onSwitch: (on: boolean) => void;
  onAddApp: () => void;
  onRemoveApp: () => void;
  onCodes: () => void;
}) {
  const { secondStep, totp, passkeys, recoveryCodesLeft } = security;
  const nothing = totp === null && passkeys.length === 0;
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
      <ul class="list">
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
    </>
  );
}

function RenamePasskey({
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

function AppDialog({ texts, onClose, onAdded }: { texts: SecurityTexts; onClose: () => void; onAdded: () => void }) {
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
      />
    </Dialog>
  );
}
