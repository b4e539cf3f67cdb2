/** One more person for a sent message, or another address instead of a wrong one: a new grant under a link of its own (M21). */
import { type Envelope, type GrantStatus, LIMITS } from "@pli/core/wire";
import { useEffect, useState } from "preact/hooks";
import { Check, Field } from "../../kit/Field.tsx";
import { isAddress, nameOf } from "../compose/addresses.ts";
import { mustHaveSms, whyFixed } from "../compose/obey.ts";
import { AskDialog } from "../form/AskDialog.tsx";
import { useAttempt } from "../form/attempt.ts";
import { OpeningsField, openingsFault } from "../form/choices.tsx";
import { SecretField } from "../keys/SecretField.tsx";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { me } from "../session.ts";
import { loadSmsFacts, smsFacts } from "../sms/facts.ts";
import type { MobileFieldProps } from "../sms/MobileField.tsx";
import { smsWords } from "../sms/sms-words.ts";
import type { Actions } from "./actions.ts";

// libphonenumber is heavy: it comes when a number is asked for
const MobileField = lazy<MobileFieldProps>(async () => {
  const [part] = await Promise.all([import("../sms/MobileField.tsx"), smsWords.load()]);
  return part.MobileField;
});

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
  useEffect(() => void loadSmsFacts(), []);
  const hasSms = smsFacts.value?.sms === true;
  const [typed, setTyped] = useState(instead?.recipient.mobile ?? "");
  const [mobile, setMobile] = useState<string | null>(instead?.recipient.mobile ?? null);
  const [wished, setWished] = useState(like?.smsCode ?? false);
  const fixedCode = hasSms && mustHaveSms(me().policies);
  const smsCode = hasSms && (wished || fixedCode);
  // the link goes as those of the message did
  const delivery = like?.delivery === "sms" && !hasSms ? "mail" : (like?.delivery ?? "mail");
  const needsNumber = smsCode || delivery === "sms";
  const same = instead !== undefined && address.trim() === instead.recipient.address;
  const errors = {
    address: same ? follow.correctSame : isAddress(address.trim()) ? undefined : entry.addressWrong,
    openings: openingsFault(openings),
    password: needsPassword && password === "" ? compose.passwordMissing : undefined,
    number: needsNumber && mobile === null,
  };
  const save = () => {
    setTried(true);
    if (errors.address || errors.openings || errors.password || errors.number) return;
    void attempt(async () => {
      const link = await actions.addPerson(
        {
          person: { address: address.trim(), ...(name.trim() && { name: name.trim() }) },
          type: instead?.recipient.type ?? "to",
          openings,
          delivery,
          smsCode,
          ...(needsNumber && mobile !== null && { mobile }),
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
      {hasSms && (
        <Check
          label={compose.smsCode}
          note={compose.smsCodeNote}
          checked={smsCode}
          disabled={fixedCode}
          onChange={(event) => setWished(event.currentTarget.checked)}
        />
      )}
      {fixedCode && <p class="meta">{whyFixed(true)}</p>}
      {needsNumber && (
        <MobileField
          hinted
          typed={typed}
          missing={tried ? compose.numberMissing : undefined}
          onNumber={(text, number) => {
            setTyped(text);
            setMobile(number);
          }}
        />
      )}
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
