/** One more person for a sent message, or another address instead of a wrong one: a new grant under a link of its own (M21). */
import { type Envelope, type GrantStatus, LIMITS } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Field } from "../../kit/Field.tsx";
import { isAddress, nameOf } from "../compose/addresses.ts";
import { AskDialog } from "../form/AskDialog.tsx";
import { useAttempt } from "../form/attempt.ts";
import { OpeningsField, openingsFault } from "../form/choices.tsx";
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
  const { busy, attempt } = useAttempt();
  const needsPassword = like?.hasPassword ?? false;
  const same = instead !== undefined && address.trim() === instead.recipient.address;
  const errors = {
    address: isAddress(address.trim()) && !same ? undefined : entry.addressWrong,
    openings: openingsFault(openings),
    password: needsPassword && password === "" ? compose.passwordMissing : undefined,
  };
  const save = () => {
    setTried(true);
    if (errors.address || errors.openings || errors.password) return;
    void attempt(async () => {
      const link = await actions.addPerson(
        {
          person: { address: address.trim(), ...(name.trim() && { name: name.trim() }) },
          type: instead?.recipient.type ?? "to",
          openings,
          // without a number the link can only be mailed
          delivery: like?.delivery === "sms" && !instead?.recipient.mobile ? "mail" : (like?.delivery ?? "mail"),
          ...(needsPassword && { password }),
        },
        instead,
      );
      if (link) onClose();
    });
  };
  return (
    <AskDialog
      title={instead ? follow.correctTitle({ name: nameOf(instead.recipient) }) : follow.addTitle}
      lead={instead ? follow.correctLead : follow.addLead}
      action={instead ? follow.correctAction : follow.addAction}
      busy={busy}
      onAct={save}
      onClose={onClose}
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
      <OpeningsField
        label={follow.openingsField}
        value={openings}
        error={tried && errors.openings}
        onOpenings={setOpenings}
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
    </AskDialog>
  );
}
