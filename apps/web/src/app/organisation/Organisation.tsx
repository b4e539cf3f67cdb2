/** What the organisation settles for its members (P2 to P6, P11, P12, P15): calm groups of rules, each saved by itself. For those who may. */
import { getOrganisationPolicies } from "@pli/client";
import type { OrganisationPolicies } from "@pli/core/wire";
import type { OrganisationTexts } from "@pli/texts/app/organisation";
import { useEffect, useState } from "preact/hooks";
import { Banner } from "../../kit/Banner.tsx";
import { server } from "../api.ts";
import { shortDay } from "../format.ts";
import { language } from "../language.ts";
import { Skeleton, useLoad, Waiting } from "../loading.tsx";
import { me } from "../session.ts";
import { Part } from "../settings/Part.tsx";
import "../settings/settings.css";
import { loadSmsFacts, smsFacts } from "../sms/facts.ts";
import { GROUPS, type RuleName, SMS_RULES } from "./groups.ts";
import "./organisation.css";
import { Rule } from "./Rule.tsx";
import { createSettingsStore } from "./settings-store.ts";
import { bringOrganisationWords, organisationWords } from "./texts.ts";

export function Organisation() {
  const [loaded, again] = useLoad(async () => {
    await Promise.all([bringOrganisationWords(), loadSmsFacts()]);
    return getOrganisationPolicies(server);
  }, []);
  const spoken = language.value;
  useEffect(() => void bringOrganisationWords().catch(() => undefined), [spoken]);
  return (
    <Waiting loaded={loaded} again={again}>
      {(house) => {
        const t = organisationWords();
        return t === null ? <Skeleton /> : <Settled house={house} t={t} />;
      }}
    </Waiting>
  );
}

function Settled({ house, t }: { house: OrganisationPolicies; t: OrganisationTexts }) {
  const [store] = useState(() => createSettingsStore(house));
  useEffect(() => {
    document.title = `${t.title} · Pli`;
  });
  const { changedAt, changedBy, chosen } = store.house.value;
  // what is set stays in sight, so that it can be lifted where the server sends SMS no more
  const isShown = (name: RuleName) =>
    smsFacts.value?.sms === true || !SMS_RULES.has(name) || chosen[name] !== undefined;
  return (
    <div class="settings stack stack--l">
      <div class="stack stack--s">
        <h1 class="title">{t.title}</h1>
        <p class="muted">{t.lead({ name: me().organisation.name })}</p>
        <p class="meta">
          {changedAt === undefined ? t.untouched : t.changed({ name: changedBy ?? "", date: shortDay(changedAt) })}
        </p>
      </div>
      <div role="status">
        {store.raced.value && (
          <Banner kind="warn" title={t.raceTitle}>
            <p>{t.raceText}</p>
          </Banner>
        )}
      </div>
      {GROUPS.map(({ group, rules }) => (
        <Part key={group} name={group} title={t.groups[group].title} lead={t.groups[group].lead}>
          <div class="rules">
            {rules.filter(isShown).map((name) => (
              <Rule key={name} name={name} store={store} t={t} />
            ))}
          </div>
        </Part>
      ))}
    </div>
  );
}
