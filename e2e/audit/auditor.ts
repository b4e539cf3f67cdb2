/**
 * Holds a server to what it promised its clients (Q10, Z8), from outside: by its database, its blob folder, its API and the mails that went
 * out. Knows nothing of how the server works inside. Gives findings as sentences; none is what everybody hopes for.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { getEnvelope, openSent, readAttachment, type Transport } from "@pli/client";
import type { CryptoProvider, KeyringKeys } from "@pli/core/sealing";
import type { KnownMessage, Ledger } from "./ledger.ts";
import type { GrantRow, StoredFile, StoredPlace, StoredRows } from "./stored-rows.ts";

export interface Mailed {
  /** Links that arrived in a mailbox. */
  readonly links: ReadonlySet<string>;
}

/** Right after a crash and a restart: what must hold at any instant. */
export async function auditStored(place: StoredPlace, ledger: Ledger): Promise<readonly string[]> {
  const rows = await place.rows();
  return auditRows(rows, await place.files(), ledger);
}

/** The same of what was read already. */
export function auditRows(rows: StoredRows, files: readonly StoredFile[], ledger: Ledger): readonly string[] {
  return [
    ...(rows.integrity === "ok" ? [] : [`the database is damaged: ${rows.integrity}`]),
    ...auditMessages(rows, files, ledger),
    ...auditOpenings(rows, ledger),
    ...auditEnded(rows),
    ...auditReplies(rows, files, ledger),
    ...auditJournal(rows),
    ...auditNotified(rows),
  ];
}

/** An accepted message is there whole, one that was not is not there at all. */
function auditMessages(rows: StoredRows, files: readonly StoredFile[], ledger: Ledger): string[] {
  const findings: string[] = [];
  for (const [envelopeId, message] of ledger.messages) {
    const envelope = rows.envelopes.find((row) => row.envelope_id === envelopeId);
    const grants = rows.grants.filter((row) => row.envelope_id === envelopeId);
    const mails = rows.outbox.filter(
      ({ kind, grant_id }) => kind === "message" && grants.some((grant) => grant.grant_id === grant_id),
    );
    const { order } = message.prepared;
    if (envelope === undefined || envelope.state === "draft") {
      if (message.acknowledged) findings.push(`${envelopeId} was accepted and is lost`);
      if (grants.length + mails.length > 0) findings.push(`${envelopeId} was not accepted, and is half there`);
      continue;
    }
    if (grants.length !== order.grants.length)
      findings.push(`${envelopeId} has ${grants.length} of ${order.grants.length} grants`);
    const mailed = order.grants.filter(({ delivery }) => delivery === "mail").length;
    if (mails.length < mailed) findings.push(`${envelopeId} has ${mails.length} of ${mailed} notifications`);
    if (envelope.commitment !== order.commitment) findings.push(`${envelopeId} has another commitment`);
    const sent = rows.journal.filter((row) => row.envelope_id === envelopeId && row.event === "sent");
    if (sent.length !== 1) findings.push(`${envelopeId} was sent ${sent.length} times by the journal`);
    if (envelope.state === "sent") findings.push(...missingChunks(rows, files, envelopeId));
    if (message.revoking === "no" && envelope.state === "revoked") findings.push(`${envelopeId} was revoked by nobody`);
    if (message.revoking === "confirmed" && envelope.state !== "revoked")
      findings.push(`${envelopeId} was revoked and lives`);
  }
  return findings;
}

function missingChunks(rows: StoredRows, files: readonly StoredFile[], envelopeId: string): string[] {
  const present = new Map(
    files.filter(({ folder }) => folder === envelopeId).map((file) => [file.name, file.sizeBytes]),
  );
  const parts = rows.parts.filter((row) => row.envelope_id === envelopeId);
  if (parts.length === 0) return [`${envelopeId} has no parts`];
  return parts.flatMap(({ part, generation, chunks, size_bytes }) => {
    const sizes = Array.from({ length: chunks }, (_, chunk) => present.get(`${part}-${generation}-${chunk}`));
    if (sizes.includes(undefined)) return [`${envelopeId} part ${part} misses a chunk`];
    const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    return total === size_bytes ? [] : [`${envelopeId} part ${part} has ${total} of ${size_bytes} bytes`];
  });
}

/** No opening too many, none that was given forgotten. */
function auditOpenings(rows: StoredRows, ledger: Ledger): string[] {
  return rows.grants.flatMap((row) => {
    const used = row.openings_total - row.openings_left;
    const noted = rows.journal.filter(({ grant_id, event }) => grant_id === row.grant_id && event === "opened").length;
    const grant = ledger.grants.get(row.grant_id);
    const findings: string[] = [];
    if (row.openings_left < 0) findings.push(`grant ${row.grant_id} has ${row.openings_left} openings left`);
    if (noted !== used) findings.push(`grant ${row.grant_id} used ${used} openings, the journal knows ${noted}`);
    else findings.push(...auditTurns(rows, row));
    if (grant === undefined) return findings;
    if (used > grant.openingsAllowed)
      findings.push(`grant ${row.grant_id} gave ${used} of ${grant.openingsAllowed} openings`);
    if (used > grant.openingsTried)
      findings.push(`grant ${row.grant_id} counts ${used} openings, ${grant.openingsTried} were asked for`);
    if (used < grant.openingsGiven)
      findings.push(`grant ${row.grant_id} forgot an opening: gave ${grant.openingsGiven}, counts ${used}`);
    return findings;
  });
}

/** Each opening says in the journal how many were left after it: every number once, down to what is left now. */
function auditTurns(rows: StoredRows, grant: GrantRow): string[] {
  const told = rows.journal
    .filter(({ grant_id, event }) => grant_id === grant.grant_id && event === "opened")
    .map(({ facts }) => (JSON.parse(facts ?? "{}") as { openingsLeft?: number }).openingsLeft ?? Number.NaN)
    .toSorted((a, b) => b - a);
  const isWhole = told.every((left, index) => left === grant.openings_total - 1 - index);
  return isWhole ? [] : [`the journal of grant ${grant.grant_id} counts ${told.join(", ")} of ${grant.openings_total}`];
}

/** What has ended has no key any more. */
function auditEnded(rows: StoredRows): string[] {
  const ended = new Set(
    rows.envelopes.filter(({ state }) => state !== "draft" && state !== "sent").map((row) => row.envelope_id),
  );
  const over = new Set(
    rows.grants.filter(({ state }) => state === "revoked" || state === "expired").map((row) => row.grant_id),
  );
  return rows.keys
    .filter(({ envelope_id, grant_id }) => ended.has(envelope_id) || (grant_id !== null && over.has(grant_id)))
    .map(({ envelope_id, where }) => `${envelope_id} has ended and its ${where} is still there`);
}

function auditReplies(rows: StoredRows, files: readonly StoredFile[], ledger: Ledger): string[] {
  return [...ledger.replies.values()].flatMap(({ envelopeId, acknowledged }) => {
    const envelope = rows.envelopes.find((row) => row.envelope_id === envelopeId);
    if (envelope?.state === "sent") return missingChunks(rows, files, envelopeId);
    return acknowledged ? [`reply ${envelopeId} was accepted and is lost`] : [];
  });
}

/** No entry twice, none of an envelope that is not there but for drafts thrown away, none before its sending. */
function auditJournal(rows: StoredRows): string[] {
  const ids = new Set(rows.journal.map((row) => row.entry_id));
  const findings = ids.size === rows.journal.length ? [] : ["the journal has an entry twice"];
  // A reply is told of in the journal of what it answers.
  const replies = rows.envelopes.filter(({ kind, sent_at_ms }) => kind === "reply" && sent_at_ms !== null).length;
  const replied = rows.journal.filter(({ event }) => event === "replied").length;
  if (replies !== replied) findings.push(`${replies} replies arrived, the journal knows ${replied}`);
  for (const envelope of rows.envelopes) {
    if (envelope.state === "draft" || envelope.kind !== "message") continue;
    const events = rows.journal.filter((row) => row.envelope_id === envelope.envelope_id);
    const firstMs = Math.min(...events.map(({ at_ms }) => at_ms));
    if (!events.some(({ at_ms, event }) => at_ms === firstMs && event === "sent")) {
      findings.push(
        `the journal of ${envelope.envelope_id} (${envelope.state}) does not begin with its sending: ${events.map(({ event }) => event).join(", ") || "nothing"}`,
      );
    }
    if (envelope.state === "revoked" && !events.some(({ event }) => event === "revoked" || event === "grant_revoked")) {
      findings.push(`the journal does not know that ${envelope.envelope_id} was revoked`);
    }
  }
  return findings;
}

/** A mail that the relay took is in the journal, one that it did not is not. */
function auditNotified(rows: StoredRows): string[] {
  return rows.outbox.flatMap(({ kind, state, mail_id, grant_id }) => {
    if (kind !== "message") return [];
    const noted = rows.journal.some((row) => row.grant_id === grant_id && row.event === "notified");
    if (noted === (state === "accepted")) return [];
    return [`mail ${mail_id} is ${state}, and the journal ${noted ? "knows it as gone out" : "does not know it"}`];
  });
}

/** Nodes differ from the time by so much at most: a round trip to the database on a busy machine. */
const CLOCK_MS = 2_000;

/** What happened between two instants bears a time between them, whatever a node's own clock says. */
export function auditTimes(
  rows: Pick<StoredRows, "journal">,
  run: { readonly fromMs: number; readonly untilMs: number },
): readonly string[] {
  return rows.journal
    .filter(({ at_ms }) => at_ms < run.fromMs - CLOCK_MS || at_ms > run.untilMs + CLOCK_MS)
    .map(({ event, envelope_id, at_ms }) => `"${event}" of ${envelope_id} bears ${new Date(at_ms).toISOString()}`);
}

/** After the time of interrupted work is over: nothing is left of what was not accepted, nor of what was destroyed. */
export async function auditClean(place: StoredPlace): Promise<readonly string[]> {
  const rows = await place.rows();
  const findings: string[] = [];
  for (const { folder, name } of await place.files()) {
    const envelope = rows.envelopes.find((row) => row.envelope_id === folder);
    const [, part, generation, chunk] = /^(\d+)-(\d+)-(\d+)$/.exec(name)?.map(Number) ?? [];
    const row = rows.parts.find(
      (one) => one.envelope_id === folder && one.part === part && one.generation === generation,
    );
    if (envelope === undefined) findings.push(`${folder}/${name} belongs to no envelope`);
    else if (envelope.state !== "sent")
      findings.push(`${folder}/${name} is left of an envelope that is ${envelope.state}`);
    else if (row === undefined || (chunk ?? 0) >= row.chunks) findings.push(`${folder}/${name} belongs to no part`);
  }
  for (const { mail_id, state, secret } of rows.outbox) {
    if (secret !== null && state !== "waiting" && state !== "held")
      findings.push(`mail ${mail_id} is ${state} and keeps its secret`);
  }
  return findings;
}

/** After a clean stop: the keys of what was revoked are in no corner of the files either, and no link's secret ever was in clear. */
export async function auditErased(dataFolder: string, ledger: Ledger): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const entry of await readdir(dataFolder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(dataFolder, entry.name));
    // As text, or as the bytes it stands for.
    const holds = (text: string | undefined) =>
      text !== undefined && (bytes.includes(text) || bytes.includes(Buffer.from(text, "base64url")));
    for (const [envelopeId, { prepared, revoking }] of ledger.messages) {
      const { grants, sealedKey } = prepared.order;
      if (grants.some(({ linkSecret }) => holds(linkSecret)))
        findings.push(`${entry.name} holds a link of ${envelopeId}`);
      if (revoking !== "confirmed") continue;
      if (holds(sealedKey)) findings.push(`${entry.name} still holds the sender's key of ${envelopeId}, revoked`);
      for (const { grantId, wrappedKey, sealedSecret } of grants) {
        if (holds(wrappedKey)) findings.push(`${entry.name} still holds the key of grant ${grantId}, revoked`);
        if (holds(sealedSecret))
          findings.push(`${entry.name} still holds the sealed secret of grant ${grantId}, revoked`);
      }
    }
  }
  return findings;
}

/** Every accepted message's notifications went out. */
export function auditMails(ledger: Ledger, mailed: Mailed): readonly string[] {
  return [...ledger.grants.values()]
    .filter(({ delivery, envelopeId }) => delivery === "mail" && ledger.messages.get(envelopeId)?.acknowledged === true)
    .filter(({ envelopeId }) => ledger.messages.get(envelopeId)?.revoking === "no")
    .filter(({ link }) => !mailed.links.has(link))
    .map(({ grantId }) => `no mail of grant ${grantId} ever went out`);
}

const LATE_MAILS_MS = 60_000;

/** The same once a server had the time to send what another one left: what is missing in the end. */
export async function auditLateMails(
  ledger: Ledger,
  mails: Mailed & { nextMail(): Promise<void> },
): Promise<readonly string[]> {
  const deadlineMs = performance.now() + LATE_MAILS_MS;
  while (auditMails(ledger, mails).length > 0 && performance.now() < deadlineMs) {
    await Promise.race([mails.nextMail(), pause(500)]);
  }
  return auditMails(ledger, mails);
}

/** Every accepted message that lives is read back by its sender to the same subject, text and bytes. */
export async function auditContent(
  t: Transport,
  crypto: CryptoProvider,
  keyring: KeyringKeys,
  ledger: Ledger,
): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const [envelopeId, message] of ledger.messages) {
    if (!message.acknowledged || message.revoking !== "no") continue;
    const finding = await readBack(t, crypto, keyring, { envelopeId, message }).catch(
      (error: unknown) => `cannot be read back: ${error instanceof Error ? error.message : error}`,
    );
    if (finding !== null) findings.push(`${envelopeId} ${finding}`);
  }
  return findings;
}

async function readBack(
  t: Transport,
  crypto: CryptoProvider,
  keyring: KeyringKeys,
  { envelopeId, message }: { readonly envelopeId: string; readonly message: KnownMessage },
): Promise<string | null> {
  const envelope = await getEnvelope(t, envelopeId);
  // All its openings may be used and their hour over: then it has rightly ended.
  if (!envelope.contentAvailable) return envelope.state === "destroyed" ? null : `is ${envelope.state} without content`;
  const { contentKey, manifest } = await openSent(t, crypto, keyring, envelope);
  if (manifest.subject !== message.subject || manifest.body.text !== message.text) return "has another text";
  if (manifest.attachments.length !== message.files.length) return "has other attachments";
  for (const [index, attachment] of manifest.attachments.entries()) {
    const hash = createHash("sha256");
    const options = { source: { envelopeId }, contentKey, attachment, parts: envelope.partList };
    for await (const piece of readAttachment(t, crypto, options)) hash.update(piece);
    if (hash.digest("hex") !== message.files[index]?.sha256) return `has another ${attachment.name}`;
  }
  return null;
}
