/** Ways to unlock (Z10): list, add, rename, remove, never the last one; the recovery kit; locking this device. */
import { PliError } from "@pli/core/errors";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { key, lock, phone, print } from "../../kit/icons.ts";
import type { SlotView } from "../../worker/app-keys.ts";
import { confirm } from "../dialogs.tsx";
import { shortDay } from "../format.ts";
import { deviceName, keyState, lookAtKeys, requireKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { rename } from "../router.ts";
import { PasskeyDialog } from "../security/PasskeyDialog.tsx";
import { hasPasskeys } from "../security/webauthn.ts";
import { useSecurityWords } from "../security/words.ts";
import { loadAccount } from "../session.ts";
import { say } from "../toasts.tsx";
import { ItemMenu } from "./ItemMenu.tsx";
import { KitDialog, PassphraseDialog } from "./key-dialogs.tsx";
import { Part } from "./Part.tsx";
import { RenameDialog } from "./RenameDialog.tsx";

const ICONS: Readonly<Record<SlotView["kind"], string>> = {
  passphrase: key,
  recovery: print,
  device: phone,
  passkey: lock,
};

type Asked = { what: "kit" | "passphrase" | "passkey" } | { what: "rename"; slot: SlotView };

/** @param turn changes when slots changed elsewhere on the page */
export function Keys({ turn, changed }: { turn: number; changed: () => void }) {
  const { settings, shell } = words();
  const texts = useSecurityWords();
  const [asked, setAsked] = useState<Asked | null>(location.hash === "#kit" ? { what: "kit" } : null);
  const state = keyState.value.state;
  const [loaded, again] = useLoad(
    async () => {
      await lookAtKeys();
      return keyState.peek().state === "none" ? null : callWorker("slots", undefined);
    },
    [],
    [state, turn],
  );
  useEffect(() => {
    // the banner's link leads here from every page, this one too
    const open = () => {
      if (location.hash === "#kit") setAsked({ what: "kit" });
    };
    addEventListener("hashchange", open);
    return () => removeEventListener("hashchange", open);
  }, []);
  const done = (said: string) => {
    say(said);
    void loadAccount().catch(() => undefined);
    again();
  };
  const close = () => {
    setAsked(null);
    if (location.hash) rename("/app/settings");
    again();
  };
  const run = async (work: () => Promise<unknown>, said: string) => {
    try {
      await work();
      done(said);
    } catch (error) {
      if (error instanceof PliError && error.code === "last_slot") say(settings.last);
      else sayProblem(error);
    }
  };
  const remove = async (slot: SlotView) => {
    const sure = await confirm({
      title: settings.removeTitle({ name: slot.name }),
      text: settings.removeText[slot.kind],
      back: settings.keep,
      action: settings.removeAction,
      danger: true,
    });
    if (sure) await run(() => callWorker("removeSlot", { slotId: slot.slotId }), settings.removed);
  };
  const lockHere = () =>
    run(async () => {
      await callWorker("lockHere", undefined);
      await lookAtKeys(true);
    }, settings.lockedNow);
  const remember = async () => {
    if (await requireKeys()) await run(() => callWorker("rememberHere", { deviceName: deviceName() }), settings.added);
  };
  return (
    <Part name="keys" title={settings.keys} lead={settings.keysLead}>
      <Waiting loaded={loaded} again={again} lines={4}>
        {(found) =>
          found === null ? (
            <div class="card__in">
              <p>
                {settings.noKeys} <a href="/app/welcome">{shell.noKeysAction}</a>
              </p>
            </div>
          ) : (
            <>
              <ul class="list">
                {found.slots.map((slot) => (
                  <li key={slot.slotId} class="list__item">
                    <Icon of={ICONS[slot.kind]} />
                    <div class="list__main">
                      <p>
                        <b>{slot.name}</b> {slot.here && <span class="badge badge--type">{settings.thisDevice}</span>}
                      </p>
                      <p class="meta dots">
                        <span>{settings.kinds[slot.kind]}</span>
                        <span>{settings.made({ date: shortDay(slot.createdAt) })}</span>
                      </p>
                    </div>
                    <ItemMenu
                      name={slot.name}
                      onRename={() => setAsked({ what: "rename", slot })}
                      onRemove={() => void remove(slot)}
                    />
                  </li>
                ))}
              </ul>
              <div class="card__in">
                <div class="row">
                  <Button size="small" onClick={() => setAsked({ what: "kit" })}>
                    {settings.addRecovery}
                  </Button>
                  <Button
                    size="small"
                    onClick={() => void requireKeys().then((yes) => yes && setAsked({ what: "passphrase" }))}
                  >
                    {settings.addPassphrase}
                  </Button>
                  {texts && hasPasskeys() && (
                    <Button
                      size="small"
                      onClick={() => void requireKeys().then((yes) => yes && setAsked({ what: "passkey" }))}
                    >
                      {texts.keyAdd}
                    </Button>
                  )}
                  {!found.slots.some(({ here }) => here) && (
                    <Button size="small" onClick={() => void remember()}>
                      {settings.addDevice}
                    </Button>
                  )}
                  {state === "unlocked" && (
                    <Button size="small" kind="quiet" onClick={() => void lockHere()}>
                      {settings.lockNow}
                    </Button>
                  )}
                </div>
                <p class="meta">
                  {settings.fingerprint} <span class="num nowrap">{found.fingerprint}</span>. {settings.fingerprintHint}
                </p>
              </div>
              {asked?.what === "kit" && (
                <KitDialog olds={found.slots.filter(({ kind }) => kind === "recovery")} onClose={close} />
              )}
              {asked?.what === "rename" && (
                <RenameDialog
                  title={settings.renameTitle}
                  label={settings.renameLabel}
                  name={asked.slot.name}
                  onRename={(name) => callWorker("renameSlot", { slotId: asked.slot.slotId, name })}
                  onClose={close}
                />
              )}
              {asked?.what === "passphrase" && <PassphraseDialog onClose={close} />}
              {asked?.what === "passkey" && texts && (
                <PasskeyDialog
                  texts={texts}
                  unlocking={found.slots.flatMap(({ credentialId }) => credentialId ?? [])}
                  mustUnlock
                  onClose={(added) => {
                    close();
                    if (added) changed();
                  }}
                />
              )}
            </>
          )
        }
      </Waiting>
    </Part>
  );
}
