/** Who may open it, how often, until when (M3, M5 to M9). Every choice says what it means; risky ones say what the risk is. */
import { LIMITS } from "@pli/core/wire";
import { LANGUAGE_NAMES, type Language } from "@pli/texts/languages";
import { useEffect } from "preact/hooks";
import { Check, Field } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert } from "../../kit/icons.ts";
import { SealClosed } from "../../kit/Seal.tsx";
import "../shell/choice.css";
import "./panel.css";
import { ChoiceField, EndField, lifeOptions, NotifyField, OpeningsField } from "../form/choices.tsx";
import { fromLocalInput, fullDateTime, toLocalInput } from "../format.ts";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { me } from "../session.ts";
import { loadSmsFacts, smsFacts } from "../sms/facts.ts";
import { SmsPart } from "../sms/SmsPart.tsx";
import { type Draft, defaultProtection, expiryOf, openingsOf, type Protection } from "./draft.ts";
import { isFixed, mustHavePassword, obey, openingsRule, whyFixed } from "./obey.ts";
import type { PasswordPartProps } from "./PasswordPart.tsx";
import { ProtectPart } from "./ProtectPart.tsx";

const PasswordPart = lazy<PasswordPartProps>(async () => (await import("./PasswordPart.tsx")).PasswordPart);

const DELIVERIES = ["mail", "sms", "link"] as const;

export interface PanelErrors {
  password?: string | undefined;
  again?: string | undefined;
  numbers?: string | undefined;
  openings?: string | undefined;
  expiry?: string | undefined;
}

export function ProtectionPanel({ draft, errors }: { draft: Draft; errors: PanelErrors }) {
  const { compose, shell } = words();
  const { protection } = draft;
  const present = protection.value;
  const change = (next: Partial<Protection>) => {
    protection.value = obey({ ...protection.value, ...next });
    draft.touch();
  };
  const { policies: rules } = me();
  const openings = openingsOf(present);
  const endsAtMs = expiryOf(present, Date.now());
  const risky = openings > 1 && !present.password.on && !present.smsCode;
  useEffect(() => {
    void loadSmsFacts().then(() => {
      const { smsCode, ...rest } = protection.peek();
      // a new message begins as the organisation wants, once it is known that SMS can be sent
      const begins = draft.savedAtMs.peek() === 0 && defaultProtection().smsCode;
      protection.value = obey({ ...rest, smsCode: smsCode || begins });
    });
  }, []);
  const { deliverySms, deliveryLink } = rules;
  const deliveries = DELIVERIES.filter(
    (delivery) =>
      delivery === present.delivery ||
      delivery === "mail" ||
      (delivery === "link" ? deliveryLink.value : deliverySms.value && smsFacts.value?.sms === true),
  );
  const labels = { mail: compose.deliveryMail, sms: compose.deliverySms, link: compose.deliveryLink };
  const notes = { mail: compose.deliveryMailNote, sms: compose.deliverySmsNote, link: compose.deliveryLinkNote };
  return (
    <aside class="card compose__side" aria-labelledby="protection-title">
      <div class="panel__part panel__part--first">
        <h2 class="title--s row">
          <SealClosed small />
          <span id="protection-title">{compose.protection}</span>
        </h2>
        <fieldset class="stack stack--s">
          <legend class="vh">{compose.delivery}</legend>
          <div class="choice">
            {deliveries.map((delivery) => (
              <label key={delivery}>
                <input
                  type="radio"
                  name="delivery"
                  checked={present.delivery === delivery}
                  onChange={() => change({ delivery })}
                />
                {labels[delivery]}
              </label>
            ))}
          </div>
          <p class="meta">{notes[present.delivery]}</p>
        </fieldset>
      </div>
      <ProtectPart present={present} onChange={change} />
      <div class="panel__part">
        <Check
          label={compose.password}
          note={present.delivery === "link" ? compose.passwordNoteLink : compose.passwordNote}
          checked={present.password.on}
          disabled={mustHavePassword(rules)}
          onChange={(event) => change({ password: { ...present.password, on: event.currentTarget.checked } })}
        />
        {mustHavePassword(rules) && <p class="meta">{whyFixed(true)}</p>}
        {present.password.on ? (
          <PasswordPart draft={draft} errors={errors} onChange={change} />
        ) : (
          errors.password && <p class="field__error">{errors.password}</p>
        )}
      </div>
      <SmsPart present={present} draft={draft} error={errors.numbers} onChange={change} />
      <div class="panel__part">
        <div class="pair">
          <OpeningsField
            label={compose.openings}
            disabled={isFixed(openingsRule(present))}
            hint={whyFixed(isFixed(openingsRule(present)))}
            value={openings}
            error={errors.openings}
            onOpenings={(next) => change({ openings: next })}
          />
          <ChoiceField<number | "date">
            label={compose.expires}
            disabled={rules.expiryHours.locked}
            hint={whyFixed(rules.expiryHours.locked)}
            options={[
              ...lifeOptions("hours" in present.expiry ? [present.expiry.hours] : []).filter(
                ({ value }) => value <= rules.expiryMostHours.value,
              ),
              { value: "date", text: compose.expiryDate },
            ]}
            value={"hours" in present.expiry ? present.expiry.hours : "date"}
            onChoice={(hours) => change({ expiry: hours === "date" ? { atMs: defaultDate() } : { hours } })}
          />
        </div>
        {"atMs" in present.expiry && (
          <EndField atMs={present.expiry.atMs} error={errors.expiry} onEnd={(atMs) => change({ expiry: { atMs } })} />
        )}
        {risky ? (
          <p class="risk">
            <Icon of={alert} small />
            <span>
              <b>{compose.openingsRisk}.</b> {compose.openingsRiskText}
            </span>
          </p>
        ) : (
          <p class="meta">{compose.openingsHint}</p>
        )}
        {!Number.isNaN(endsAtMs) && openings > 0 && (
          <p class="meta">{compose.ends({ count: openings, date: fullDateTime(endsAtMs) })}</p>
        )}
      </div>
      <div class="panel__part">
        <ChoiceField<Language | "theirs">
          label={compose.theirLanguage}
          disabled={rules.recipientLanguage.locked}
          hint={whyFixed(rules.recipientLanguage.locked)}
          options={[
            {
              value: "theirs",
              text: compose.languageTheirs({ language: LANGUAGE_NAMES[me().defaults.recipientLanguage] }),
            },
            ...rules.recipientLanguages.value.map((one) => ({ value: one, text: LANGUAGE_NAMES[one], lang: one })),
          ]}
          value={present.isTheirLanguage ? "theirs" : present.language}
          onChoice={(language) =>
            change(
              language === "theirs"
                ? { isTheirLanguage: true, language: me().defaults.recipientLanguage }
                : { isTheirLanguage: false, language },
            )
          }
        />
        <NotifyField
          label={compose.tellMe}
          disabled={rules.notify.locked}
          hint={whyFixed(rules.notify.locked)}
          value={present.notify}
          onChoice={(notify) => change({ notify })}
        />
        <Field
          label={compose.reference}
          optional={shell.optional}
          hint={compose.referenceHint}
          maxlength={LIMITS.referenceCharacters}
          value={present.reference}
          onInput={(event) => change({ reference: event.currentTarget.value })}
        />
      </div>
      <details class="panel__part sees">
        <summary>{compose.seesTitle}</summary>
        <ul>
          <li>{present.protect === "attachments" ? compose.protectClearText : compose.seesSealed}</li>
          <li>{compose.seesEachOther}</li>
          <li>{compose.seesServer}</li>
        </ul>
      </details>
    </aside>
  );
}

/** A week from now, at six in the evening. */
function defaultDate(): number {
  const day = toLocalInput(Date.now() + 7 * 86_400_000).slice(0, 10);
  return fromLocalInput(`${day}T18:00`);
}
