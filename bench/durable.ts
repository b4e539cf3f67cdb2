/**
 * Durable message creations: the transaction that makes a draft a sent message with two recipients, its part list and its journal entry,
 * through the server's own use case and write queue, beside bare appends of a line of 256 bytes with fsync to a file on the same disk. Alone: each waits for the one
 * before. Under load: many are waiting at any time. The drafts are made before, and not timed.
 */
import { createHash, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { PartSummary } from "@pli/core/wire";
import { createServer, readConfig, type Services } from "@pli/server";
import {
  createDraft,
  findEnvelope,
  type MessageRecord,
  recordMessage,
} from "../apps/server/src/features/envelopes/index.ts";
import { type Figure, type Pair, pairedFigure } from "./figure.ts";
import { grantFor, messageOf } from "./sent-message.ts";
import { benchFolder, withScope } from "./workshop.ts";

export const name = "durable";

const ALONE = 2_000;
const LOADED = 10_000;
const AT_ONCE = 256;
const APPENDS = 2_000;
const APPEND_BYTES = 256;
const ROUNDS = 5;
const GOAL_ALONE = 1.5;
const GOAL_LOADED = 8;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Appends per second, each flushed before the next. */
function bareAppends(file: string): number {
  const content = randomBytes(APPEND_BYTES);
  const descriptor = openSync(file, "a");
  const startedMs = performance.now();
  for (let index = 0; index < APPENDS; index++) {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  }
  const seconds = (performance.now() - startedMs) / 1000;
  closeSync(descriptor);
  return APPENDS / seconds;
}

/** Everything that a sent message needs but its transaction. */
async function prepare(services: Services, count: number): Promise<readonly MessageRecord[]> {
  const member = await services.db.read.selectFrom("members").selectAll().executeTakeFirstOrThrow();
  const manifest = randomBytes(4096);
  const parts: PartSummary[] = [0, 1].map((part) => ({
    part,
    chunks: 1,
    sizeBytes: manifest.length,
    sha256: createHash("sha256").update(manifest).digest("base64url"),
  }));
  const one = async (): Promise<MessageRecord> => {
    const origin = { organisationId: member.organisation_id, memberId: member.member_id };
    const { envelopeId } = await createDraft(services, origin);
    const draft = await findEnvelope(services.db.read, envelopeId);
    if (draft === null) throw new Error("the draft is not there");
    const nowMs = services.clock.now();
    const rows = parts.map((part) => ({
      envelope_id: envelopeId,
      part: part.part,
      generation: 0,
      chunks: part.chunks,
      size_bytes: part.sizeBytes,
      sha256: part.sha256,
    }));
    const grants = [grantFor("first@example.org"), grantFor("second@example.org")];
    return {
      draft,
      order: messageOf(parts, grants),
      content: { rows, sizeBytes: manifest.length * 2 },
      expiresAtMs: nowMs + DAY_MS,
      nowMs,
    };
  };
  return Promise.all(Array.from({ length: count }, one));
}

/** Creations per second with `atOnce` waiting at any time. */
async function creations(services: Services, records: readonly MessageRecord[], atOnce: number): Promise<number> {
  let next = 0;
  const startedMs = performance.now();
  const lane = async () => {
    for (let record = records[next++]; record !== undefined; record = records[next++]) {
      const current = record;
      await services.db.write((tx) => recordMessage(services, tx, current));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return records.length / ((performance.now() - startedMs) / 1000);
}

export async function run(): Promise<readonly Figure[]> {
  return withScope(async (scope) => {
    const folder = await benchFolder(scope, "durable");
    const config = readConfig({ PLI_PORT: "0", PLI_DATA: join(folder, "data"), PLI_LOG: "silent" });
    const server = await createServer(config);
    scope.after(() => server.close());
    await server.listen();
    const { services } = server;
    await creations(services, await prepare(services, 500), 1);
    const rounds: { bare: number; alone: number; bareAgain: number; loaded: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const few = await prepare(services, ALONE);
      const many = await prepare(services, LOADED);
      // The yardstick stands directly before each: a disk has its moods.
      rounds.push({
        bare: bareAppends(join(folder, "appends")),
        alone: await creations(services, few, 1),
        bareAgain: bareAppends(join(folder, "appends")),
        loaded: await creations(services, many, AT_ONCE),
      });
    }
    const figure = (title: string, pairs: readonly Pair[], goal: number) =>
      pairedFigure({
        bench: name,
        figure: title,
        unit: "messages/s",
        pairs,
        yardstick: "fsync appends of 256 bytes",
        goal,
      });
    return [
      figure(
        "creations, one at a time",
        rounds.map((of) => [of.alone, of.bare]),
        GOAL_ALONE,
      ),
      figure(
        `creations, ${AT_ONCE} waiting`,
        rounds.map((of) => [of.loaded, of.bareAgain]),
        GOAL_LOADED,
      ),
    ];
  });
}
