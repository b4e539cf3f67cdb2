/** A time zone out of all that the browser knows; the one of this device is named as a hint. */
import { ChoiceField } from "../form/choices.tsx";
import { deviceTimeZone } from "../format.ts";
import { words } from "../language.ts";

function zones(present: string): readonly string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([present, deviceTimeZone(), "UTC", ...known])].sort();
}

export function TimeZoneField({ value, onZone }: { value: string; onZone: (zone: string) => void }) {
  const { entry } = words();
  return (
    <ChoiceField
      label={entry.timeZone}
      hint={entry.timeZoneHint({ zone: deviceTimeZone() })}
      options={zones(value).map((zone) => ({ value: zone, text: zone.replaceAll("_", " ") }))}
      value={value}
      onChoice={onZone}
    />
  );
}
