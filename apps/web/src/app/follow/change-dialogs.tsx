/** Changing what was granted: openings left, expiry; for one person or for all (M21). */
import { type GrantStatus, LIMITS } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { nameOf } from "../compose/addresses.ts";
import { fromLocalInput, toLocalInput } from "../format.ts";
import { words } from "../language.ts";
import type { Actions } from "./actions.ts";

interface ChangeProps {
  grants: readonly GrantStatus[];
  actions: Actions;
  onClose: () => void;
}

const only = (grants: readonly GrantStatus[]) => (grants.length === 1 ? grants[0] : undefined);

export function OpeningsDialog({ grants, actions, onClose }: ChangeProps) {
  const { follow, compose, shell } = words();
  const [openings, setOpenings] = useState(grants[0]?.openingsLeft ?? 1);
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const one = only(grants);
  const save = async () => {
    if (!(openings >= LIMITS.openingsMin && openings <= LIMITS.openingsMax)) return setWrong(true);
    setBusy(true);
    if (await actions.change(grants, { openingsLeft: openings })) onClose();
    setBusy(false);
  };
  return (
    <Dialog
      title={one ? follow.openingsTitle({ name: nameOf(one.recipient) }) : follow.openingsAllTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void save()}>
            {follow.openingsSave}
          </Button>
        </>
      }
    >
      <Field
        label={follow.openingsLabel}
        hint={follow.openingsHint}
        type="number"
        inputmode="numeric"
        min={LIMITS.openingsMin}
        max={LIMITS.openingsMax}
        value={Number.isNaN(openings) ? "" : openings}
        error={wrong && compose.openingsBad({ max: LIMITS.openingsMax })}
        onInput={(event) => {
          setOpenings(event.currentTarget.valueAsNumber);
          setWrong(false);
        }}
        onKeyDown={(event) => event.key === "Enter" && void save()}
      />
    </Dialog>
  );
}

export function ExpiryDialog({ grants, actions, onClose }: ChangeProps) {
  const { follow, compose, shell } = words();
  const [atMs, setAtMs] = useState(Date.parse(grants[0]?.expiresAt ?? ""));
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const one = only(grants);
  const leastMs = Date.now() + LIMITS.expiryMinHours * 3_600_000;
  const mostMs = Date.now() + LIMITS.expiryMaxHours * 3_600_000;
  const save = async () => {
    if (!(atMs >= leastMs - 60_000 && atMs <= mostMs)) return setWrong(true);
    setBusy(true);
    if (await actions.change(grants, { expiresAt: new Date(atMs).toISOString() })) onClose();
    setBusy(false);
  };
  return (
    <Dialog
      title={one ? follow.expiryTitle({ name: nameOf(one.recipient) }) : follow.expiryAllTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void save()}>
            {follow.expirySave}
          </Button>
        </>
      }
    >
      <Field
        {...{ type: "datetime-local" as "text" }}
        label={compose.expiryAt}
        min={toLocalInput(leastMs)}
        max={toLocalInput(mostMs)}
        value={Number.isNaN(atMs) ? "" : toLocalInput(atMs)}
        error={wrong && compose.expiryBad}
        onChange={(event) => {
          setAtMs(fromLocalInput(event.currentTarget.value));
          setWrong(false);
        }}
      />
    </Dialog>
  );
}
