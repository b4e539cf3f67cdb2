/** The runner's own choices: what is quick, what is not, and in which order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { selectTests } from "./test.ts";

const FILES = [
  "e2e/send.test.ts",
  "packages/core/src/a.test.ts",
  "apps/cli/src/cli.e2e.test.ts",
  "packages/core/src/a.ts",
];

test("test runner: everything runs, quick files first", () => {
  assert.deepEqual(selectTests(FILES, { quick: false, words: [] }), [
    "packages/core/src/a.test.ts",
    "e2e/send.test.ts",
    "apps/cli/src/cli.e2e.test.ts",
  ]);
});

test("test runner: --quick leaves out browsers and processes", () => {
  assert.deepEqual(selectTests(FILES, { quick: true, words: [] }), ["packages/core/src/a.test.ts"]);
});

test("test runner: words choose files by their path", () => {
  assert.deepEqual(selectTests(FILES, { quick: false, words: ["cli"] }), ["apps/cli/src/cli.e2e.test.ts"]);
});
