/**
 * What becomes of a body that is refused before it is read. A short one is read and forgotten, and the connection goes on: a browser that is cut off while
 * it sends sees no answer at all, and a client that is not told that its connection ends sends the next request into nothing. A long one, or one without
 * an end, ends the connection, and the answer says so.
 */
import type { ServerResponse } from "node:http";

const DRAINED_BYTES_MAX = 16 * 1024 * 1024;

/** To be called before the head of a refusal is written. */
export function forgetUnreadBody(outgoing: ServerResponse): void {
  const { req: incoming } = outgoing;
  if (incoming.complete) return;
  const length = Number(incoming.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  if (length > DRAINED_BYTES_MAX) outgoing.shouldKeepAlive = false;
  else outgoing.once("finish", () => incoming.resume());
}
