/** Choices that several forms offer, each drawn and worded in one place: language, news, how long, how often, until when. */
import { LIMITS, type NotifyMe } from "@pli/core/wire";
import { LANGUAGE_NAMES, LANGUAGES, type Language } from "@pli/texts/languages";
import { useId } from "preact/hooks";
import { describedBy, Field, FieldFrame } from "../../kit/Field.tsx";
import { fromLocalInput, toLocalInput } from "../format.ts";
import { words } from "../language.ts";
import { me } from "../session.ts";

export interface Option<T> {
  readonly value: T;
  readonly text: string;
  /** Of the text, where it is not the page's. */
  readonly lang?: string;
}

interface ChoiceProps<T> {
  label: string;
  hint?: string | undefined;
  disabled?: boolean;
  value: T;
  onChoice: (value: T) => void;
}

/** One of a list, by the browser's own control. */
export function ChoiceField<T>({
  label,
  hint,
  disabled,
  options,
  value,
  onChoice,
}: ChoiceProps<T> & { options: readonly Option<T>[] }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint}>
      <select
        class="select"
        id={id}
        value={String(value)}
        disabled={disabled}
        aria-describedby={describedBy(id, hint, undefined)}
        onChange={(event) => {
          const chosen = options[event.currentTarget.selectedIndex];
          if (chosen) onChoice(chosen.value);
        }}
      >
        {options.map((one) => (
          <option key={String(one.value)} value={String(one.value)} lang={one.lang}>
            {one.text}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** @param among the languages to choose from; all of them when left out */
export function LanguageField({
  among = LANGUAGES,
  ...props
}: ChoiceProps<Language> & { among?: readonly Language[] | undefined }) {
  return (
    <ChoiceField {...props} options={among.map((one) => ({ value: one, text: LANGUAGE_NAMES[one], lang: one }))} />
  );
}

const NOTIFY: readonly NotifyMe[] = ["first", "each", "never"];

/** When the sender hears of openings. */
export function NotifyField(props: ChoiceProps<NotifyMe>) {
  const { notify } = words().compose;
  return <ChoiceField {...props} options={NOTIFY.map((one) => ({ value: one, text: notify[one] }))} />;
}

const LIVES_HOURS: readonly number[] = [1, 24, 72, 168, 336, 720];

/** How long a message lives: the usual lives, one's own default, and `own`. */
export function lifeOptions(own: readonly number[] = []): readonly Option<number>[] {
  const { compose } = words();
  return [...new Set([...LIVES_HOURS, me().defaults.expiryHours, ...own])]
    .sort((a, b) => a - b)
    .map((hours) => ({
      value: hours,
      text: hours % 24 === 0 && hours > 24 ? compose.expiryDays({ days: hours / 24 }) : compose.expiryHours({ hours }),
    }));
}

const HOUR_MS = 3_600_000;
/** Between the choice and the server's look at it. */
const SLACK_MS = 60_000;

/** A moment at which a message ends. The browser draws its own calendar. */
export function EndField({
  atMs,
  error,
  onEnd,
}: {
  atMs: number;
  error?: string | undefined;
  onEnd: (atMs: number) => void;
}) {
  return (
    <Field
      // a kind of input that Field does not name
      {...{ type: "datetime-local" as "text" }}
      label={words().compose.expiryAt}
      min={toLocalInput(Date.now() + LIMITS.expiryMinHours * HOUR_MS)}
      max={toLocalInput(Date.now() + LIMITS.expiryMaxHours * HOUR_MS)}
      value={Number.isNaN(atMs) ? "" : toLocalInput(atMs)}
      error={error}
      onChange={(event) => onEnd(fromLocalInput(event.currentTarget.value))}
    />
  );
}

/** What is wrong with such a moment. */
export function endFault(atMs: number): string | undefined {
  const aheadMs = atMs - Date.now();
  const inTime =
    aheadMs >= LIMITS.expiryMinHours * HOUR_MS - SLACK_MS && aheadMs <= LIMITS.expiryMaxHours * HOUR_MS + SLACK_MS;
  return inTime ? undefined : words().compose.expiryBad;
}

interface OpeningsFieldProps {
  label: string;
  hint?: string | undefined;
  disabled?: boolean;
  /** NaN: nothing typed. */
  value: number;
  error?: string | false | undefined;
  onOpenings: (openings: number) => void;
}

/** How often a message may be opened. */
export function OpeningsField({ value, onOpenings, ...field }: OpeningsFieldProps) {
  return (
    <Field
      {...field}
      type="number"
      inputmode="numeric"
      min={LIMITS.openingsMin}
      max={LIMITS.openingsMax}
      value={Number.isNaN(value) ? "" : value}
      onInput={(event) => onOpenings(Math.trunc(event.currentTarget.valueAsNumber))}
    />
  );
}

/** What is wrong with such a number. */
export function openingsFault(openings: number): string | undefined {
  const fits = openings >= LIMITS.openingsMin && openings <= LIMITS.openingsMax;
  return fits ? undefined : words().compose.openingsBad({ max: LIMITS.openingsMax });
}
