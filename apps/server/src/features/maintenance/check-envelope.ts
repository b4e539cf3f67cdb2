/** What must hold of one envelope: its rows among themselves, and what the store has of it. Looks only; mending is offered, not done. */
import { createHash } from "node:crypto";
import { PliError } from "@pli/core/errors";
import type { BlobStore } from "../../platform/blobs/index.ts";
import type { Services } from "../../services.ts";
import { chunkName, eraseContent, eraseKeys, type GrantsTable, type PartsTable } from "../envelopes/index.ts";
import { sizesOf } from "./content.ts";
import type { Disagreement } from "./disagreement.ts";
import { correctOpenedCount, type EnvelopeRows, eraseGrantKey, rowsOf } from "./verify.queries.ts";

/** What a running server may be about to do by itself: only older than this it is a fault. */
export const GRACE_MS = 3_600_000;

export async function checkEnvelope(
  services: Services,
  rows: EnvelopeRows,
  options: { readonly deep: boolean },
): Promise<readonly Disagreement[]> {
  const { envelope } = rows;
  const isEnded = envelope.state !== "draft" && envelope.state !== "sent";
  return [
    ...(rows.hasMember ? [] : [told("owner", rows, "belongs to a member who is not there")]),
    ...(envelope.state === "sent" ? checkRows(rows) : []),
    ...(isEnded ? checkEnded(services, rows) : []),
    ...checkGrants(services, rows),
    ...checkJournal(rows),
    ...(envelope.state === "sent" && envelope.content_gone === 0
      ? await checkContent(services, rows, options.deep)
      : []),
  ];
}

function told(check: string, rows: EnvelopeRows, words: string): Disagreement {
  return { check, envelope: rows.envelope.envelope_id, words };
}

function checkRows(rows: EnvelopeRows): readonly Disagreement[] {
  const found: Disagreement[] = [];
  if (rows.parts.length === 0) found.push(told("rows", rows, "was sent and has no parts"));
  if (rows.envelope.kind === "message" && rows.grants.length === 0)
    found.push(told("rows", rows, "was sent to nobody"));
  if (!rows.hasSealedKey) found.push(told("rows", rows, "was sent and lacks the key that is sealed to its owner"));
  return found;
}

function checkEnded(services: Services, rows: EnvelopeRows): readonly Disagreement[] {
  const { envelope_id: id, state, ended_at_ms, content_gone } = rows.envelope;
  const hasGrantKey = rows.grants.some((grant) => grant.wrapped_key !== null || grant.sealed_secret !== null);
  const found: Disagreement[] = [];
  if (rows.hasSealedKey || hasGrantKey) {
    const mend = () => services.db.write((tx) => eraseKeys(tx, id));
    found.push({ ...told("keys", rows, `is ${state} and still has keys`), mend });
  }
  if (content_gone === 0 && (ended_at_ms ?? 0) < services.clock.now() - GRACE_MS) {
    const mend = () => eraseContent(services, id);
    found.push({ ...told("content", rows, `is ${state} and its content was not erased`), mend });
  }
  return found;
}

function checkGrants(services: Services, rows: EnvelopeRows): readonly Disagreement[] {
  const found: Disagreement[] = [];
  if (rows.envelope.state === "draft") return found;
  const overMs = services.clock.now() - GRACE_MS;
  for (const grant of rows.grants) {
    const opened = rows.events
      .filter(({ event, grant_id }) => event === "opened" && grant_id === grant.grant_id)
      .reduce((sum, { entries }) => sum + Number(entries), 0);
    const used = grant.openings_total - grant.openings_left;
    if (grant.openings_left < 0 || used < 0) {
      found.push(told("openings", rows, `recipient ${grant.grant_id} has ${grant.openings_left} openings left`));
    }
    if (opened !== used) {
      found.push(
        told("openings", rows, `recipient ${grant.grant_id} used ${used} openings, the journal knows ${opened}`),
      );
    }
    if (keepsKeyTooLong(grant, overMs)) {
      const mend = () => services.db.write((tx) => eraseGrantKey(tx, grant.grant_id, overMs));
      found.push({ ...told("keys", rows, `recipient ${grant.grant_id} is ${grant.state} and still has a key`), mend });
    }
  }
  const openers = rows.grants.filter((grant) => grant.first_opened_at_ms !== null).length;
  if (openers !== rows.envelope.opened_count) {
    const mend = () => services.db.write((tx) => correctOpenedCount(tx, rows.envelope.envelope_id));
    const words = `counts ${rows.envelope.opened_count} recipients who opened, of ${openers}`;
    found.push({ ...told("counters", rows, words), mend });
  }
  return found;
}

function keepsKeyTooLong(grant: GrantsTable, overMs: number): boolean {
  if (grant.wrapped_key === null && grant.sealed_secret === null) return false;
  if (grant.state === "revoked" || grant.state === "expired") return true;
  return grant.state === "used_up" && (grant.open_until_ms ?? 0) < overMs;
}

/** A message's journal begins with its sending and tells its end. */
function checkJournal(rows: EnvelopeRows): readonly Disagreement[] {
  const { envelope, events } = rows;
  if (envelope.kind !== "message" || envelope.state === "draft") return [];
  const has = (...names: readonly string[]) => events.some(({ event }) => names.includes(event));
  const firstMs = events.reduce(
    (first, { first_at_ms }) => Math.min(first, Number(first_at_ms)),
    Number.POSITIVE_INFINITY,
  );
  const begins = events.some(({ event, first_at_ms }) => event === "sent" && Number(first_at_ms) === firstMs);
  const found: Disagreement[] = [];
  if (!begins) found.push(told("journal", rows, "has a journal that does not begin with its sending"));
  if (envelope.state !== "sent" && !has("destroyed"))
    found.push(told("journal", rows, "has a journal without its end"));
  if (envelope.state === "revoked" && !has("revoked", "grant_revoked")) {
    found.push(told("journal", rows, "has a journal that does not know it was revoked"));
  }
  return found;
}

/** Taken back and sent anew since, the message may have these chunks in it. */
async function removeExtra(
  services: Services,
  seen: EnvelopeRows["envelope"],
  extra: readonly string[],
): Promise<void> {
  const [now] = await rowsOf(services.db.read, [seen.envelope_id]);
  if (now?.envelope.state !== "sent" || now.envelope.sent_at_ms !== seen.sent_at_ms) return;
  const wanted = new Set(now.parts.flatMap(chunkNames));
  for (const name of extra) if (!wanted.has(name)) await services.blobs.deleteChunk(seen.envelope_id, name);
}

function chunkNames({ part, generation, chunks }: PartsTable): readonly string[] {
  return Array.from({ length: chunks }, (_, chunk) => chunkName(part, generation, chunk));
}

async function checkContent(services: Services, rows: EnvelopeRows, deep: boolean): Promise<readonly Disagreement[]> {
  const id = rows.envelope.envelope_id;
  const stored = await sizesOf(services.blobs, id);
  const found: Disagreement[] = [];
  const wanted = new Set<string>();
  for (const part of rows.parts) {
    const names = chunkNames(part);
    for (const name of names) wanted.add(name);
    const missing = names.filter((name) => !stored.has(name));
    const total = names.reduce((sum, name) => sum + (stored.get(name) ?? 0), 0);
    if (missing.length > 0)
      found.push(told("content", rows, `part ${part.part} lacks ${missing.length} of ${names.length} chunks`));
    else if (total !== part.size_bytes) {
      found.push(told("content", rows, `part ${part.part} has ${total} of ${part.size_bytes} bytes`));
    } else if (deep && !(await isAsDeclared(services.blobs, id, part, stored))) {
      found.push(told("digest", rows, `part ${part.part} is not what its sender declared`));
    }
  }
  const extra = [...stored.keys()].filter((name) => !wanted.has(name));
  if (extra.length > 0) {
    const mend = () => removeExtra(services, rows.envelope, extra);
    found.push({ ...told("orphan", rows, `has ${extra.length} chunks that belong to no part`), mend });
  }
  return found;
}

async function isAsDeclared(
  blobs: BlobStore,
  id: string,
  part: PartsTable,
  sizes: ReadonlyMap<string, number>,
): Promise<boolean> {
  const hash = createHash("sha256");
  try {
    for (let chunk = 0; chunk < part.chunks; chunk++) {
      const name = chunkName(part.part, part.generation, chunk);
      for await (const piece of blobs.readChunk(id, name, 0, sizes.get(name) ?? 0)) hash.update(piece);
    }
  } catch (error) {
    if (error instanceof PliError && error.code === "not_found") return false;
    throw error;
  }
  return hash.digest("base64url") === part.sha256;
}
