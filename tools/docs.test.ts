/** The documentation keeps up with the code: every setting, every error code, every link. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { ERROR_CODES } from "@pli/core/errors";
import { ROOT, repositoryFiles } from "./repository.ts";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

test("Q2: the operator's page explains every setting the server knows", () => {
  const sources = ["config.ts", "config-values.ts"].map((file) => read(`apps/server/src/${file}`));
  const names = new Set(sources.join("\n").match(/\bPLI_[A-Z_]+\b/g));
  const page = read("docs/operation.md");
  assert.ok(names.size > 5);
  assert.deepEqual(
    [...names].filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
});

test("C1: the API page lists every error code", () => {
  const page = read("docs/api.md");
  assert.deepEqual(
    ERROR_CODES.filter((code) => !page.includes(`\`${code}\``)),
    [],
  );
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
