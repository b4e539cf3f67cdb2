/** One contact: made, changed, shared or taken back. What somebody else shares is shown and not changed. */
import { changeContact, createContact } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { type Contact, type ContactCreation, type Language, LIMITS } from "@pli/core/wire";
import { LANGUAGE_NAMES, LANGUAGES } from "@pli/texts/languages";
import { useId, useRef, useState } from "preact/hooks";
import { Banner } from "../../kit/Banner.tsx";
import { Check, describedBy, Field, FieldFrame } from "../../kit/Field.tsx";
import "../shell/choice.css";
import { server } from "../api.ts";
import { isAddress } from "../compose/addresses.ts";
import { AskDialog } from "../form/AskDialog.tsx";
import { useAttempt } from "../form/attempt.ts";
import { ChoiceField } from "../form/choices.tsx";
import { words } from "../language.ts";
import { contactWords } from "./contacts-words.ts";
import { homeCountry } from "./home-country.ts";

export const nameOf = ({ name, addresses }: Pick<Contact, "name" | "addresses">): string => name ?? addresses[0] ?? "";

export function ContactDialog({
  contact,
  onClose,
  onSaved,
}: {
  contact: Contact | null;
  onClose: () => void;
  onSaved: (contact: Contact) => void;
}) {
  const t = contactWords.words();
  const { shell } = words();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  // the order fails or not: trying again must not make two
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [name, setName] = useState(contact?.name ?? "");
  const [addresses, setAddresses] = useState(contact?.addresses.join("\n") ?? "");
  const [mobile, setMobile] = useState(contact?.mobile ?? "");
  const [language, setLanguage] = useState<Language | "">(contact?.language ?? "");
  const [company, setCompany] = useState(contact?.company ?? "");
  const [note, setNote] = useState(contact?.note ?? "");
  const [shared, setShared] = useState(contact?.shared ?? false);
  const [faults, setFaults] = useState<{ addresses?: string | undefined; mobile?: string | undefined }>({});
  const { busy, error, attempt } = useAttempt();
  const editable = contact?.editable ?? true;
  const code = error instanceof PliError ? error.code : undefined;
  const isChanged = code === "conflict" && error instanceof PliError && error.details.state === "changed";

  const save = () =>
    attempt(async () => {
      const list = addresses
        .split(/[\n,;]+/)
        .map((one) => one.trim())
        .filter((one) => one !== "");
      const { parseMobile } = await import("@pli/client/numbers");
      const number = mobile.trim() === "" ? undefined : parseMobile(mobile, homeCountry())?.number;
      const found = {
        addresses: addressFault(list),
        mobile: mobile.trim() !== "" && number === undefined ? t.mobileBad : undefined,
      };
      setFaults(found);
      if (found.addresses || found.mobile) {
        queueMicrotask(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
        return;
      }
      const content: ContactCreation = {
        addresses: list,
        ...(name.trim() && { name: name.trim() }),
        ...(number && { mobile: number }),
        ...(language && { language }),
        ...(company.trim() && { company: company.trim() }),
        ...(note.trim() && { note: note.trim() }),
        shared,
      };
      onSaved(
        contact
          ? await changeContact(server, contact.contactId, { ...content, version: contact.version })
          : await createContact(server, content, idempotencyKey),
      );
    });
  const addressError = faults.addresses ?? (code === "already_exists" ? t.exists : undefined);
  return (
    <AskDialog
      title={contact ? t.editTitle({ name: nameOf(contact) }) : t.newTitle}
      action={t.save}
      busy={busy}
      disabled={!editable}
      error={code === "already_exists" || isChanged ? undefined : error}
      formRef={form}
      onAct={save}
      onClose={onClose}
    >
      {!editable && <Banner kind="info" title={t.readOnly} />}
      {isChanged && <Banner kind="warn" title={t.changed} live />}
      <fieldset class="stack plain" disabled={!editable}>
        <legend class="vh">{t.newTitle}</legend>
        <Field
          label={t.name}
          optional={shell.optional}
          maxlength={LIMITS.nameCharacters}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <FieldFrame id={id} label={t.addresses} hint={t.addressesHint} error={addressError}>
          <textarea
            class="input contact-lines"
            id={id}
            rows={2}
            inputmode="email"
            autocapitalize="off"
            spellcheck={false}
            value={addresses}
            aria-invalid={addressError ? "true" : undefined}
            aria-describedby={describedBy(id, t.addressesHint, addressError)}
            onInput={(event) => setAddresses(event.currentTarget.value)}
          />
        </FieldFrame>
        <Field
          label={t.mobile}
          optional={shell.optional}
          hint={t.mobileHint}
          error={faults.mobile}
          type="tel"
          maxlength={30}
          value={mobile}
          onInput={(event) => setMobile(event.currentTarget.value)}
        />
        <div class="pair">
          <ChoiceField<Language | "">
            label={t.language}
            options={[
              { value: "", text: t.languageNone },
              ...LANGUAGES.map((one) => ({ value: one, text: LANGUAGE_NAMES[one], lang: one })),
            ]}
            value={language}
            onChoice={setLanguage}
          />
          <Field
            label={t.company}
            optional={shell.optional}
            maxlength={LIMITS.companyCharacters}
            value={company}
            onInput={(event) => setCompany(event.currentTarget.value)}
          />
        </div>
        <FieldFrame id={`${id}n`} label={t.note}>
          <textarea
            class="input contact-lines"
            id={`${id}n`}
            rows={2}
            maxlength={LIMITS.noteCharacters}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </FieldFrame>
        <Check
          label={t.share}
          note={t.shareNote}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      </fieldset>
    </AskDialog>
  );
}

function addressFault(list: readonly string[]): string | undefined {
  const t = contactWords.words();
  const bad = list.find((one) => !isAddress(one));
  if (list.length === 0) return t.addressesMissing;
  if (bad !== undefined) return t.addressBad({ text: bad });
  return list.length > LIMITS.addressesPerContact ? t.addressesMany({ limit: LIMITS.addressesPerContact }) : undefined;
}
