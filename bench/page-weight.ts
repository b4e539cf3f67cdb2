/** What pages weigh, gzip, counted from the build by tools/page-weight.ts: no yardstick but the budget. */
import { buildWeb } from "../tools/build.ts";
import { weighPages } from "../tools/page-weight.ts";
import { ceilingFigure, type Figure } from "./figure.ts";

export const name = "page-weight";

export async function run(): Promise<readonly Figure[]> {
  await buildWeb();
  return weighPages().map((weight) =>
    ceilingFigure({
      bench: name,
      figure: weight.name.replaceAll("-", " "),
      unit: "kB",
      value: weight.bytes / 1000,
      against: `${weight.files.length} files`,
      goal: weight.budgetBytes / 1000,
    }),
  );
}
