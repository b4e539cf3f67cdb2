/**
 * Idempotency keys (C1): a POST repeated with the same `Idempotency-Key` and the same content within 24 hours gets the stored answer;
 * other content under the same key is refused. Never used where an answer carries a wrapped key or a code.
 */
import { createHash } from "node:crypto";
import { PliError } from "@pli/core/errors";
import type { Context, MiddlewareHandler } from "hono";
import type { ApiEnv } from "./api.ts";
import { currentCaller } from "./caller.ts";
import { deviceOf } from "./device.ts";
import { findAnswer, insertAnswer } from "./idempotency.queries.ts";

export const IDEMPOTENCY_HOURS = 24;
const KEY = /^[\x21-\x7e]{1,200}$/;

/** Requests under way, by caller and key: the second one waits for the first. */
const underWay = new Map<string, Promise<void>>();

export const idempotent: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const key = c.req.header("idempotency-key");
  if (c.req.method !== "POST" || key === undefined) return await next();
  if (!KEY.test(key)) throw new PliError("bad_input", { details: { field: "Idempotency-Key" } });
  const caller = await callerKey(c);
  // Nobody to remember the answer for: the operation itself will refuse, or is harmless twice.
  if (caller === null) return await next();
  const place = `${c.get("services").config.dataFolder}\n${caller}\n${key}`;
  while (underWay.has(place)) await underWay.get(place);
  const work = answerOnce(c, next, caller, key);
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  underWay.set(place, settled);
  try {
    return await work;
  } finally {
    underWay.delete(place);
  }
};

async function callerKey(c: Context<ApiEnv>): Promise<string | null> {
  const caller = await currentCaller(c);
  if (caller.kind === "member") return `member:${caller.memberId}`;
  const device = deviceOf(c.env.incoming.headers);
  return device === null ? null : `device:${device}`;
}

async function answerOnce(
  c: Context<ApiEnv>,
  next: () => Promise<void>,
  caller: string,
  key: string,
): Promise<Response | undefined> {
  const services = c.get("services");
  const content = createHash("sha256")
    .update(`${c.req.path}\n`)
    .update(await c.req.text())
    .digest("base64url");
  const known = await findAnswer(services.db.read, { caller, key });
  if (known !== null) {
    if (known.content_sha256 !== content) throw new PliError("idempotency_mismatch");
    return new Response(known.status === 204 ? null : known.body, {
      status: known.status,
      headers: { "content-type": "application/json", "idempotency-replayed": "true" },
    });
  }
  await next();
  if (c.error !== undefined || c.res.status < 200 || c.res.status > 299) return undefined;
  const body = c.res.status === 204 ? "" : await c.res.clone().text();
  const row = {
    caller,
    idempotency_key: key,
    content_sha256: content,
    status: c.res.status,
    body,
    created_at_ms: services.clock.now(),
  };
  await services.db.write((tx) => insertAnswer(tx, row));
  return undefined;
}
