/**
 * People as tokens in a line (M1): typed, completed, pasted as a list. Enter and Tab take who is marked among the proposals, else what is typed, as
 * comma and semicolon do; Backspace in an empty field goes to the last token; arrows move among tokens, Delete removes one. A combobox with a list box (WAI-ARIA 1.2).
 */
import { LIMITS } from "@pli/core/wire";
import type { Signal } from "@preact/signals";
import { useId, useRef, useState } from "preact/hooks";
import { Icon } from "../../kit/Icon.tsx";
import { alert, x } from "../../kit/icons.ts";
import "../../kit/token.css";
import "./line.css";
import { words } from "../language.ts";
import { isAddress, nameOf, type Person, parsePeople, sameAddress } from "./addresses.ts";
import { knownOf, learn, useProposals } from "./people.ts";
import { isSuspicious } from "./suspicion.ts";
import { offerUndo } from "./undo.ts";

export interface RecipientFieldProps {
  id: string;
  label: string;
  people: Signal<readonly Person[]>;
  /** Everybody in all fields: nobody twice. */
  all: () => readonly Person[];
  error?: string | undefined;
  onChange: () => void;
  note?: string;
  autofocus?: boolean;
}

export function RecipientField(props: RecipientFieldProps) {
  const { id, label, people, all, onChange, note } = props;
  const { compose } = words();
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [complaint, setComplaint] = useState<string>();
  const [heard, setHeard] = useState("");
  const [chosen, setChosen] = useState(-1);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const lastBack = useRef<(() => void) | null>(null);
  const found = useProposals(typed, all);
  const proposals = open ? found : [];
  // what is no address yet means the first who is proposed; a whole address means itself
  const meant = chosen >= 0 || parsePeople(typed).people.length > 0 ? chosen : 0;
  const error = complaint ?? props.error;

  function add(found: readonly Person[]): boolean {
    const present = [...all()];
    const fresh: Person[] = [];
    let said: string | undefined;
    for (const person of found) {
      if (present.some((one) => sameAddress(one.address, person.address))) {
        said = compose.already({ name: nameOf(person) });
        continue;
      }
      if (present.length >= LIMITS.recipients) {
        said = compose.tooMany({ limit: LIMITS.recipients });
        break;
      }
      const known = knownOf(person.address);
      const named = person.name || !known?.name ? person : { ...person, name: known.name };
      present.push(named);
      fresh.push(named);
    }
    setComplaint(said);
    if (fresh.length > 0) {
      people.value = [...people.value, ...fresh];
      setHeard(compose.added({ names: fresh.map(nameOf).join(", ") }));
      // asked now, so that the review need not wait; without an answer it asks again
      void learn(fresh).catch(() => undefined);
      onChange();
    }
    return said === undefined;
  }

  /** Takes over what is typed. @returns whether nothing is left */
  function take(text: string): boolean {
    if (text.trim() === "") {
      setTyped("");
      return true;
    }
    const { people: found, rest } = parsePeople(text);
    const fine = add(found);
    setTyped(rest.join(", "));
    setChosen(-1);
    if (rest.length > 0) setComplaint(compose.badAddress({ text: rest[0] ?? "" }));
    return fine && rest.length === 0;
  }

  function choose({ address, name }: Person): void {
    add([{ address, name }]);
    setTyped("");
    setChosen(-1);
    setOpen(false);
    input.current?.focus();
  }

  function remove(person: Person): void {
    const at = people.value.indexOf(person);
    people.value = people.value.filter((one) => one !== person);
    setComplaint(undefined);
    setHeard("");
    onChange();
    input.current?.focus();
    const back = () => {
      if (all().some((one) => sameAddress(one.address, person.address))) return;
      people.value = people.value.toSpliced(at, 0, person);
      onChange();
    };
    lastBack.current = back;
    offerUndo(compose.removed({ name: nameOf(person) }), back);
  }

  const removers = () => [...(line.current?.querySelectorAll<HTMLButtonElement>(".token__x") ?? [])];

  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLInputElement }): void {
    const field = event.currentTarget;
    const atStart = field.selectionStart === 0 && field.selectionEnd === 0;
    const { key } = event;
    if (key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && typed === "" && lastBack.current) {
      event.preventDefault();
      lastBack.current();
      lastBack.current = null;
      return;
    }
    if ((key === "ArrowDown" || key === "ArrowUp") && proposals.length > 0) {
      event.preventDefault();
      const step = key === "ArrowDown" ? 1 : -1;
      const from = proposals[meant] || step > 0 ? meant : 0;
      setChosen((from + step + proposals.length) % proposals.length);
    } else if (key === "Escape" && proposals.length > 0) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    } else if (key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const person = proposals[meant];
      if (person) choose(person);
      else take(typed);
    } else if (key === "Tab" && !event.shiftKey && typed.trim() !== "") {
      const person = proposals[meant];
      if (person) {
        event.preventDefault();
        choose(person);
      } else if (!take(typed)) event.preventDefault();
    } else if ((key === "," || key === ";") && (isAddress(typed.trim()) || /<[^>]*>$/.test(typed.trim()))) {
      event.preventDefault();
      take(typed);
    } else if ((key === "Backspace" || key === "ArrowLeft") && atStart && people.value.length > 0) {
      event.preventDefault();
      removers().at(-1)?.focus();
    }
  }

  function onTokenKeyDown(event: KeyboardEvent, person: Person, at: number): void {
    const { key } = event;
    if (key === "Backspace" || key === "Delete") {
      event.preventDefault();
      remove(person);
      queueMicrotask(() => (removers()[Math.max(0, at - (key === "Backspace" ? 1 : 0))] ?? input.current)?.focus());
    } else if (key === "ArrowLeft") removers()[Math.max(0, at - 1)]?.focus();
    else if (key === "ArrowRight") (removers()[at + 1] ?? input.current)?.focus();
  }

  return (
    <div class="line">
      <label class="line__label" for={id}>
        {label}
      </label>
      <div class="line__in" ref={line}>
        {people.value.length > 0 && (
          <ul class="tokens" aria-label={compose.recipients}>
            {people.value.map((person, at) => {
              const odd = isSuspicious(person.address);
              return (
                <li key={person.address} class={odd ? "token token--warn" : "token"} title={person.address}>
                  {odd && <Icon of={alert} small />}
                  <span class="token__name">
                    {nameOf(person)}
                    {odd && <span class="vh"> {compose.alikeTitle}</span>}
                  </span>
                  <button
                    class="token__x"
                    type="button"
                    aria-label={compose.removePerson({ name: nameOf(person) })}
                    onClick={() => remove(person)}
                    onKeyDown={(event) => onTokenKeyDown(event, person, at)}
                  >
                    <Icon of={x} small />
                  </button>
                </li>
              );
            })}
          </ul>
        )}
        <div class="proposing">
          <input
            class="bare"
            id={id}
            ref={input}
            type="text"
            inputmode="email"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            placeholder={people.value.length === 0 ? compose.placeholder : ""}
            role="combobox"
            aria-expanded={proposals.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={proposals[meant] ? `${listId}-${meant}` : undefined}
            aria-invalid={error ? "true" : undefined}
            aria-describedby={`${id}-error${note ? ` ${id}-note` : ""}`}
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setComplaint(undefined);
              setChosen(-1);
              setOpen(true);
            }}
            onKeyDown={onKeyDown}
            onPaste={(event) => {
              const text = event.clipboardData?.getData("text/plain") ?? "";
              if (!/[\s,;<]/.test(text.trim()) && !isAddress(text.trim())) return;
              event.preventDefault();
              take(`${typed}${text}`);
            }}
            onBlur={() => {
              setOpen(false);
              if (typed.trim() !== "") take(typed);
            }}
          />
          <div
            class="proposals"
            id={listId}
            role="listbox"
            aria-label={compose.suggestions}
            hidden={proposals.length === 0}
          >
            {proposals.map((person, at) => (
              <div
                key={person.address}
                id={`${listId}-${at}`}
                role="option"
                tabIndex={-1}
                aria-selected={at === meant}
                class="proposal"
                // before the field loses the focus and takes what is typed
                onMouseDown={(event) => {
                  event.preventDefault();
                  choose(person);
                }}
              >
                <b>{nameOf(person)}</b>
                {person.name && <span class="meta addr">{person.address}</span>}
                {person.company && <span class="meta">{person.company}</span>}
              </div>
            ))}
          </div>
        </div>
        <p class="vh" role="status">
          {proposals.length > 0 ? compose.suggested({ count: proposals.length }) : heard}
        </p>
        {note && (
          <p class="meta line__note" id={`${id}-note`}>
            {note}
          </p>
        )}
        <div class="line__note" id={`${id}-error`} role="alert">
          {error && (
            <p class="field__error">
              <Icon of={alert} small />
              <span>{error}</span>
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
