/** Starts the suites in a worker, where the product seals too, and keeps what they report for whoever drives the page. */
import type { SuiteReport } from "./report.ts";

declare global {
  var finished: Promise<SuiteReport>;
}

globalThis.finished = new Promise((resolve, reject) => {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = (event: MessageEvent<SuiteReport>) => resolve(event.data);
  worker.onerror = (event) => reject(new Error(event.message));
});
