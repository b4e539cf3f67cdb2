/**
 * What a request costs its database: statements, and on PostgreSQL packets there and back, which are most of what it costs a node. Counted where the
 * drivers are, in a server inside this process, so that a busy machine changes nothing. With a request counts all it sets off: the mails
 * of a sending or a code, too. What jobs look for meanwhile is kept out by the median of several.
 */
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { StatementSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { createServer, readConfig, type Services } from "@pli/server";
import pg from "pg";
import { createToken } from "../apps/server/src/features/tokens/index.ts";
import { newId } from "../apps/server/src/platform/database/index.ts";
import type { Scope } from "../e2e/harness.ts";
import { freePort } from "../e2e/harness.ts";
import { startPostgres } from "../tools/services/postgres.ts";
import { type BenchmarkOptions, ceilingFigure, type Figure, median } from "./figure.ts";
import { type Answer, type Caller, openCaller } from "./load/caller.ts";
import { sendMessage } from "./load/deeds.ts";
import { benchFolder, withScope } from "./workshop.ts";

export const name = "statements";

const ROUNDS = 9;
/** Nothing asked for so long: all that was set off is done. */
const QUIET_MS = 60;
const CODE = "12345678";
const CODE_LIFE_MS = 3_600_000;

/** Packets to PostgreSQL at most, each with its answer. */
const GOALS = {
  "a look at a link": 2,
  "the same by a known browser": 1,
  "a code is asked": 12,
  "a code is proven": 4,
  "the first opening": 3,
  "the same device again": 3,
  "the sent list": 6,
  "a message is sent": 22,
} as const;
type Deed = keyof typeof GOALS;

interface Count {
  statements: number;
  packets: number;
}

const count: Count = { statements: 0, packets: 0 };
let lastMs = 0;

/** From now on everything that is asked is counted. */
function listen(): void {
  const note = (statements: number) => {
    count.statements += statements;
    count.packets += 1;
    lastMs = performance.now();
  };
  const client = pg.Client.prototype as unknown as { query: (...values: unknown[]) => unknown };
  const { query } = client;
  client.query = function (this: unknown, ...values: unknown[]) {
    const [first] = values;
    const isBatch = typeof first === "object" && first !== null && "statements" in first;
    note(isBatch ? (first.statements as readonly unknown[]).length : 1);
    return query.apply(this, values);
  };
  const statements = StatementSync.prototype as unknown as Record<"all" | "run", (...values: unknown[]) => unknown>;
  for (const method of ["all", "run"] as const) {
    const ask = statements[method];
    statements[method] = function (this: unknown, ...values: unknown[]) {
      note(1);
      return ask.apply(this, values);
    };
  }
}

async function counted(work: () => Promise<unknown>): Promise<Count> {
  while (performance.now() - lastMs < QUIET_MS) await pause(5);
  const before = { ...count };
  await work();
  while (performance.now() - lastMs < QUIET_MS) await pause(5);
  return { statements: count.statements - before.statements, packets: count.packets - before.packets };
}

export async function run({ engine: only }: BenchmarkOptions = {}): Promise<readonly Figure[]> {
  listen();
  const figures: Figure[] = [];
  for (const engine of ["SQLite", "PostgreSQL"] as const) {
    if (only === undefined || only === engine) figures.push(...(await withScope((scope) => measure(scope, engine))));
  }
  return figures;
}

async function measure(scope: Scope, engine: "SQLite" | "PostgreSQL"): Promise<Figure[]> {
  const folder = await benchFolder(scope, "statements");
  const postgres = engine === "PostgreSQL" ? await startPostgres() : null;
  if (postgres !== null) scope.after(() => postgres.stop());
  const port = await freePort();
  const server = await createServer(
    readConfig({
      PLI_PORT: String(port),
      PLI_DATA: join(folder, "data"),
      PLI_LOG: "silent",
      PLI_TRUST_PROXY: "1",
      PLI_MAILS_PER_HOUR: "1000000",
      PLI_MAILS_PER_MAILBOX: "1000000",
      ...(postgres === null ? {} : { PLI_DATABASE_URL: await postgres.createDatabase() }),
    }),
  );
  scope.after(() => server.close());
  await server.listen();
  const { services } = server;
  const owner = await services.db.read.selectFrom("members").select("address").executeTakeFirstOrThrow();
  const token = await createToken(services, { address: owner.address, name: name });
  const caller = openCaller(port);
  scope.after(() => caller.close());
  const byDeed = new Map<Deed, Count[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [deed, one] of await journey(services, caller, token, `reader@r${round}.example`)) {
      byDeed.set(deed, [...(byDeed.get(deed) ?? []), one]);
    }
  }
  return [...byDeed].map(([deed, counts]) => {
    const statements = median(counts.map((one) => one.statements));
    const packets = median(counts.map((one) => one.packets));
    const figure = `${deed}, ${engine}`;
    if (engine === "PostgreSQL") {
      const against = `${statements} statements`;
      return ceilingFigure({ bench: name, figure, unit: "packets", value: packets, against, goal: GOALS[deed] });
    }
    const plain = { bench: name, figure, value: statements, unit: "statements" };
    return { ...plain, ratio: null, against: null, goal: null, holds: true };
  });
}

/** A message on its way, from the draft to its second reading. */
async function journey(
  services: Services,
  caller: Caller,
  token: string,
  address: string,
): Promise<readonly (readonly [Deed, Count])[]> {
  const counts: (readonly [Deed, Count])[] = [];
  const deed = async <T>(title: Deed, work: () => Promise<T>): Promise<T> => {
    let done: T | undefined;
    counts.push([title, await counted(async () => (done = await work()))]);
    return done as T;
  };
  const ask = async (method: string, path: string, more: Parameters<Caller["call"]>[2]): Promise<Answer> => {
    const answer = await caller.call(method, `/api/v1${path}`, more);
    if (answer.status > 299) throw new Error(`${path} answered ${answer.status}: ${answer.text.slice(-300)}`);
    return answer;
  };
  const [reader] = await deed("a message is sent", () => sendMessage(caller, token, [address], "mail"));
  if (reader === undefined) throw new Error("nobody to read");
  const door = `/grants/${reader.grantId}`;
  await ask("GET", door, {});
  await pause(1_100);
  await deed("a look at a link", () => ask("GET", door, {}));
  const asked = await deed("a code is asked", () => ask("POST", `${door}/codes`, { json: {} }));
  const headers = { Cookie: /set-cookie: (__Host-pli-device=[\w-]+)/i.exec(asked.text)?.[1] ?? "" };
  await putCode(services, address);
  await deed("a code is proven", () => ask("POST", `${door}/proofs`, { json: { code: CODE }, headers }));
  await deed("the same by a known browser", () => ask("GET", door, { headers }));
  const opening = { json: { verifier: reader.verifier }, headers };
  await deed("the first opening", () => ask("POST", `${door}/openings`, opening));
  await deed("the same device again", () => ask("POST", `${door}/openings`, opening));
  await deed("the sent list", () => ask("GET", "/envelopes", { headers: { Authorization: `Bearer ${token}` } }));
  return counts;
}

/** A code that is known, where the server looks for it. */
async function putCode(services: Services, address: string): Promise<void> {
  const key = services.keys.derive("mailbox-codes");
  const nowMs = services.clock.now();
  await services.db.write((tx) =>
    tx
      .insertInto("mailbox_codes")
      .values({
        address,
        code_id: newId(nowMs),
        code_hmac: createHmac("sha256", key).update(`${address}\n${CODE}`).digest("base64url"),
        reference: "K7 Q4",
        sent_at_ms: nowMs,
        expires_at_ms: nowMs + CODE_LIFE_MS,
      })
      .execute(),
  );
}
