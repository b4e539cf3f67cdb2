/** What a new message begins with. */
import type { MessageDefaults } from "@pli/core/wire";
import { useState } from "preact/hooks";
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
  const { settings } = words();
  const [values, setValues] = useState<MessageDefaults>(me().defaults);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<MessageDefaults>) => setValues({ ...values, ...change });
  const save = () => {
    setTried(true);
    const wrong = openingsFault(values.openings) || openingsFault(values.openingsWithFactor);
    return wrong ? false : saveAccount({ defaults: values });
  };
  const openings = (name: "openings" | "openingsWithFactor") => (
    <OpeningsField
      label={settings[name]}
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
          options={lifeOptions([values.expiryHours])}
          value={values.expiryHours}
          onChoice={(expiryHours) => set({ expiryHours })}
        />
        <NotifyField label={settings.notify} value={values.notify} onChoice={(notify) => set({ notify })} />
      </div>
      <LanguageField
        label={settings.recipientLanguage}
        value={values.recipientLanguage}
        onChoice={(recipientLanguage) => set({ recipientLanguage })}
      />
    </SavingPart>
  );
}
