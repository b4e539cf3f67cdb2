/** The check of the tree finds a missing or talkative README, a path of a machine, and what was left for later. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkReadmes, checkTooNew, checkTraces, checkUnfinished, machinePaths } from "./tree.ts";

test("tree: each top folder and package says in ten lines what it is", () => {
  const files = [
    "README.md",
    "tools/a.ts",
    "e2e/README.md",
    "packages/core/src/a.ts",
    "packages/core/README.md",
    ".ci/run",
  ];
  const read = (file: string) => (file === "e2e/README.md" ? "a\n".repeat(11) : "a");
  assert.deepEqual(checkReadmes(files, read), ["tools/README.md is missing", "e2e/README.md has 11 lines, at most 10"]);
});

test("tree: a path of somebody's machine is found", () => {
  const paths = machinePaths("/srv/code/pli", "/home/somebody");
  assert.equal(checkTraces("a.md", "see /home/somebody/notes", paths).length, 1);
  assert.equal(checkTraces("a.json", '{"root":"/srv/code/pli"}', paths).length, 1);
  assert.equal(checkTraces("a.md", "see /srv/code/pli-two and https://pli.example/srv/code/pli", paths).length, 0);
  assert.deepEqual(machinePaths("/app", "/"), [], "a tree in /app must not make every /app a finding");
});

test("tree: what was left for later, or switched off, is found", () => {
  assert.equal(checkUnfinished("a.ts", `${"TO" + "DO"}: later\nfine\n// @ts-${"ignore"}`).length, 2);
  assert.equal(checkUnfinished("a.ts", "a todo list of recipients").length, 0);
});

test("M19: what the oldest browsers have not is found where they would run it, and nowhere else", () => {
  const line = "const url = URL.parse(text);";
  assert.deepEqual(checkTooNew("packages/client/src/a.ts", line), [`packages/client/src/a.ts:1 ${line}`]);
  for (const file of ["packages/client/src/node/a.ts", "packages/client/src/a.test.ts", "apps/server/src/a.ts"]) {
    assert.deepEqual(checkTooNew(file, line), []);
  }
  assert.deepEqual(checkTooNew("apps/web/src/a.ts", "new URL(text)"), []);
});
