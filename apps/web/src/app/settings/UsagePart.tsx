/** The figures of this month and the last (A3). */
import { getUsage } from "@pli/client";
import type { UsageMonth } from "@pli/core/wire";
import { formatNumber, LOCALES } from "@pli/texts/format";
import "../../kit/facts.css";
import { server } from "../api.ts";
import { size } from "../format.ts";
import { language } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { accountWords } from "./account-words.ts";
import { Part } from "./Part.tsx";

function nameOf({ month }: UsageMonth): string {
  const format = new Intl.DateTimeFormat(LOCALES[language.value], { timeZone: "UTC", month: "long", year: "numeric" });
  const name = format.format(Date.parse(`${month}-01`));
  return name.charAt(0).toLocaleUpperCase(LOCALES[language.value]) + name.slice(1);
}

export function UsagePart() {
  const texts = accountWords.words();
  const [loaded, again] = useLoad(() => getUsage(server), []);
  const number = (value: number) => formatNumber(language.value, value);
  return (
    <Part name="usage" title={texts.usage} lead={texts.usageLead}>
      <Waiting loaded={loaded} again={again} lines={4}>
        {({ months }) => (
          <div class="card__in">
            {months.map((one) => (
              <section key={one.month} class="stack stack--s" aria-label={nameOf(one)}>
                <h3 class="small">{nameOf(one)}</h3>
                <dl class="usage">
                  {(
                    [
                      [texts.messages, number(one.messages)],
                      [texts.recipients, number(one.recipients)],
                      [texts.size, size(one.sizeBytes)],
                      [texts.replies, number(one.replies)],
                      [texts.sms, number(one.sms)],
                    ] as const
                  ).map(([label, value]) => (
                    <div key={label}>
                      <dt class="meta">{label}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        )}
      </Waiting>
    </Part>
  );
}
