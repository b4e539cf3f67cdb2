/**
 * Ids of requests, for logs, problems and mails: random, so that they tell nothing of the traffic; drawn in stock, because each call to the
 * generator costs. One that our own proxy gave is kept, so that its log and ours tell of the same request; a stranger's is not.
 */
import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

const ID_BYTES = 9;
const STOCK = 512;
let stock = Buffer.alloc(0);
let used = 0;

/** Letters that no log and no header can misread. */
const GIVEN = /^[A-Za-z0-9._-]{8,64}$/;

/** 12 characters of base64url. */
export function newRequestId(): string {
  if (used === stock.length) {
    stock = randomBytes(ID_BYTES * STOCK);
    used = 0;
  }
  used += ID_BYTES;
  return stock.toString("base64url", used - ID_BYTES, used);
}

/** The proxy's id where one is trusted (PLI_TRUST_PROXY) and gave a sound one; else a new one. */
export function requestIdOf(incoming: IncomingMessage, config: { readonly trustProxy: number }): string {
  if (config.trustProxy === 0) return newRequestId();
  const given = incoming.headers["x-request-id"];
  return typeof given === "string" && GIVEN.test(given) ? given : newRequestId();
}
