/** The foot of the page to write: to how many it goes and how, what is missing, and the way on. */
import { Button } from "../../kit/Button.tsx";
import "./send-bar.css";
import { keyState } from "../keys/keys.ts";
import { words } from "../language.ts";
import { type Draft, openingsOf } from "./draft.ts";

export interface SendBarProps {
  draft: Draft;
  /** What stands in the way, in words. */
  faults: readonly string[];
  onDelete: () => void;
}

export function SendBar({ draft, faults, onDelete }: SendBarProps) {
  const { compose } = words();
  const people = draft.people().length;
  const protection = draft.protection.value;
  return (
    <div class="sendbar">
      <p class="meta">
        {people === 0 ? compose.barNobody : compose.barPeople({ people, openings: openingsOf(protection) })}
        {protection.smsCode && ` · ${compose.barSms}`}
        {protection.password.on && ` · ${compose.barPassword}`}
        {protection.protect === "attachments" && ` · ${compose.barClear}`}
      </p>
      <Button kind="quiet" onClick={onDelete}>
        {compose.deleteDraft}
      </Button>
      <Button kind="primary" type="submit" disabled={keyState.value.state === "changed"}>
        {compose.review}
      </Button>
      <div class="sendbar__faults" role="alert">
        {faults.length > 0 && (
          <p class="field__error">
            <span>
              {compose.fixFirst} {faults.join(" ")}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
