/** Who reads the reply (M16): its sender alone, or all whom the message names. Offered only where there are others to reach, and says who they are. */
import type { ToAll as Words } from "@pli/texts/open/to-all";
import { Banner } from "../../kit/Banner.tsx";
import { Check } from "../../kit/Field.tsx";
import type { ReplyReaders } from "../../worker/open-reply.ts";
import "./to-all.css";

export interface ToAllProps {
  words: Words;
  sender: string;
  readers: ReplyReaders;
  chosen: boolean;
  disabled: boolean;
  onChoice: (toAll: boolean) => void;
}

export function ToAll({ words, sender, readers, chosen, disabled, onChoice }: ToAllProps) {
  const { others, hidden } = readers;
  const choice = (toAll: boolean, label: string) => (
    <Check
      type="radio"
      name="to-all"
      label={label}
      checked={chosen === toAll}
      disabled={disabled}
      onChange={() => onChoice(toAll)}
    />
  );
  return (
    <fieldset class="stack stack--s to-all">
      <legend class="field__label">{words.legend}</legend>
      {choice(false, words.only({ sender }))}
      {choice(true, words.all({ count: others.length }))}
      <div role="status" class="stack stack--s">
        {chosen && (
          <>
            <p>{words.readers}</p>
            <ul class="to-all__readers">
              {others.map(({ name, address }) => (
                <li key={address} class="addr">
                  {name ? `${name} <${address}>` : address}
                </li>
              ))}
            </ul>
            <p class="meta">
              {words.mail} {words.ends}
            </p>
            {hidden && <Banner kind="warn" title={words.hidden} />}
          </>
        )}
      </div>
    </fieldset>
  );
}
