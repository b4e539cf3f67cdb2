/** Changing what was granted: openings left, expiry; for one person or for all (M21). */
import type { GrantChange, GrantStatus } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { nameOf } from "../compose/addresses.ts";
import { AskDialog } from "../form/AskDialog.tsx";
import { useAttempt } from "../form/attempt.ts";
import { EndField, endFault, OpeningsField, openingsFault } from "../form/choices.tsx";
import { words } from "../language.ts";
import type { Actions } from "./actions.ts";

interface ChangeProps {
  grants: readonly GrantStatus[];
  actions: Actions;
  onClose: () => void;
}

const only = (grants: readonly GrantStatus[]) => (grants.length === 1 ? grants[0] : undefined);

/** Saves when there is no fault; shows it from then on. */
function useChange({ grants, actions, onClose }: ChangeProps, fault: string | undefined) {
  const [tried, setTried] = useState(false);
  const { busy, attempt } = useAttempt();
  const save = (change: () => GrantChange) => {
    setTried(true);
    if (fault) return;
    void attempt(async () => {
      if (await actions.change(grants, change())) onClose();
    });
  };
  return { busy, save, shown: tried ? fault : undefined };
}

export function OpeningsDialog(props: ChangeProps) {
  const { follow } = words();
  const { grants, onClose } = props;
  const [openings, setOpenings] = useState(grants[0]?.openingsLeft || 1);
  const { busy, save, shown } = useChange(props, openingsFault(openings));
  const one = only(grants);
  return (
    <AskDialog
      title={one ? follow.openingsTitle({ name: nameOf(one.recipient) }) : follow.openingsAllTitle}
      action={follow.openingsSave}
      busy={busy}
      onAct={() => save(() => ({ openingsLeft: openings }))}
      onClose={onClose}
    >
      <OpeningsField
        label={follow.openingsLabel}
        hint={follow.openingsHint}
        value={openings}
        error={shown}
        onOpenings={setOpenings}
      />
    </AskDialog>
  );
}

export function ExpiryDialog(props: ChangeProps) {
  const { follow } = words();
  const { grants, onClose } = props;
  const [atMs, setAtMs] = useState(Date.parse(grants[0]?.expiresAt ?? ""));
  const { busy, save, shown } = useChange(props, endFault(atMs));
  const one = only(grants);
  return (
    <AskDialog
      title={one ? follow.expiryTitle({ name: nameOf(one.recipient) }) : follow.expiryAllTitle}
      action={follow.expirySave}
      busy={busy}
      onAct={() => save(() => ({ expiresAt: new Date(atMs).toISOString() }))}
      onClose={onClose}
    >
      <EndField atMs={atMs} error={shown} onEnd={setAtMs} />
    </AskDialog>
  );
}
