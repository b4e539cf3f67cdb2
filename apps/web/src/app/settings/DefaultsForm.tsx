/** What a new message begins with. */
import type { MessageDefaults, Protect } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { whyFixed } from "../compose/obey.ts";
import {
  ChoiceField,
  LanguageField,
  lifeOptions,
  NotifyField,
  OpeningsField,
  openingsFault,
} from "../form/choices.tsx";
import { words } from "../language.ts";
import { me, saveAccount } from "../session.ts";
import { SavingPart } from "./Part.tsx";

export function DefaultsForm() {
  const { settings, compose } = words();
  const [values, setValues] = useState<MessageDefaults>(me().defaults);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<MessageDefaults>) => setValues({ ...values, ...change });
  const save = () => {
    setTried(true);
    const wrong = openingsFault(values.openings) || openingsFault(values.openingsWithFactor);
    return wrong ? false : saveAccount({ defaults: values });
  };
  const { policies } = me();
  /** What the organisation settled is shown, and stays. */
  const fixed = (name: keyof MessageDefaults) => ({
    disabled: policies[name].locked,
    hint: whyFixed(policies[name].locked),
  });
  const openings = (name: "openings" | "openingsWithFactor") => (
    <OpeningsField
      label={settings[name]}
      {...fixed(name)}
      value={values[name]}
      error={tried && openingsFault(values[name])}
      onOpenings={(next) => set({ [name]: next })}
    />
  );
  return (
    <SavingPart name="defaults" title={settings.defaults} lead={settings.defaultsLead} save={save}>
      <div class="pair">
        {openings("openings")}
        {openings("openingsWithFactor")}
      </div>
      <div class="pair">
        <ChoiceField
          label={settings.expiry}
          {...fixed("expiryHours")}
          options={lifeOptions([values.expiryHours]).filter(({ value }) => value <= policies.expiryMostHours.value)}
          value={values.expiryHours}
          onChoice={(expiryHours) => set({ expiryHours })}
        />
        <NotifyField
          label={settings.notify}
          {...fixed("notify")}
          value={values.notify}
          onChoice={(notify) => set({ notify })}
        />
      </div>
      <ChoiceField<Protect>
        label={compose.protectWhat}
        {...fixed("protect")}
        options={[
          { value: "message", text: compose.protectMessage },
          { value: "attachments", text: compose.protectAttachments },
        ]}
        value={values.protect}
        onChoice={(protect) => set({ protect })}
      />
      <LanguageField
        label={settings.recipientLanguage}
        {...fixed("recipientLanguage")}
        among={policies.recipientLanguages.value}
        value={values.recipientLanguage}
        onChoice={(recipientLanguage) => set({ recipientLanguage })}
      />
    </SavingPart>
  );
}
