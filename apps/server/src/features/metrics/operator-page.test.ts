/** The operator's page tells every metric as it is, and none that is not. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { INSTRUMENTS } from "../../platform/telemetry/index.ts";

test("Q5: the table of metrics on the operator's page is that of the code", () => {
  const page = readFileSync(new URL("../../../../../docs/operation.md", import.meta.url), "utf8");
  const told = page.split("\n").filter((line) => line.startsWith("| `pli_"));
  const made = Object.entries(INSTRUMENTS).map(
    ([name, { kind, labels, help }]) =>
      `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(", ")} | ${help} |`,
  );
  assert.deepEqual(told, made);
  const known = new Set(Object.keys(INSTRUMENTS));
  const alerted = [...page.matchAll(/\bpli_[a-z_]+?(?=_bucket\b|\b)/g)].map(([name]) => name);
  assert.deepEqual(
    alerted.filter((name) => !known.has(name) && name !== "pli_outbox_"),
    [],
  );
});
