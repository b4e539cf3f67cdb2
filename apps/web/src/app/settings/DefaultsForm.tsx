/** What a new message begins with. */
import { LIMITS, type MessageDefaults } from "@pli/core/wire";
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from "@pli/texts/languages";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Field, FieldFrame } from "../../kit/Field.tsx";
import { expiryLabel } from "../compose/ProtectionPanel.tsx";
import { words } from "../language.ts";
import { sayProblem } from "../problem.tsx";
import { me, saveAccount } from "../session.ts";
import { say } from "../toasts.tsx";

const EXPIRIES_HOURS: readonly number[] = [1, 24, 72, 168, 336, 720];

export function DefaultsForm() {
  const { settings, compose } = words();
  const [values, setValues] = useState<MessageDefaults>(me().defaults);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<MessageDefaults>) => setValues({ ...values, ...change });
  const bad = (openings: number) =>
    openings >= LIMITS.openingsMin && openings <= LIMITS.openingsMax
      ? undefined
      : compose.openingsBad({ max: LIMITS.openingsMax });
  const save = async () => {
    setTried(true);
    if (bad(values.openings) || bad(values.openingsWithFactor)) return;
    setBusy(true);
    try {
      await saveAccount({ defaults: values });
      say(settings.saved);
    } catch (error) {
      sayProblem(error);
    }
    setBusy(false);
  };
  const openings = (label: string, value: number, take: (openings: number) => void) => (
    <Field
      label={label}
      type="number"
      inputmode="numeric"
      min={LIMITS.openingsMin}
      max={LIMITS.openingsMax}
      value={Number.isNaN(value) ? "" : value}
      error={tried && bad(value)}
      onInput={(event) => take(event.currentTarget.valueAsNumber)}
    />
  );
  return (
    <section class="card" aria-labelledby="defaults-title">
      <div class="card__head">
        <h2 class="title--s" id="defaults-title">
          {settings.defaults}
        </h2>
        <p class="meta">{settings.defaultsLead}</p>
      </div>
      <form
        class="card__in"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div class="pair">
          {openings(settings.openings, values.openings, (next) => set({ openings: next }))}
          {openings(settings.openingsWithFactor, values.openingsWithFactor, (next) =>
            set({ openingsWithFactor: next }),
          )}
        </div>
        <div class="pair">
          <FieldFrame id="default-expiry" label={settings.expiry}>
            <select
              class="select"
              id="default-expiry"
              value={String(values.expiryHours)}
              onChange={(event) => set({ expiryHours: Number(event.currentTarget.value) })}
            >
              {[...new Set([...EXPIRIES_HOURS, values.expiryHours])]
                .sort((a, b) => a - b)
                .map((hours) => (
                  <option key={hours} value={String(hours)}>
                    {expiryLabel(hours)}
                  </option>
                ))}
            </select>
          </FieldFrame>
          <FieldFrame id="default-notify" label={settings.notify}>
            <select
              class="select"
              id="default-notify"
              value={values.notify}
              onChange={(event) => set({ notify: event.currentTarget.value as MessageDefaults["notify"] })}
            >
              {(["first", "each", "never"] as const).map((notify) => (
                <option key={notify} value={notify}>
                  {compose.notify[notify]}
                </option>
              ))}
            </select>
          </FieldFrame>
        </div>
        <FieldFrame id="default-language" label={settings.recipientLanguage}>
          <select
            class="select"
            id="default-language"
            value={values.recipientLanguage}
            onChange={(event) => {
              const next = event.currentTarget.value;
              if (isLanguage(next)) set({ recipientLanguage: next });
            }}
          >
            {LANGUAGES.map((one) => (
              <option key={one} value={one} lang={one}>
                {LANGUAGE_NAMES[one]}
              </option>
            ))}
          </select>
        </FieldFrame>
        <p>
          <Button kind="primary" type="submit" busy={busy}>
            {settings.save}
          </Button>
        </p>
      </form>
    </section>
  );
}
