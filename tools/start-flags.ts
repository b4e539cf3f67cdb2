/**
 * The flags of Node that a server is started with. They are in `npm start`, from where benchmarks have them; the container and the systemd unit must have
 * the same (`start-flags.test.ts`). They bound the room that the runtime leaves itself, which is what grows in a node: a small nursery, and a
 * heap that need not hold more, so that it is cleaned before it is large. Content goes through buffers outside of it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./repository.ts";

export function startFlags(root: string = ROOT): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { start: string } };
  return flagsIn(scripts.start);
}

/** The words that begin with two hyphens. */
export function flagsIn(text: string): readonly string[] {
  return text.match(/--[\w-]+=\w+/g) ?? [];
}
