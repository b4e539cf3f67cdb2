/** The field that searches a list, with its drawing. `/` puts the cursor here (shortcuts.tsx). */
import { Icon } from "../../kit/Icon.tsx";
import { search } from "../../kit/icons.ts";
import "../../kit/field.css";
import "./find.css";

export interface FindProps {
  label: string;
  /** What can be searched for, while it is empty. */
  hint: string;
  typed: string;
  onTyped: (typed: string) => void;
  maxlength?: number;
}

export function Find({ label, hint, typed, onTyped, maxlength }: FindProps) {
  return (
    <div class="find">
      <Icon of={search} />
      <input
        class="input"
        type="search"
        aria-label={label}
        placeholder={hint}
        maxlength={maxlength}
        value={typed}
        onInput={(event) => onTyped(event.currentTarget.value)}
      />
    </div>
  );
}
