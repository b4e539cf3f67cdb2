/** One rule: its control, what it means, whether members may choose otherwise. Saved when it is changed; said where it was changed. */
import { PliError } from "@pli/core/errors";
import { LIMITS, POLICIES, type PolicyName, type Setting } from "@pli/core/wire";
import type { OrganisationTexts } from "@pli/texts/app/organisation";
import { LANGUAGE_NAMES, type Language } from "@pli/texts/languages";
import { useEffect, useState } from "preact/hooks";
import { Check, Field } from "../../kit/Field.tsx";
import { ChoiceField, lifeOptions, type Option } from "../form/choices.tsx";
import { words } from "../language.ts";
import { problemText } from "../problem.tsx";
import { say } from "../toasts.tsx";
import type { RuleName } from "./groups.ts";
import type { SettingsStore, Wanted } from "./settings-store.ts";

interface RuleProps {
  name: RuleName;
  store: SettingsStore;
  t: OrganisationTexts;
}

export function Rule({ name, store, t }: RuleProps) {
  const { house, saving, failures } = store;
  const coming = saving.value?.name === name ? saving.value.wanted : undefined;
  const chosen: Wanted = coming === undefined ? (house.value.chosen[name] ?? null) : coming;
  const setting: Setting<unknown> = coming ?? house.value.policies[name];
  const { binds } = POLICIES[name];
  const { label } = t.rules[name];
  const [problem, setProblem] = useState<string>();
  const failure = failures.value.get(name);
  const change = async (wanted: Wanted) => {
    const before = store.present(name);
    setProblem(undefined);
    if (!(await store.change(name, wanted))) return;
    const undo = async () => (await store.change(name, before)) && say(t.undone);
    say(t.savedRule({ rule: label }), { label: t.undo, run: () => void undo() });
  };
  const locked = chosen?.locked ?? false;
  const all = house.value.policies.settingsLocked.value;
  const isBusy = coming !== undefined;
  return (
    <fieldset class="rule" aria-label={label} aria-busy={isBusy}>
      <Control
        name={name}
        most={house.value.policies.expiryMostHours.value}
        value={setting.value}
        t={t}
        isOwn={chosen === null}
        error={problem ?? (failure === undefined ? undefined : failureText(t, failure))}
        onValue={(value) => void change(value === null ? null : { value, locked })}
        onProblem={setProblem}
      />
      {binds === "default" && (
        <Check
          label={t.lock}
          note={all ? t.lockedByAll : undefined}
          checked={locked || all}
          disabled={all}
          onChange={(event) => void change({ value: setting.value, locked: event.currentTarget.checked })}
        />
      )}
      <p class="rule__state meta" aria-hidden="true">
        {isBusy && t.saving}
      </p>
    </fieldset>
  );
}

function failureText(t: OrganisationTexts, failure: unknown): string {
  const isMisfit = failure instanceof PliError && failure.code === "bad_input";
  return `${t.failedTitle}. ${isMisfit ? t.doesNotFit : problemText(failure).text}`;
}

interface ControlProps {
  name: RuleName;
  value: unknown;
  /** No expiry beyond this is offered. Hours. */
  most: number;
  /** Nothing is chosen: it is the product's own. */
  isOwn: boolean;
  t: OrganisationTexts;
  error: string | undefined;
  onValue: (value: unknown) => void;
  onProblem: (problem: string | undefined) => void;
}

function Control({ name, value, most, isOwn, t, error, onValue, onProblem }: ControlProps) {
  const { label, text } = t.rules[name];
  const setting = POLICIES[name];
  if (setting.kind === "flag")
    return (
      <>
        <Check
          label={label}
          note={text}
          checked={value === true}
          onChange={(event) => onValue(event.currentTarget.checked)}
        />
        <Fault error={error} />
      </>
    );
  if (setting.kind === "choices")
    return (
      <Several
        label={label}
        text={text}
        error={error}
        of={setting.of}
        chosen={value as readonly Language[]}
        onChosen={(chosen) => (chosen.length === 0 ? onProblem(t.keepOne) : onValue(chosen))}
      />
    );
  if (setting.kind === "count" && setting.most < LIMITS.expiryMaxHours)
    return (
      <NumberField
        label={label}
        hint={text}
        value={value as number}
        error={error}
        least={setting.least}
        most={setting.most}
        onValue={(typed) => onValue(typed)}
        onBad={() => onProblem(t.between(setting))}
      />
    );
  const options = optionsOf(name, value, t, most);
  const choice = isOwn && options.some((one) => one.value === null) ? null : value;
  return (
    <>
      <ChoiceField<unknown> label={label} hint={text} options={options} value={choice} onChoice={onValue} />
      <Fault error={error} />
    </>
  );
}

function Fault({ error }: { error: string | undefined }) {
  return <div role="alert">{error && <p class="field__error">{error}</p>}</div>;
}

function optionsOf(name: PolicyName, value: unknown, t: OrganisationTexts, most: number): readonly Option<unknown>[] {
  const { notify } = words().compose;
  switch (name) {
    case "expiryHours":
      return lifeOptions([value as number]).filter((one) => one.value <= most);
    case "expiryMostHours":
      return lifeOptions([value as number]);
    case "notify":
      return Object.entries(notify).map(([one, said]) => ({ value: one, text: said }));
    case "protect":
    case "factorsWhenBoth":
      return Object.entries(t[name]).map(([one, said]) => ({ value: one, text: said }));
    default:
      return [{ value: null, text: t.ownLanguage }, ...languageOptions()];
  }
}

function languageOptions(): readonly Option<Language>[] {
  return Object.entries(LANGUAGE_NAMES).map(([one, text]) => ({ value: one as Language, text, lang: one }));
}

/** Saved when one leaves it or presses Enter: not at every digit. */
function NumberField(props: {
  label: string;
  hint: string;
  value: number;
  error: string | undefined;
  least: number;
  most: number;
  onValue: (value: number) => void;
  onBad: () => void;
}) {
  const { value, least, most, onValue, onBad } = props;
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  return (
    <Field
      label={props.label}
      hint={props.hint}
      error={props.error}
      type="number"
      inputmode="numeric"
      min={least}
      max={most}
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={() => {
        const number = Number(typed);
        if (!Number.isInteger(number) || typed.trim() === "" || number < least || number > most) onBad();
        else if (number !== value) onValue(number);
      }}
    />
  );
}

function Several(props: {
  label: string;
  text: string;
  error: string | undefined;
  of: readonly Language[];
  chosen: readonly Language[];
  onChosen: (chosen: readonly Language[]) => void;
}) {
  const { of, chosen, onChosen } = props;
  return (
    <fieldset class="stack stack--s">
      <legend class="field__label">{props.label}</legend>
      <p class="field__hint">{props.text}</p>
      <div class="rule__several">
        {of.map((one) => (
          <Check
            key={one}
            label={<span lang={one}>{LANGUAGE_NAMES[one]}</span>}
            checked={chosen.includes(one)}
            onChange={(event) => {
              const next = of.filter((other) => (other === one ? event.currentTarget.checked : chosen.includes(other)));
              // the last one stays: the box says what is so, not what was tried
              if (next.length === 0) event.currentTarget.checked = true;
              onChosen(next);
            }}
          />
        ))}
      </div>
      <Fault error={props.error} />
    </fieldset>
  );
}
