/** What of SMS stands on the page to write: a code for each who opens, and the numbers where something is sent to them (M4, M8). */
import { Check } from "../../kit/Field.tsx";
import "../compose/panel.css";
import { type Protection, usesSms } from "../compose/draft.ts";
import { mustHaveSms, whyFixed } from "../compose/obey.ts";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { me } from "../session.ts";
import { smsFacts } from "./facts.ts";
import type { NumberFieldsProps } from "./NumberFields.tsx";
import { smsWords } from "./sms-words.ts";

const NumberFields = lazy<NumberFieldsProps>(async () => {
  const [part] = await Promise.all([import("./NumberFields.tsx"), smsWords.load()]);
  return part.NumberFields;
});

export function SmsPart({ present, ...rest }: NumberFieldsProps & { present: Protection }) {
  const { compose } = words();
  if (smsFacts.value?.sms !== true) return null;
  const fixed = mustHaveSms(me().policies);
  return (
    <div class="panel__part">
      <Check
        label={compose.smsCode}
        note={compose.smsCodeNote}
        checked={present.smsCode}
        disabled={fixed}
        onChange={(event) => rest.onChange({ smsCode: event.currentTarget.checked })}
      />
      {fixed && <p class="meta">{whyFixed(true)}</p>}
      {usesSms(present) && <NumberFields {...rest} />}
    </div>
  );
}
