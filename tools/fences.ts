/**
 * Our own checks of the whole tree, beside types and lint (docs/architecture.md): who may import whom, texts in every language, licences,
 * traces. Prints each violation with the rule's reason, and ends with 1 when there is one. Each rule has a test that plants one.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkDependencyPage, checkHosts, checkLicences } from "./fences/dependencies.ts";
import { buildImportGraph, type Sources } from "./fences/import-graph.ts";
import { IMPORT_RULES } from "./fences/import-rules.ts";
import { compareLanguages, missingLanguages, textFolders, typeSlips } from "./fences/texts.ts";
import { checkReadmes, checkTooNew, checkTraces, checkUnfinished, machinePaths } from "./fences/tree.ts";
import { ROOT, repositoryFiles } from "./repository.ts";

/** A name, a reason, and what breaks it. */
interface Finding {
  readonly name: string;
  readonly why: string;
  readonly violations: readonly string[];
}

const BINARY = /\.(png|jpe?g|gif|webp|avif|ico|woff2?|pdf|zip|wasm)$/;
const CODE_OR_PACKAGE = /\.(ts|tsx|js|mjs)$|^(packages|apps)\/[^/]+\/package\.json$/;

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const readIfThere = (file: string, files: readonly string[]): string => (files.includes(file) ? read(file) : "");

function checkImports(sources: Sources): Finding[] {
  const graph = buildImportGraph(sources);
  return IMPORT_RULES.map((rule) => ({ name: rule.name, why: rule.why, violations: rule.check(graph) }));
}

async function checkTexts(files: readonly string[]): Promise<Finding> {
  const { LANGUAGES } = (await import(pathToFileURL(join(ROOT, "packages/core/src/wire/account.ts")).href)) as {
    LANGUAGES: readonly string[];
  };
  const folders = textFolders(files);
  const violations = missingLanguages(folders, LANGUAGES);
  for (const [folder, languages] of folders) {
    const modules = new Map<string, unknown>();
    for (const language of languages) {
      const path = `${folder}/${language}.ts`;
      modules.set(language, await import(pathToFileURL(join(ROOT, path)).href));
      violations.push(...typeSlips(language, path, read(path)));
    }
    violations.push(...compareLanguages(folder, modules));
  }
  return { name: "texts", why: "every page and mail is complete in every language", violations };
}

function checkTree(files: readonly string[]): Finding[] {
  const texts = files.filter((file) => !BINARY.test(file));
  const paths = machinePaths(ROOT);
  const code = texts.filter((file) => /\.(tsx?|css|sh|ya?ml)$/.test(file));
  return [
    {
      name: "readmes",
      why: "a folder says what it is and what it must never do",
      violations: checkReadmes(files, read),
    },
    {
      name: "traces",
      why: "the tree means the same on every machine",
      violations: texts.flatMap((file) => checkTraces(file, read(file), paths)),
    },
    {
      name: "old-browsers",
      why: "whoever receives has the browser they have (tsconfig.browser.json knows the language's part)",
      violations: code.flatMap((file) => checkTooNew(file, read(file))),
    },
    {
      name: "finished",
      why: "what is committed is whole, and no check is switched off",
      violations: code.flatMap((file) => checkUnfinished(file, read(file))),
    },
  ];
}

function checkDependencies(files: readonly string[]): Finding[] {
  const lock = JSON.parse(read("package-lock.json")) as Parameters<typeof checkLicences>[0];
  return [
    { name: "licences", why: "whoever runs Pli is bound by nothing but MPL-2.0", violations: checkLicences(lock) },
    { name: "hosts", why: "the registry is everybody's own choice", violations: checkHosts(lock, read(".npmrc")) },
    {
      name: "dependency-page",
      why: "each dependency is a decision that can be read",
      violations: checkDependencyPage(lock, readIfThere("docs/dependencies.md", files)),
    },
  ];
}

async function main(): Promise<number> {
  const files = repositoryFiles();
  const sources = new Map(files.filter((file) => CODE_OR_PACKAGE.test(file)).map((file) => [file, read(file)]));
  const findings = [
    ...checkImports(sources),
    await checkTexts(files),
    ...checkTree(files),
    ...checkDependencies(files),
  ];
  const broken = findings.filter(({ violations }) => violations.length > 0);
  for (const { name, why, violations } of broken) {
    process.stdout.write(`${name}: ${why}\n${violations.map((line) => `  ${line}\n`).join("")}`);
  }
  if (broken.length === 0) process.stdout.write(`${findings.length} fences stand, ${files.length} files looked at.\n`);
  return broken.length === 0 ? 0 : 1;
}

process.exitCode = await main();
