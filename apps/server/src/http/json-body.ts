/** What must hold for a JSON body before a schema sees it: its size, its type, its syntax. */

import { PliError } from "@pli/core/errors";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ApiEnv } from "./api.ts";
import { currentCaller } from "./caller.ts";
import { networkOf } from "./network.ts";

const BODY_BYTES_MAX = 1024 * 1024;
/** 200 recipients and 20,000 parts. */
const SEND_BYTES_MAX = 4 * 1024 * 1024;
/** What of a body anybody may have in memory: a person's words fit many times over. */
const SHORT_BYTES = 32 * 1024;
/** Of longer ones: those of one network of strangers, such as a reply of hundreds of files; of all strangers; of one member. */
const NETWORK_BYTES_MAX = 2 * SEND_BYTES_MAX;
const STRANGERS_BYTES_MAX = 64 * 1024 * 1024;
const MEMBER_BYTES_MAX = 4 * SEND_BYTES_MAX;
const JSON_TYPE = /^application\/json(\s*;.*)?$/i;

/** For bodies that do not say how long they are. */
function limitTo(maxBytes: number): MiddlewareHandler<ApiEnv> {
  return bodyLimit({ maxSize: maxBytes, onError: () => refuse(maxBytes) });
}

function refuse(limit: number): never {
  throw new PliError("payload_too_large", { details: { limit } });
}

const small = limitTo(BODY_BYTES_MAX);
const large = limitTo(SEND_BYTES_MAX);

const STRANGERS = "strangers";
/** Bytes of long bodies on their way into this process, by who sends them: its memory is what they take, for as long as they like to send. */
const bytesOnTheWay = new Map<string, number>();

/** Whose room a long body takes, and how much each of them has. */
async function roomsOf(c: Context<ApiEnv>): Promise<readonly (readonly [string, number])[]> {
  const caller = await currentCaller(c);
  if (caller.kind === "member") return [[`member ${caller.memberId}`, MEMBER_BYTES_MAX]];
  const network = networkOf(c.env.incoming, c.get("services").config);
  return [
    [`network ${network}`, NETWORK_BYTES_MAX],
    [STRANGERS, STRANGERS_BYTES_MAX],
  ];
}

/**
 * Claims room for a body that is going to be read. A long one is begun only when its sender has some left, and a stranger's when all strangers have.
 * @returns gives the room back, once
 * @throws PliError `unavailable` {retryAfterSeconds} when there is none
 */
async function claimRoom(c: Context<ApiEnv>, mostBytes: number): Promise<() => void> {
  if (mostBytes <= SHORT_BYTES) return () => undefined;
  const rooms = await roomsOf(c);
  const held = (whose: string) => bytesOnTheWay.get(whose) ?? 0;
  if (rooms.some(([whose, most]) => held(whose) + mostBytes > most)) {
    throw new PliError("unavailable", { details: { retryAfterSeconds: 1 } });
  }
  for (const [whose] of rooms) bytesOnTheWay.set(whose, held(whose) + mostBytes);
  let heldBytes = mostBytes;
  return () => {
    for (const [whose] of rooms) {
      const leftBytes = held(whose) - heldBytes;
      if (leftBytes > 0) bytesOnTheWay.set(whose, leftBytes);
      else bytesOnTheWay.delete(whose);
    }
    heldBytes = 0;
  };
}

/** @throws PliError `payload_too_large`, `unsupported_media_type`, `bad_input`, `unavailable` */
export const checkJsonBody: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const { method } = c.req;
  if (method === "GET" || method === "HEAD") return await next();
  const { headers } = c.env.incoming;
  const length = headers["content-length"];
  const empty = headers["transfer-encoding"] === undefined && (length === undefined || length === "0");
  if (empty) return await next();
  const type = headers["content-type"];
  if (type === undefined || !JSON_TYPE.test(type)) throw new PliError("unsupported_media_type");
  const isSend = c.req.path.endsWith("/send");
  // Before anything touches the body: what was begun cannot be forgotten without cutting the connection.
  const maxBytes = isSend ? SEND_BYTES_MAX : BODY_BYTES_MAX;
  if (Number(length ?? 0) > maxBytes) refuse(maxBytes);
  const giveBack = await claimRoom(c, length === undefined ? maxBytes : Number(length));
  try {
    return await (isSend ? large : small)(c, async () => {
      await c.req.json().catch(() => {
        throw new PliError("bad_input");
      });
      giveBack();
      await next();
    });
  } finally {
    giveBack();
  }
};
