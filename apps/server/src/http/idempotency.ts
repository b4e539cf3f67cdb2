/**
 * Idempotency keys (C1): a POST repeated with the same `Idempotency-Key` and the same content within 24 hours gets the stored answer;
 * other content under the same key is refused. At two nodes at once, one does it and the other waits for its answer. Never used where an answer carries a wrapped key or a code.
 */
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { PliError } from "@pli/core/errors";
import type { Context, MiddlewareHandler } from "hono";
import { type Tx, writesSideBySide } from "../platform/database/index.ts";
import type { Services } from "../services.ts";
import type { ApiEnv } from "./api.ts";
import { currentCaller } from "./caller.ts";
import { deviceOf } from "./device.ts";
import { beforeFirstWrite, firstWrite } from "./first-write.ts";
import {
  deleteClaim,
  findAnswer,
  type IdempotencyKeysTable,
  insertAnswer,
  insertClaim,
} from "./idempotency.queries.ts";

export const IDEMPOTENCY_HOURS = 24;
const KEY = /^[\x21-\x7e]{1,200}$/;

/** Between a request's first commit and its answer lie milliseconds: who takes longer is dead, or stands still, and another may begin anew. */
const CLAIM_MS = 5_000;
/** So long the same request at another node waits for the answer of the first. */
const PATIENCE_MS = 8_000;
const LOOK_MS = 50;

/** Requests under way in this process, by caller and key: the second one waits for the first. */
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

/** A key whose content is known. */
interface Order {
  readonly caller: string;
  readonly key: string;
  readonly contentSha256: string;
}

async function answerOnce(
  c: Context<ApiEnv>,
  next: () => Promise<void>,
  caller: string,
  key: string,
): Promise<Response | undefined> {
  const services = c.get("services");
  const contentSha256 = createHash("sha256")
    .update(`${c.req.path}\n`)
    .update(await c.req.text())
    .digest("base64url");
  const order = { caller, key, contentSha256 };
  const known = await knownAnswer(services, order);
  if (known !== null) return known;
  const claim = randomUUID();
  const first = firstWrite((tx) => claimIn(services, tx, order, claim));
  await beforeFirstWrite(first, next);
  if (c.error instanceof ClaimLost) {
    const theirs = await knownAnswer(services, order);
    if (theirs === null) return undefined;
    c.res = undefined;
    c.res = theirs;
    return undefined;
  }
  if (c.error !== undefined || c.res.status < 200 || c.res.status > 299) {
    if (first.isKept) await services.db.write((tx) => deleteClaim(tx, { caller, key, claim }));
    return undefined;
  }
  const body = c.res.status === 204 ? "" : await c.res.clone().text();
  const row = {
    caller,
    idempotency_key: key,
    content_sha256: contentSha256,
    status: c.res.status,
    body,
    created_at_ms: services.clock.now(),
  };
  await services.db.write((tx) => insertAnswer(tx, row, claim));
  return undefined;
}

/** Another node began the same request first. */
class ClaimLost extends PliError {
  constructor() {
    super("conflict", { details: { state: "under_way", retryAfterSeconds: 1 } });
  }
}

/** In the first transaction of the request, so that either both are kept or none, and nothing waits for a commit of its own. */
async function claimIn({ clock }: Services, tx: Tx, order: Order, claim: string): Promise<void> {
  // One process has its own memory of what is under way; a claim that it finds is of its own past.
  if (!writesSideBySide(tx)) return;
  const nowMs = clock.now();
  const { caller, key, contentSha256 } = order;
  const row = { caller, idempotency_key: key, content_sha256: contentSha256, created_at_ms: nowMs, claim };
  if (!(await insertClaim(tx, row, nowMs - CLAIM_MS))) throw new ClaimLost();
}

/**
 * The answer to the same request that came before; waits for one that another node is working on.
 * @returns null: there was none, or who worked on it is gone @throws PliError `idempotency_mismatch`, `conflict` {state: "under_way"}
 */
async function knownAnswer({ db, clock }: Services, { caller, key, contentSha256 }: Order): Promise<Response | null> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const known = await findAnswer(db.read, { caller, key });
    if (known === null) return null;
    if (known.content_sha256 !== contentSha256) throw new PliError("idempotency_mismatch");
    if (known.claim === null) return replayed(known);
    if (!writesSideBySide(db.read) || known.created_at_ms <= clock.now() - CLAIM_MS) return null;
    if (performance.now() > deadlineMs) throw new ClaimLost();
    await pause(LOOK_MS);
  }
}

function replayed({ status, body }: IdempotencyKeysTable): Response {
  return new Response(status === 204 ? null : body, {
    status,
    headers: { "content-type": "application/json", "idempotency-replayed": "true" },
  });
}
