/** What is sealed (M2): the whole message, or the attachments alone. That the text then travels in clear is said where it is chosen. */
import type { Protect } from "@pli/core/wire";
import "./panel.css";
import { Icon } from "../../kit/Icon.tsx";
import { alert } from "../../kit/icons.ts";
import { words } from "../language.ts";
import type { Protection } from "./draft.ts";
import { isFixed, whyFixed } from "./obey.ts";

const PROTECTS: readonly Protect[] = ["message", "attachments"];

export function ProtectPart({
  present,
  onChange,
}: {
  present: Protection;
  onChange: (change: Partial<Protection>) => void;
}) {
  const { compose } = words();
  const fixed = isFixed("protect");
  if (present.delivery !== "mail" || (fixed && present.protect === "message")) return null;
  const labels = { message: compose.protectMessage, attachments: compose.protectAttachments };
  return (
    <div class="panel__part">
      <fieldset class="stack stack--s" disabled={fixed}>
        <legend class="field__label">{compose.protectWhat}</legend>
        <div class="choice">
          {PROTECTS.map((protect) => (
            <label key={protect}>
              <input
                type="radio"
                name="protect"
                checked={present.protect === protect}
                onChange={() => onChange({ protect })}
              />
              {labels[protect]}
            </label>
          ))}
        </div>
      </fieldset>
      {fixed && <p class="meta">{whyFixed(true)}</p>}
      <div role="status">
        {present.protect === "attachments" && (
          <p class="risk">
            <Icon of={alert} small />
            <span>
              <b>{compose.protectClear}.</b> {compose.protectClearText}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
