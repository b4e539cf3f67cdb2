/** What the check found: everything as published, what differs file by file, or that there was nobody to ask. */
import type { ServerReport } from "@pli/client/verify-server";
import type { VerifyServerTexts } from "@pli/texts/verify-server";
import { Banner } from "../kit/Banner.tsx";
import { check } from "../kit/icons.ts";

export type Outcome =
  | { readonly name: "found"; readonly report: ServerReport }
  | { readonly name: "failed"; readonly code: "network" | "unavailable" };

export function Report({ t, outcome }: { t: VerifyServerTexts; outcome: Outcome }) {
  if (outcome.name === "failed") {
    return (
      <Banner kind="warn" title={t.unreachableTitle}>
        {outcome.code === "unavailable" ? t.unavailable : t.unreachable}
      </Banner>
    );
  }
  const { server, version, compared, faults } = outcome.report;
  if (faults.length === 0) {
    return (
      <div class="check__same">
        <Banner icon={check} title={t.sameTitle}>
          <p>{t.same({ server, count: compared, version })}</p>
          <p class="muted">{t.onlyYou}</p>
        </Banner>
      </div>
    );
  }
  const count = new Set(faults.map(({ path }) => path)).size;
  return (
    <div class="stack">
      <Banner kind="bad" title={t.differsTitle}>
        <p>{t.differs({ server, count, compared, version })}</p>
        <p>{t.differsAdvice}</p>
        <p>{t.otherRelease}</p>
      </Banner>
      <table class="faults">
        <thead>
          <tr>
            <th scope="col">{t.file}</th>
            <th scope="col">{t.fault}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ path, kind, detail }) => (
            <tr key={`${path} ${kind} ${detail}`}>
              <th scope="row">{path}</th>
              <td>{t.faults[kind]({ detail })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
