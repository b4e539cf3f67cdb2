/** One more person for a sent message, or another address instead of a wrong one: a new grant under a link of its own (M21). */
import { type Envelope, type GrantStatus, LIMITS } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { isAddress, nameOf } from "../compose/addresses.ts";
import { SecretField } from "../keys/SecretField.tsx";
import { words } from "../language.ts";
import type { Actions } from "./actions.ts";

export function AddPersonDialog({
  envelope,
  actions,
  instead,
  onClose,
}: {
  envelope: Envelope;
  actions: Actions;
  instead?: GrantStatus;
  onClose: () => void;
}) {
  const { follow, compose, entry, shell } = words();
  const like = instead ?? envelope.grants[0];
  const [address, setAddress] = useState(instead?.recipient.address ?? "");
  const [name, setName] = useState(instead?.recipient.name ?? "");
  const [openings, setOpenings] = useState(like?.openingsTotal ?? 1);
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const needsPassword = like?.hasPassword ?? false;
  const same = instead !== undefined && address.trim() === instead.recipient.address;
  const errors = {
    address: isAddress(address.trim()) && !same ? undefined : entry.addressWrong,
    openings:
      openings >= LIMITS.openingsMin && openings <= LIMITS.openingsMax
        ? undefined
        : compose.openingsBad({ max: LIMITS.openingsMax }),
    password: needsPassword && password === "" ? compose.passwordMissing : undefined,
  };
  const save = async () => {
    setTried(true);
    if (errors.address || errors.openings || errors.password) return;
    setBusy(true);
    const link = await actions.addPerson(
      {
        person: { address: address.trim(), ...(name.trim() && { name: name.trim() }) },
        type: instead?.recipient.type ?? "to",
        openings,
        delivery: like?.delivery ?? "mail",
        ...(needsPassword && { password }),
      },
      instead,
    );
    setBusy(false);
    if (link) onClose();
  };
  return (
    <Dialog
      title={instead ? follow.correctTitle({ name: nameOf(instead.recipient) }) : follow.addTitle}
      lead={<p>{instead ? follow.correctLead : follow.addLead}</p>}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void save()}>
            {instead ? follow.correctAction : follow.addAction}
          </Button>
        </>
      }
    >
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={follow.addressLabel}
          type="email"
          maxlength={LIMITS.addressCharacters}
          value={address}
          error={tried && errors.address}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
        <Field
          label={follow.nameLabel}
          optional={shell.optional}
          maxlength={LIMITS.nameCharacters}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Field
          label={follow.openingsField}
          type="number"
          inputmode="numeric"
          min={LIMITS.openingsMin}
          max={LIMITS.openingsMax}
          value={Number.isNaN(openings) ? "" : openings}
          error={tried && errors.openings}
          onInput={(event) => setOpenings(event.currentTarget.valueAsNumber)}
        />
        {needsPassword && (
          <SecretField
            label={follow.passwordLabel}
            hint={follow.passwordHint}
            error={tried && errors.password}
            autocomplete="off"
            value={password}
            onValue={setPassword}
          />
        )}
        <button type="submit" class="vh" tabIndex={-1} aria-hidden="true">
          {follow.addAction}
        </button>
      </form>
    </Dialog>
  );
}
