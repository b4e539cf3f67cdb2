/** The page of the command line keeps up with the program: each command and each option it offers is there. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "./repository.ts";

const page = readFileSync(join(ROOT, "docs/cli.md"), "utf8");
/** Said once at the top of the page, or of no interest to a reader. */
const EVERYWHERE = new Set(["--help", "--json", "--version"]);

function help(...args: readonly string[]): string {
  return execFileSync(process.execPath, [join(ROOT, "apps/cli/bin/pli.js"), ...args, "--help"], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, LANG: "en_GB.UTF-8", PLI_HOME: join(ROOT, "e2e/.tmp/none") },
  });
}

test("C3: the page of the command line knows every command and every option", () => {
  const list = /Commands:\n([\s\S]*?)\n\n/.exec(help())?.[1] ?? "";
  const commands = [...list.matchAll(/^ {2}([\w-]+)/gm)]
    .map(([, command = ""]) => command)
    .filter((one) => one !== "help");
  assert.ok(commands.length >= 8, list);
  const missing = commands.filter((command) => !page.includes(`pli ${command}`));
  for (const command of commands) {
    const options = [...help(command).matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option = ""]) => option);
    missing.push(
      ...options
        .filter((option) => !EVERYWHERE.has(option) && !page.includes(option))
        .map((one) => `${command} ${one}`),
    );
  }
  assert.deepEqual(missing, []);
});
