/** Starts the measuring worker and keeps what it reports. */
import type { Rates } from "./rates.ts";

Object.assign(globalThis, {
  finished: new Promise<Rates>((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = (event: MessageEvent<Rates>) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
  }),
});
