/** One word for one thing, in each language: docs/words.md says which; here are the words that came in beside them once. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const SHUNNED: Readonly<Record<string, readonly (readonly [wrong: RegExp, right: string])[]>> = {
  fr: [
    [/(?<![@./-])\be?-?mails?\b(?![.@/])/i, "courriel"],
    [/usage compté/i, "usage limité"],
    [/\bpassphrase\b/i, "phrase secrète"],
  ],
  nl: [
    [/\bver(?:zonden|zenden)\b/i, "versturen"],
    [/\bpasskeys?\b/i, "toegangssleutel"],
    [/(?<![\w-])mails?\b(?![.@/-])/i, "e-mail"],
  ],
  de: [
    [/(?<![\w-])Mails?\b(?![.@/-])/, "E-Mail"],
    [/\bZustand\b/, "Status"],
    [/\bSitzung(?:en)?\b/, "Anmeldung"],
    [/\bKennwort\b/, "Passwort"],
  ],
};

/** What stands between quotes and backquotes in a module of texts, without its imports and comments. */
function textsOf(path: string): string[] {
  const source = readFileSync(path, "utf8")
    .replace(/^import .*$/gm, "")
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...source.matchAll(/"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(([, quoted, back]) =>
    (quoted ?? back ?? "").replace(/\$\{[^}]*\}/g, ""),
  );
}

const FOLDER = import.meta.dirname;
const modules = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((path) => !path.includes("cli/"));

for (const [language, words] of Object.entries(SHUNNED)) {
  test(`house: ${language} has one word for one thing`, () => {
    const own = modules.filter((path) => new RegExp(`(^|[/\\\\-])${language}\\.ts$`).test(path));
    assert.ok(own.length > 20, "the modules of the language are found");
    const found = own.flatMap((path) =>
      textsOf(join(FOLDER, path)).flatMap((text) =>
        words.filter(([wrong]) => wrong.test(text)).map(([, right]) => `${path}: “${text}”: say ${right}`),
      ),
    );
    assert.deepEqual(found, []);
  });
}
