/** Who may open it, how often, until when (M3, M5 to M9). Every choice says what it means; risky ones say what the risk is. */
import { LIMITS } from "@pli/core/wire";
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from "@pli/texts/languages";
import { Check, Field, FieldFrame } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert } from "../../kit/icons.ts";
import { SealClosed } from "../../kit/Seal.tsx";
import "../shell/choice.css";
import { fromLocalInput, fullDateTime, toLocalInput } from "../format.ts";
import { words } from "../language.ts";
import { me } from "../session.ts";
import { type Draft, expiryOf, openingsOf, type Protection } from "./draft.ts";
import { PasswordPart } from "./PasswordPart.tsx";

const PRESETS_HOURS: readonly number[] = [1, 24, 72, 168, 336, 720];

export function expiryLabel(hours: number): string {
  const { compose } = words();
  return hours % 24 === 0 && hours > 24 ? compose.expiryDays({ days: hours / 24 }) : compose.expiryHours({ hours });
}

export interface PanelErrors {
  password?: string | undefined;
  again?: string | undefined;
  openings?: string | undefined;
  expiry?: string | undefined;
}

export function ProtectionPanel({ draft, errors }: { draft: Draft; errors: PanelErrors }) {
  const { compose, shell } = words();
  const { protection } = draft;
  const present = protection.value;
  const change = (next: Partial<Protection>) => {
    protection.value = { ...protection.value, ...next };
    draft.touch();
  };
  const openings = openingsOf(present);
  const endsAtMs = expiryOf(present, Date.now());
  const risky = openings > 1 && !present.password.on;
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
            {(["mail", "link"] as const).map((delivery) => (
              <label key={delivery}>
                <input
                  type="radio"
                  name="delivery"
                  checked={present.delivery === delivery}
                  onChange={() => change({ delivery })}
                />
                {delivery === "mail" ? compose.deliveryMail : compose.deliveryLink}
              </label>
            ))}
          </div>
          <p class="meta">{present.delivery === "mail" ? compose.deliveryMailNote : compose.deliveryLinkNote}</p>
        </fieldset>
      </div>
      <div class="panel__part">
        <Check
          label={compose.password}
          note={present.delivery === "mail" ? compose.passwordNote : compose.passwordNoteLink}
          checked={present.password.on}
          onChange={(event) => change({ password: { ...present.password, on: event.currentTarget.checked } })}
        />
        {present.password.on && <PasswordPart draft={draft} errors={errors} onChange={change} />}
      </div>
      <div class="panel__part">
        <div class="pair">
          <Field
            label={compose.openings}
            type="number"
            inputmode="numeric"
            min={LIMITS.openingsMin}
            max={LIMITS.openingsMax}
            value={openings}
            error={errors.openings}
            onInput={(event) => {
              const typed = event.currentTarget.valueAsNumber;
              change({ openings: Number.isNaN(typed) ? 0 : Math.trunc(typed) });
            }}
          />
          <FieldFrame id="expires" label={compose.expires}>
            <select
              class="select"
              id="expires"
              value={"atMs" in present.expiry ? "date" : String(present.expiry.hours)}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                change({
                  expiry: chosen === "date" ? { atMs: defaultDate() } : { hours: Number(chosen) },
                });
              }}
            >
              {expiryChoices(present).map((hours) => (
                <option key={hours} value={String(hours)}>
                  {expiryLabel(hours)}
                </option>
              ))}
              <option value="date">{compose.expiryDate}</option>
            </select>
          </FieldFrame>
        </div>
        {"atMs" in present.expiry && (
          <Field
            // a kind of input that Field does not name: the browser draws its own calendar
            {...{ type: "datetime-local" as "text" }}
            label={compose.expiryAt}
            min={toLocalInput(Date.now() + LIMITS.expiryMinHours * 3_600_000)}
            max={toLocalInput(Date.now() + LIMITS.expiryMaxHours * 3_600_000)}
            value={toLocalInput(present.expiry.atMs)}
            error={errors.expiry}
            onChange={(event) => change({ expiry: { atMs: fromLocalInput(event.currentTarget.value) } })}
          />
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
        <div class="pair">
          <FieldFrame id="their-language" label={compose.theirLanguage}>
            <select
              class="select"
              id="their-language"
              value={present.language}
              onChange={(event) => {
                const language = event.currentTarget.value;
                if (isLanguage(language)) change({ language });
              }}
            >
              {LANGUAGES.map((one) => (
                <option key={one} value={one} lang={one}>
                  {LANGUAGE_NAMES[one]}
                </option>
              ))}
            </select>
          </FieldFrame>
          <FieldFrame id="tell-me" label={compose.tellMe}>
            <select
              class="select"
              id="tell-me"
              value={present.notify}
              onChange={(event) => change({ notify: event.currentTarget.value as Protection["notify"] })}
            >
              {(["first", "each", "never"] as const).map((notify) => (
                <option key={notify} value={notify}>
                  {compose.notify[notify]}
                </option>
              ))}
            </select>
          </FieldFrame>
        </div>
        <Field
          label={compose.reference}
          optional={shell.optional}
          hint={compose.referenceHint}
          maxlength={LIMITS.referenceCharacters}
          value={present.reference}
          onInput={(event) => change({ reference: event.currentTarget.value })}
        />
      </div>
    </aside>
  );
}

function expiryChoices(present: Protection): number[] {
  const own = "hours" in present.expiry ? [present.expiry.hours] : [];
  return [...new Set([...PRESETS_HOURS, me().defaults.expiryHours, ...own])].sort((a, b) => a - b);
}

/** A week from now, at six in the evening. */
function defaultDate(): number {
  const day = toLocalInput(Date.now() + 7 * 86_400_000).slice(0, 10);
  return fromLocalInput(`${day}T18:00`);
}
