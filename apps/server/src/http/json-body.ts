/** What must hold for a JSON body before a schema sees it: its size, its type, its syntax. */

import { PliError } from "@pli/core/errors";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ApiEnv } from "./api.ts";

const BODY_BYTES_MAX = 1024 * 1024;
/** 200 recipients and 20,000 parts. */
const SEND_BYTES_MAX = 4 * 1024 * 1024;
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

/** @throws PliError `payload_too_large`, `unsupported_media_type`, `bad_input` */
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
  return await (isSend ? large : small)(c, async () => {
    await c.req.json().catch(() => {
      throw new PliError("bad_input");
    });
    await next();
  });
};
