/** How one signs in (A1, A2): passkeys, the second step, the code app, recovery codes. One part of the settings, in this order. */
import {
  getSecurity,
  makeRecoveryCodes,
  removePasskey,
  removeSmsFactor,
  removeTotp,
  renamePasskey,
  switchReplies,
  switchSecondStep,
} from "@pli/client";
import type { PasskeyView, Security as State } from "@pli/core/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { Dialog } from "../../kit/Dialog.tsx";
import { server } from "../api.ts";
import { confirm } from "../dialogs.tsx";
import { keyState, lookAtKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { me } from "../session.ts";
import { Part } from "../settings/Part.tsx";
import { RenameDialog } from "../settings/RenameDialog.tsx";
import { say } from "../toasts.tsx";
import { NumberDialog } from "./NumberDialog.tsx";
import { PasskeyDialog } from "./PasskeyDialog.tsx";
import { PasskeyList } from "./PasskeyList.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";
import { AppDialog, SecondStepPart } from "./SecondStepPart.tsx";
import { useSecurityWords } from "./words.ts";
import "./security.css";

type Asked =
  | { readonly what: "passkey" | "app" | "number" }
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

  const removeNumber = async () => {
    const sure = await confirm({
      title: texts.mobileRemoveTitle,
      text: texts.mobileRemoveText,
      back: texts.keep,
      action: texts.mobileRemove,
      danger: true,
    });
    if (sure) await run(() => removeSmsFactor(server), texts.mobileRemoved);
  };

  return (
    <div ref={place}>
      <Part name="security" title={texts.title} lead={texts.lead}>
        <Waiting loaded={loaded} again={changed} lines={5}>
          {({ security, slots }) => (
            <>
              <PasskeyList
                texts={texts}
                passkeys={security.passkeys}
                slots={slots}
                onAdd={() => setAsked({ what: "passkey" })}
                onRename={(passkey) => setAsked({ what: "rename", passkey })}
                onRemove={(passkey) => void remove(passkey, slots.get(passkey.credentialId))}
              />
              <SecondStepPart
                texts={texts}
                security={security}
                onSwitch={(on) => run(() => switchSecondStep(server, on), on ? texts.secondOn : texts.secondOff)}
                onAddApp={() => setAsked({ what: "app" })}
                onRemoveApp={() => void removeApp()}
                onNumber={() => setAsked({ what: "number" })}
                onRemoveNumber={() => void removeNumber()}
                onReplies={(on) => run(() => switchReplies(server, on), on ? texts.repliesOn : texts.repliesOff)}
                onCodes={() => void newCodes(security.recoveryCodesLeft > 0)}
              />
              {asked?.what === "passkey" && (
                <PasskeyDialog texts={texts} unlocking={[...slots.keys()]} onClose={close} />
              )}
            </>
          )}
        </Waiting>
        {asked?.what === "rename" && (
          <RenameDialog
            title={texts.passkeyName}
            label={texts.passkeyName}
            name={asked.passkey.name}
            onRename={(name) => renamePasskey(server, asked.passkey.passkeyId, name)}
            onClose={close}
          />
        )}
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
        {asked?.what === "number" && (
          <NumberDialog
            texts={texts}
            onClose={() => setAsked(null)}
            onAdded={() => {
              say(texts.mobileAdded);
              close();
              // a telephone gets lost, and its number with it
              if (loaded.state === "done" && loaded.value.security.recoveryCodesLeft === 0) void newCodes(false);
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
