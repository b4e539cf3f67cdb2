/** A server is the same wherever it is started: by npm, in a container, under systemd. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "./repository.ts";
import { flagsIn, startFlags } from "./start-flags.ts";

test("Q7: npm, the container and systemd start a server with the same flags of Node", () => {
  const flags = startFlags();
  assert.ok(flags.some((flag) => flag.startsWith("--max-semi-space-size=")));
  assert.ok(flags.some((flag) => flag.startsWith("--max-old-space-size=")));
  for (const [file, line] of [
    ["deploy/container/Dockerfile", /^CMD .*main\.ts.*$/m],
    ["deploy/systemd/pli.service", /^ExecStart=.*$/m],
  ] as const) {
    assert.deepEqual(flagsIn(line.exec(readFileSync(join(ROOT, file), "utf8"))?.[0] ?? ""), flags, file);
  }
});
