/** A time zone out of all that the browser knows; the one of this device is named as a hint. */
import { FieldFrame } from "../../kit/Field.tsx";
import { deviceTimeZone } from "../format.ts";
import { words } from "../language.ts";

function zones(present: string): readonly string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([present, deviceTimeZone(), "UTC", ...known])].sort();
}

export function TimeZoneField({ value, onZone }: { value: string; onZone: (zone: string) => void }) {
  const { entry } = words();
  return (
    <FieldFrame id="time-zone" label={entry.timeZone} hint={entry.timeZoneHint({ zone: deviceTimeZone() })}>
      <select
        class="select"
        id="time-zone"
        value={value}
        aria-describedby="time-zone-hint"
        onChange={(event) => onZone(event.currentTarget.value)}
      >
        {zones(value).map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
