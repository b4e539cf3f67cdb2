/** Runs core's suites by WebCrypto in a worker, one test after the other. */
import { webCrypto } from "../src/crypto-web.ts";
import type { SuiteReport } from "./report.ts";
import { SUITES } from "./suites/index.ts";

const tests: { title: string; body: () => void | Promise<void> }[] = [];
for (const suite of SUITES) suite({ crypto: webCrypto, test: (title, body) => void tests.push({ title, body }) });

async function run(): Promise<SuiteReport> {
  const results: { title: string; failure?: string }[] = [];
  for (const { title, body } of tests) {
    try {
      await body();
      results.push({ title });
    } catch (error) {
      results.push({ title, failure: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) });
    }
  }
  return { results, userAgent: navigator.userAgent };
}

globalThis.postMessage(await run());
