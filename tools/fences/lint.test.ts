/** The lint's own fences see what is planted: an editor shows these at once, the import graph shows them again. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { ROOT } from "../repository.ts";

const PLANTS: readonly (readonly [rule: string, path: string, source: string])[] = [
  ["noRestrictedImports", "apps/server/src/features/x/sql.ts", 'import { sql } from "kysely";\nexport { sql };\n'],
  [
    "noRestrictedImports",
    "apps/server/src/platform/open.ts",
    'import { x } from "@pli/core/sealing";\nexport { x };\n',
  ],
  ["noRestrictedGlobals", "packages/core/src/sealing/fetch.ts", 'export const x = () => fetch("/");\n'],
  ["noUndeclaredDependencies", "apps/server/src/undeclared.ts", 'import x from "left-pad";\nexport { x };\n'],
  ["noExplicitAny", "apps/cli/src/any.ts", "export const x: any = 1;\n"],
  ["noFloatingPromises", "apps/cli/src/floating.ts", "const x = async () => 1;\nx();\n"],
];
const ALLOWED = [
  "apps/server/src/features/x/x.queries.ts",
  'import { sql } from "kysely";\nexport { sql };\n',
] as const;

/** A tree of its own with our settings and the plants, linted once. */
const tree = mkdtempSync(join(tmpdir(), "pli-lint-"));
after(() => rmSync(tree, { recursive: true }));
for (const file of [
  "biome.json",
  "package.json",
  "apps/server/package.json",
  "apps/cli/package.json",
  "packages/core/package.json",
]) {
  cpSync(join(ROOT, file), join(tree, file));
}
for (const [path, source] of [...PLANTS.map(([, path, source]) => [path, source] as const), ALLOWED]) {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), source);
}
execFileSync("git", ["init", "-q"], { cwd: tree });
const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
const run = spawnSync(process.execPath, [biome, "lint", "--colors=off", "."], { cwd: tree, encoding: "utf8" });
const output = `${run.stdout}${run.stderr}`;

for (const [rule, path] of PLANTS) {
  test(`lint: ${rule} is seen in ${path}`, () =>
    assert.match(output, new RegExp(`${path}:\\d+:\\d+ lint/\\w+/${rule}`)));
}

test("lint: queries may import kysely", () => assert.ok(!output.includes(ALLOWED[0]), output));
