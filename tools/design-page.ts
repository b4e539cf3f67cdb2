/**
 * Writes docs/design.md: the tokens, read from tokens.css, and every screen of tools/design-stops.ts. The pictures beside it are taken by
 * e2e/design.test.ts with `PICTURES=1`. `node tools/design-page.ts` writes the page; a test says when it is behind.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHAPTERS } from "./design-stops.ts";
import { ROOT } from "./repository.ts";

export const DESIGN_PAGE = join(ROOT, "docs/design.md");
export const DESIGN_PICTURES = join(ROOT, "docs/pictures/design");
const TOKENS = join(ROOT, "apps/web/src/kit/tokens.css");

interface Token {
  readonly name: string;
  readonly light: string;
  /** Only where it differs in the dark. */
  readonly dark: string | undefined;
  readonly why: string;
}

function declarations(css: string): ReadonlyMap<string, { value: string; why: string }> {
  const found = css.matchAll(/^\s*(--[\w-]+):\s*([^;]+);(?:[ \t]*\/\*\s*(.*?)\s*\*\/)?/gm);
  return new Map(
    [...found].map(([, name = "", value = "", why = ""]) => [
      name,
      { value: value.replaceAll(/\s+/g, " ").trim(), why },
    ]),
  );
}

/** @param css of tokens.css: light in the first `:root`, dark in the one of `prefers-color-scheme: dark` */
export function readTokens(css: string): readonly Token[] {
  const [light = "", rest = ""] = css.split("@media screen and (prefers-color-scheme: dark)");
  const [dark = ""] = rest.split("@media");
  const darkValues = declarations(dark);
  return [...declarations(light)].map(([name, { value, why }]) => {
    const inTheDark = darkValues.get(name)?.value;
    return { name, light: value, dark: inTheDark === value ? undefined : inTheDark, why };
  });
}

const GROUPS: readonly (readonly [string, RegExp])[] = [
  ["Type", /^--(sans|serif|mono|t-|lh|measure)/],
  ["Space and shape", /^--(s-|touch|column|r-)/],
  ["Motion", /^--(fast|slow|ease)/],
];

function tokenTables(tokens: readonly Token[]): string {
  const groupOf = (token: Token) => GROUPS.find(([, pattern]) => pattern.test(token.name))?.[0] ?? "Colour and shadow";
  return ["Colour and shadow", ...GROUPS.map(([title]) => title)]
    .map((title) => {
      const rows = tokens.filter((token) => groupOf(token) === title);
      const themed = rows.some(({ dark }) => dark !== undefined);
      const head = themed
        ? "| token | light | dark | for |\n|---|---|---|---|"
        : "| token | value | for |\n|---|---|---|";
      const lines = rows.map(({ name, light, dark, why }) =>
        themed
          ? `| \`${name}\` | \`${light}\` | ${dark === undefined ? "the same" : `\`${dark}\``} | ${why} |`
          : `| \`${name}\` | \`${light}\` | ${why} |`,
      );
      return `### ${title}\n\n${head}\n${lines.join("\n")}`;
    })
    .join("\n\n");
}

/** @returns the whole page, Markdown */
export function designPage(): string {
  const screens = CHAPTERS.map(({ title, stops }) =>
    [
      `## ${title}`,
      ...stops.map((one) => `### ${one.title}\n\n${one.what}\n\n![${one.title}](pictures/design/${one.name}.jpg)`),
    ].join("\n\n"),
  );
  return `${[
    "# Design",
    "A letter: paper, ink, and one seal. Closed, the flap is down and the seal holds it; read, the flap is up and shows the lining. The seal tells the state by its shape alone, and red is for nothing else than the seal, what destroys and what failed. Pli speaks in sans, the letter in serif, so that content never looks like the page. One column, one clear action, the reader's words.",
    "This page is made: `npx node tools/design-page.ts` writes it from the tokens and the list of screens, `PICTURES=1 npx node tools/test.ts e2e/design` takes the pictures. Each shows the screen at 1280 and 360 px, light and dark; the same test holds each to WCAG 2.2 AA by axe, to its width, to one primary action, and the kit to forced colours.",
    "## Tokens",
    tokenTables(readTokens(readFileSync(TOKENS, "utf8"))),
    ...screens,
  ].join("\n\n")}\n`;
}

if (import.meta.main) writeFileSync(DESIGN_PAGE, designPage());
