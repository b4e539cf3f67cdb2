/** Ways to unlock (Z10): list, add, rename, remove, never the last one; the recovery kit; locking this device. */
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Check, Field } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { dots, key, lock, pen, phone, print, trash } from "../../kit/icons.ts";
import { Menu } from "../../kit/Menu.tsx";
import type { SlotView } from "../../worker/app-keys.ts";
import { confirm } from "../dialogs.tsx";
import { KitStep } from "../entry/KitStep.tsx";
import { shortDay } from "../format.ts";
import { deviceName, keyState, lookAtKeys, requireKeys } from "../keys/keys.ts";
import { NewPassphrase, NO_PASSPHRASE, usePassphraseCheck } from "../keys/NewPassphrase.tsx";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { Problem, sayProblem } from "../problem.tsx";
import { rename } from "../router.ts";
import { loadAccount } from "../session.ts";
import { say } from "../toasts.tsx";

const ICONS: Readonly<Record<SlotView["kind"], string>> = {
  passphrase: key,
  recovery: print,
  device: phone,
  passkey: lock,
};

type Asked = { what: "kit" | "passphrase" } | { what: "rename"; slot: SlotView };

export function Keys() {
  const { settings, shell } = words();
  const [asked, setAsked] = useState<Asked | null>(location.hash === "#kit" ? { what: "kit" } : null);
  const state = keyState.value.state;
  const [loaded, again] = useLoad(
    async () => {
      await lookAtKeys();
      return keyState.peek().state === "none" ? null : callWorker("slots", undefined);
    },
    [],
    [state],
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
    <section class="card" aria-labelledby="keys-title">
      <div class="card__head">
        <h2 class="title--s" id="keys-title">
          {settings.keys}
        </h2>
        <p class="meta">{settings.keysLead}</p>
      </div>
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
                    <Menu
                      buttonClass="btn--icon btn--s"
                      summary={
                        <>
                          <Icon of={dots} />
                          <span class="vh">
                            {shell.more} {slot.name}
                          </span>
                        </>
                      }
                    >
                      <button class="menu__item" type="button" onClick={() => setAsked({ what: "rename", slot })}>
                        <Icon of={pen} />
                        {settings.rename}
                      </button>
                      <button class="menu__item menu__item--danger" type="button" onClick={() => void remove(slot)}>
                        <Icon of={trash} />
                        {settings.remove}
                      </button>
                    </Menu>
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
                  {settings.fingerprint}: <span class="num nowrap">{found.fingerprint}</span>.{" "}
                  {settings.fingerprintHint}
                </p>
              </div>
              {asked?.what === "kit" && (
                <KitDialog olds={found.slots.filter(({ kind }) => kind === "recovery")} onClose={close} />
              )}
              {asked?.what === "rename" && <RenameDialog slot={asked.slot} onClose={close} />}
              {asked?.what === "passphrase" && <PassphraseDialog onClose={close} />}
            </>
          )
        }
      </Waiting>
    </section>
  );
}

function KitDialog({ olds, onClose }: { olds: readonly SlotView[]; onClose: () => void }) {
  const { entry, settings, shell } = words();
  const [replace, setReplace] = useState(olds.length > 0);
  return (
    <Dialog
      title={entry.kitTitle}
      onClose={onClose}
      actions={
        <Button kind="quiet" onClick={onClose}>
          {shell.cancel}
        </Button>
      }
    >
      {olds.length > 0 && (
        <Check
          label={settings.replaceKit}
          note={settings.replaceKitText}
          checked={replace}
          onChange={(event) => setReplace(event.currentTarget.checked)}
        />
      )}
      <KitStep replaced={replace ? olds.map(({ slotId }) => slotId) : []} onDone={onClose} />
    </Dialog>
  );
}

function RenameDialog({ slot, onClose }: { slot: SlotView; onClose: () => void }) {
  const { settings, shell } = words();
  const [name, setName] = useState(slot.name);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (name.trim() === "") return;
    setBusy(true);
    try {
      await callWorker("renameSlot", { slotId: slot.slotId, name: name.trim() });
      onClose();
    } catch (error) {
      sayProblem(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={settings.renameTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button kind="primary" busy={busy} disabled={name.trim() === ""} onClick={() => void save()}>
            {shell.save}
          </Button>
        </>
      }
    >
      <Field
        label={settings.renameLabel}
        maxlength={LIMITS.nameCharacters}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && void save()}
      />
    </Dialog>
  );
}

function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const { settings, entry, shell } = words();
  const [choice, setChoice] = useState(NO_PASSPHRASE);
  const [name, setName] = useState(entry.slotPassphrase);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const errors = usePassphraseCheck(choice);
  const save = async () => {
    setTried(true);
    if (errors.typed || errors.again || name.trim() === "") return;
    setBusy(true);
    setError(undefined);
    try {
      await callWorker("addPassphrase", { passphrase: choice.typed, name: name.trim() });
      say(settings.added);
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={settings.addPassphraseTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void save()}>
            {settings.addPassphrase}
          </Button>
        </>
      }
    >
      {error !== undefined && <Problem error={error} />}
      <NewPassphrase choice={choice} errors={errors} shownErrors={tried} onChoice={setChoice} />
      <Field
        label={settings.slotName}
        hint={settings.slotNameHint}
        maxlength={LIMITS.nameCharacters}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
    </Dialog>
  );
}
