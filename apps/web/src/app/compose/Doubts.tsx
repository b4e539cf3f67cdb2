/** The questions about one person before sending (M10): each names the address and what is odd about it, and has its way out beside the answer. */
import { Button } from "../../kit/Button.tsx";
import "./summary.css";
import { Check } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert } from "../../kit/icons.ts";
import { words } from "../language.ts";
import { nameOf, type Person } from "./addresses.ts";
import { differences } from "./look-alike.ts";
import type { Doubt } from "./review.ts";
import { reviewWords } from "./review-words.ts";

export interface DoubtsProps {
  person: Person;
  doubts: readonly Doubt[];
  right: boolean;
  onUse: (address: string, name: string | undefined) => void;
  onRemove: () => void;
  onRight: (yes: boolean) => void;
}

export function Doubts({ person, doubts, right, onUse, onRemove, onRight }: DoubtsProps) {
  const { compose, shell } = words();
  const fix = doubts.map(knownInstead).find((one) => one !== null);
  return (
    <div class="stack stack--s">
      {doubts.map((doubt) => (
        <div key={doubt.kind} class="stack stack--s">
          <p class="row row--nowrap">
            <Icon of={alert} />
            <b>{titleOf(doubt)}</b>
          </p>
          {doubt.kind === "alike" && <Alike address={person.address} doubt={doubt} />}
          <p class="small">{textOf(doubt)}</p>
        </div>
      ))}
      {!right && (
        <div class="row">
          {fix && (
            <Button size="small" onClick={() => onUse(fix.address, fix.name)}>
              {compose.alikeUse}
            </Button>
          )}
          <Button kind="quiet" size="small" onClick={onRemove}>
            {shell.remove}
            <span class="vh"> {nameOf(person)}</span>
          </Button>
        </div>
      )}
      <Check label={compose.alikeRight} checked={right} onChange={(event) => onRight(event.currentTarget.checked)} />
    </div>
  );
}

function knownInstead(doubt: Doubt): { address: string; name?: string | undefined } | null {
  if (doubt.kind === "alike") return { address: doubt.like };
  return doubt.kind === "renamed" ? { address: doubt.known.address, name: doubt.known.name } : null;
}

function titleOf(doubt: Doubt): string {
  const { compose } = words();
  const { titles } = reviewWords.words();
  return doubt.kind === "alike" ? compose.alikeTitle : titles[doubt.kind];
}

function textOf(doubt: Doubt): string {
  const t = reviewWords.words();
  if (doubt.kind === "alike") return words().compose.alikeText;
  if (doubt.kind === "renamed") return t.renamedText({ address: doubt.known.address });
  if (doubt.kind === "stray") return t.strayText({ domain: doubt.domain, others: doubt.others });
  return doubt.kind === "letters" ? t.lettersText : t.newText;
}

function Alike({ address, doubt }: { address: string; doubt: Extract<Doubt, { kind: "alike" }> }) {
  const { compose } = words();
  const { like, isWhole } = doubt;
  return (
    <div class="alike">
      <div>
        <span>{compose.alikeTyped}</span>
        <span>
          {differences(address, like).map(({ text, differs }) => (differs ? <mark key={text}>{text}</mark> : text))}
        </span>
      </div>
      <div>
        <span>{compose.alikeKnown}</span>
        <span>{isWhole ? like : like.slice(like.lastIndexOf("@"))}</span>
      </div>
    </div>
  );
}
