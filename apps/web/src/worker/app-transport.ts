/** How the members' worker speaks to the server: waits end as soon as the network is back, and a lost session only pauses what goes up. */
import { createTransport, type Transport, xhrPutBytes } from "@pli/client";
import { PliError } from "@pli/core/errors";

/** Waits; cut short when the browser says that it is online again. @throws PliError `cancelled` */
function wait(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      removeEventListener("online", back);
      signal?.removeEventListener("abort", stopped);
      settle();
    };
    const back = () => end(resolve);
    const stopped = () => end(() => reject(new PliError("cancelled")));
    const timer = setTimeout(back, delayMs);
    addEventListener("online", back);
    if (signal?.aborted) stopped();
    else signal?.addEventListener("abort", stopped, { once: true });
  });
}

export const transport: Transport = createTransport({
  origin: location.origin,
  fetch: (input, init) => fetch(input, init),
  wait,
});

/**
 * For uploads: a chunk that is refused because the session ended is sent again until the person has signed in again.
 * @param onSignedOut told at each such refusal
 */
export function patientTransport(onSignedOut: () => void): Transport {
  const t = createTransport({
    origin: location.origin,
    fetch: (input, init) => fetch(input, init),
    wait,
    putBytes: xhrPutBytes,
  });
  return {
    ...t,
    async put(path, bytes, options) {
      try {
        await t.put(path, bytes, options);
      } catch (error) {
        if (!(error instanceof PliError) || error.code !== "not_signed_in") throw error;
        onSignedOut();
        throw new PliError("unavailable");
      }
    },
  };
}
