/** The documentation keeps up with the code: every setting, every error code, every link. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { ERROR_CODES } from "@pli/core/errors";
import { ROOT, repositoryFiles } from "./repository.ts";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** Names of settings in a text, without those of tests; `PLI_…_FILE` stands for every one of them. */
function settingsIn(text: string): Set<string> {
  const names = [...text.matchAll(/\bPLI_[A-Z0-9]+(?:_[A-Z0-9]+)*\b/g)].map(([name]) => name);
  return new Set(names.filter((name) => !name.startsWith("PLI_TEST_")));
}

/** Of deploy/compose alone: the other settings are made from it. */
const OF_COMPOSE = "PLI_DOMAIN";

test("Q2: the operator's page explains every setting that the server and the command line know, and no other", () => {
  const isSource = /^apps\/(server|cli)\/src\/.*(?<!\.test)\.ts$/;
  const sources = repositoryFiles().filter((file) => isSource.test(file) && !file.includes("/testing/"));
  const known = settingsIn(sources.map(read).join("\n"));
  const page = read("docs/operation.md");
  assert.ok(known.size > 30, `${known.size} settings`);
  const untold = [...known].filter((name) => !page.includes(`\`${name}\``) && !known.has(name.replace(/_FILE$/, "")));
  assert.deepEqual(untold, [], "known, and not told");
  const pages = repositoryFiles().filter((file) => /^(README\.md|docs\/[\w-]+\.md|deploy\/.*(?<!\.ts))$/.test(file));
  for (const file of pages) {
    const strange = [...settingsIn(read(file))].filter(
      (name) => !known.has(name) && !known.has(name.replace(/_FILE$/, "")) && name !== OF_COMPOSE,
    );
    assert.deepEqual(strange, [], `${file}: told, and not known`);
  }
});

test("C1: the API page lists every error code", () => {
  const page = read("docs/api.md");
  assert.deepEqual(
    ERROR_CODES.filter((code) => !page.includes(`\`${code}\``)),
    [],
  );
});

test("C1: each JSON example of the API page is a problem with the status that its table tells", () => {
  const page = read("docs/api.md");
  const examples = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json = ""]) => JSON.parse(json));
  assert.ok(examples.length > 0);
  for (const { code, status, type, details, ...rest } of examples) {
    assert.ok(ERROR_CODES.includes(code), code);
    assert.match(page, new RegExp(`^\\|[^|]*\`${code}\`[^|]*\\| ${status} \\|`, "m"));
    assert.ok(type.endsWith(`/problems/${code}`), type);
    for (const name of Object.keys(details)) assert.match(page, new RegExp(`\`details\` may hold .*\`${name}\``));
    assert.deepEqual(Object.keys(rest).sort(), ["requestId", "title"]);
  }
});

/** GitHub's anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

test("docs: no link of a page leads nowhere", () => {
  const broken: string[] = [];
  for (const page of repositoryFiles().filter((file) => file.endsWith(".md"))) {
    for (const [, target = ""] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, file))) broken.push(`${page}: ${target}`);
      else if (anchor !== undefined) {
        const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
        if (!headings.includes(anchor)) broken.push(`${page}: ${target}`);
      }
    }
  }
  assert.deepEqual(broken, []);
});
