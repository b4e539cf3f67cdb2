/** Ids of requests, for logs and problems: random, so that they tell nothing of the traffic; drawn in stock, because each call to the generator costs. */
import { randomBytes } from "node:crypto";

const ID_BYTES = 9;
const STOCK = 512;
let stock = Buffer.alloc(0);
let used = 0;

/** 12 characters of base64url. */
export function newRequestId(): string {
  if (used === stock.length) {
    stock = randomBytes(ID_BYTES * STOCK);
    used = 0;
  }
  used += ID_BYTES;
  return stock.toString("base64url", used - ID_BYTES, used);
}
