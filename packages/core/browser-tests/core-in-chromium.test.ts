/** Core's suites in a worker of real Chromium, by WebCrypto, under our content security policy. Each is a test of its own here. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { nodeCrypto } from "../src/crypto-node.ts";
import { runInChromium } from "./chromium-page.ts";
import type { SuiteReport } from "./report.ts";
import { SUITES } from "./suites/index.ts";

const report = await runInChromium<SuiteReport>(fileURLToPath(new URL(".", import.meta.url)));

test("Z17: Chromium ran every test that Node runs", () => {
  const titles: string[] = [];
  for (const suite of SUITES) suite({ crypto: nodeCrypto, test: (title) => void titles.push(title) });
  assert.match(report.userAgent, /Chrome\//);
  assert.deepEqual(
    report.results.map(({ title }) => title),
    titles,
  );
});
for (const { title, failure } of report.results) {
  test(`${title} (Chromium)`, () => assert.equal(failure, undefined));
}
