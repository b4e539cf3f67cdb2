/**
 * A body that is not a chunk is small: whoever takes longer for it than a bad line needs is cut off, however steadily single bytes come.
 * Chunks may take long, and are cut by the socket's own timeout when nothing comes at all.
 */
import type { IncomingMessage } from "node:http";

export const BODY_TIME_MS = 60_000;

/** Cuts the connection when the body of `incoming` is not whole after `timeMs`. Costs nothing for a request without a body. */
export function limitBodyTime(incoming: IncomingMessage, timeMs: number): void {
  const { headers } = incoming;
  if (headers["transfer-encoding"] === undefined && (headers["content-length"] ?? "0") === "0") return;
  const timer = setTimeout(() => {
    if (!incoming.complete) incoming.destroy();
  }, timeMs);
  timer.unref();
  const stop = () => clearTimeout(timer);
  incoming.once("end", stop);
  incoming.once("close", stop);
}
