/** Takes the commands out of docs/protocol.md, so that tests run what readers copy. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./repository.ts";

/** Name of a step → its commands, for each block that the page marks as ```` ```sh by-hand:NAME ````. */
export function readSteps(page = readFileSync(join(ROOT, "docs/protocol.md"), "utf8")): ReadonlyMap<string, string> {
  const blocks = page.matchAll(/^```sh by-hand:(\w+)\n([\s\S]*?)^```$/gm);
  return new Map([...blocks].map(([, name = "", commands = ""]) => [name, commands]));
}

/** Bash that runs the steps one after the other and stops at the first failure. @throws Error on a step the page has not */
export function scriptOf(names: readonly string[], steps: ReadonlyMap<string, string> = readSteps()): string {
  const commands = names.map((name) => {
    const step = steps.get(name);
    if (step === undefined) throw new Error(`the page has no step ${name}`);
    return step;
  });
  return ["set -euo pipefail", ...commands].join("\n");
}
