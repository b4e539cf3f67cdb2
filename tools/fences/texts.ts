/**
 * Every text exists in every declared language, says something, and is set as its language is. Why beside the compiler: `satisfies`
 * guards a language that is imported; this finds a language that is missing, an empty text, a typewriter apostrophe.
 */
import { parseSync } from "vite";

const WORD_FOLDER = /^packages\/texts\/src\/(?:.*\/)?([a-z]{2})\.ts$/;
type Slip = readonly [RegExp, string];
const APOSTROPHE: Slip = [/\p{L}'\p{L}/u, "straight apostrophe: write ’"];
const SPACED: Slip = [/[\p{L}\p{N})][\s\u00a0\u202f][?!;:](?=\s|$)/u, "space before ? ! ; or :"];
/** French wants a space that does not break before high punctuation and inside guillemets; the others want none, and quotes of their own. */
const SLIPS: Readonly<Record<string, readonly Slip[]>> = {
  nl: [APOSTROPHE, SPACED, [/["«»„“]/, "foreign quotation mark: write ‘ ’"]],
  de: [APOSTROPHE, SPACED, [/["«»”]/, "foreign quotation mark: write „ “"]],
  fr: [
    APOSTROPHE,
    [/[\p{L}\p{N})»] [?!;:](?=\s|$)/u, "plain space before ? ! ; or : must be a narrow no-break space"],
    [/« | »/u, "plain space inside « » must be a no-break space"],
  ],
};

/** Paths of keys → what stands there (`string`, `function`, …), for whatever a module exports. */
export function shapeOf(value: unknown, path = ""): Map<string, string> {
  const kind = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  if (kind !== "object")
    return new Map([[path, kind === "string" && String(value).trim() === "" ? "empty text" : kind]]);
  const inner = Object.entries(value as Record<string, unknown>).flatMap(([key, held]) => [
    ...shapeOf(held, path === "" ? key : `${path}.${key}`),
  ]);
  return new Map(inner);
}

/** One line per key that one language has and another has not, or has as something else, and per text that is empty in one only. */
export function compareLanguages(folder: string, modules: ReadonlyMap<string, unknown>): string[] {
  const shapes = [...modules].map(([language, module]) => [language, shapeOf({ ...(module as object) })] as const);
  const keys = new Set(shapes.flatMap(([, shape]) => [...shape.keys()]));
  const faults: string[] = [];
  for (const key of keys) {
    // Nothing to say in any language is a choice; in one of them it is a gap.
    const isSilent = shapes.every(([, shape]) => shape.get(key) === "empty text");
    for (const [language, shape] of shapes) {
      if (!shape.has(key)) faults.push(`${folder}/${language}.ts has no ${key}`);
      else if (shape.get(key) === "empty text" && !isSilent) faults.push(`${folder}/${language}.ts: ${key} is empty`);
    }
  }
  return faults;
}

/** Folders of texts → the languages found there. */
export function textFolders(files: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const language = WORD_FOLDER.exec(file)?.[1];
    if (language === undefined) continue;
    const folder = file.slice(0, file.lastIndexOf("/"));
    folders.set(folder, [...(folders.get(folder) ?? []), language]);
  }
  return folders;
}

/** One line per folder and declared language that has no file, and per language nobody declared. */
export function missingLanguages(
  folders: ReadonlyMap<string, readonly string[]>,
  declared: readonly string[],
): string[] {
  return [...folders].flatMap(([folder, languages]) => [
    ...declared.filter((one) => !languages.includes(one)).map((one) => `${folder}/${one}.ts is missing`),
    ...languages
      .filter((one) => !declared.includes(one))
      .map((one) => `${folder}/${one}.ts: ${one} is not a declared language`),
  ]);
}

/** One line per slip of a language’s typography in the strings of a source; languages without rules have none. */
export function typeSlips(language: string, path: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { type, value } = node as { type?: string; value?: unknown };
    const text =
      type === "Literal" && typeof value === "string"
        ? value
        : type === "TemplateElement"
          ? (value as { cooked: string }).cooked
          : "";
    for (const [slip, cure] of SLIPS[language] ?? []) {
      if (slip.test(text)) found.push(`${path}: “${text.slice(0, 60)}” has a ${cure}`);
    }
    for (const held of Object.values(node)) if (typeof held === "object") visit(held);
  };
  visit(parseSync(path, source).program);
  return found;
}
