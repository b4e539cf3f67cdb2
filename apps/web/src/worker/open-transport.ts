/** The recipient worker's way to the server: tells when it waits for the connection to come back, and goes on as soon as it is there. */
import { createTransport, type Transport } from "@pli/client/open";
import { PliError } from "@pli/core/errors";

export function transport(onWaiting?: (waiting: boolean) => void): Transport {
  return createTransport({
    origin: location.origin,
    fetch: (input, init) => fetch(input, init),
    async wait(delayMs, signal) {
      onWaiting?.(true);
      await new Promise<void>((resolve, reject) => {
        const end = () => {
          clearTimeout(timer);
          removeEventListener("online", end);
          signal?.removeEventListener("abort", end);
          if (signal?.aborted) reject(new PliError("cancelled"));
          else resolve();
        };
        const timer = setTimeout(end, delayMs);
        addEventListener("online", end);
        signal?.addEventListener("abort", end);
        if (signal?.aborted) end();
      });
      onWaiting?.(false);
    },
  });
}
