/**
 * Fills an empty installation with rows as years of use leave them: envelopes of a year, nearly all ended, of many members, with all that hangs
 * on them. By statements of the engine, since sending millions takes days. Rows have the lengths of real ones; what is sealed is noise, and
 * an opening's verifier is one for all. Never for tests of what is read.
 */
import { createHash, randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { connectAlone } from "../../platform/database/dialect/postgres-pool.ts";
import type { DatabasePlace } from "../../platform/database/index.ts";

export interface Seeds {
  readonly envelopes: number;
  /** Whose every so-many-th message is: the heaviest sender of all, and the reader of the sent list. */
  readonly heavy: { readonly memberId: string; readonly organisationId: string };
  readonly nowMs: number;
  /** Of how many envelopes, the youngest, the sealed values are there too, beside all of the heavy member's: they are half of all bytes. */
  readonly sealed?: number;
}

/** Opens every seeded grant that is alive, from a link alone. 32 bytes, base64url. */
export const SEEDED_VERIFIER = Buffer.alloc(32, 7).toString("base64url");

const DAY_MS = 24 * 3_600_000;
const YEAR_MS = 365 * DAY_MS;
const LIFE_MS = 14 * DAY_MS;
/** Replies stay with who received them. */
const REPLY_LIFE_MS = 400 * DAY_MS;
const NOISE = 997;
/** Rows in one statement: a failure says where, and nothing grows without end. */
const STEP = 250_000;

/** Messages of the heavy member: a hundredth of all, but two thousand, or half of all, if that is more. */
export function heavyMessages(envelopes: number): number {
  return Math.floor(envelopes / strideOf(envelopes));
}

function strideOf(envelopes: number): number {
  return Math.max(1, Math.floor(envelopes / Math.max(Math.min(envelopes / 2, 2000), envelopes / 100)));
}

/** The id of seeded envelope `index`, from 1 to `envelopes`; every multiple of the stride is the heavy member's. */
export function seededEnvelopeId(index: number): string {
  return String(index).padStart(26, "0");
}

/** The first grant of seeded envelope `index`: scattered as random ids are. */
export function seededGrantId(index: number): string {
  const scattered = (BigInt(index) * 2654435761n) % 4294967296n;
  return `${String(scattered).padStart(10, "0")}${String(index).padStart(11, "0")}A`;
}

/** Seeded messages that can be opened: the last of them, without drafts and replies. */
export function aliveIndexes(envelopes: number, count: number): readonly number[] {
  const found: number[] = [];
  const oldest = Math.ceil(envelopes * (1 - LIFE_MS / 2 / YEAR_MS));
  for (let index = oldest; index <= envelopes && found.length < count; index++) {
    if (!isReply(index) && !isDraft(index)) found.push(index);
  }
  return found;
}

const isReply = (index: number): boolean => (index * 7 + Math.floor(index / 97)) % 20 === 3;
const isDraft = (index: number): boolean => index % 100 === 7;

/** Statements run one after the other on a connection of their own. */
interface Runner {
  run(text: string, values?: readonly (string | number | Uint8Array)[]): Promise<void>;
  /** `(i)` from a number to a number. */
  numbers(from: number, to: number): string;
  /** Where making an index at the end is faster than keeping it: not the small ones that jobs look into all the time. @returns what makes them again */
  dropIndexes(): Promise<readonly string[]>;
  close(): Promise<void>;
}

async function openRunner(place: DatabasePlace): Promise<Runner> {
  if (place.engine === "postgres") {
    const client = await connectAlone(place);
    await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'");
    return {
      run: async (text, values = []) => void (await client.query(text, [...values])),
      numbers: (from, to) => `(select i from generate_series(${from}::bigint, ${to}::bigint) as series(i)) as numbers`,
      dropIndexes: async () => {
        const { rows } = await client.query<{ name: string; text: string }>(
          `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as text
           from pg_index join pg_class on pg_class.oid = indrelid
           where relnamespace = 'public'::regnamespace and relname in ('envelopes', 'grants', 'outbox', 'journal') and not indisunique and indpred is null`,
        );
        for (const { name } of rows) await client.query(`drop index ${name}`);
        return rows.map(({ text }) => text);
      },
      close: () => client.end(),
    };
  }
  const database = new DatabaseSync(place.path);
  database.exec(
    "pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -200000; pragma busy_timeout = 5000",
  );
  return {
    run: async (text, values = []) => {
      if (values.length === 0) database.exec(text);
      else database.prepare(text.replaceAll(/\$\d+/g, "?")).run(...values);
    },
    numbers: (from, to) =>
      `(with recursive series(i) as (select ${from} union all select i + 1 from series where i < ${to}) select i from series) as numbers`,
    dropIndexes: async () => [],
    close: async () => {
      database.exec("pragma wal_checkpoint(truncate)");
      database.close();
    },
  };
}

/** Seeds and, on PostgreSQL, gathers statistics, as its autovacuum does. The server may be running; nobody may write meanwhile. */
export async function seed(place: DatabasePlace, seeds: Seeds): Promise<void> {
  const runner = await openRunner(place);
  try {
    await runner.run(
      `create ${place.engine === "postgres" ? "unlogged" : ""} table noise (k integer primary key, sender_key ${bytesOf(place)}, summary ${bytesOf(place)}, key60 ${bytesOf(place)}, t22 text, t43 text, t80 text)`,
    );
    for (let k = 0; k < NOISE; k++) {
      const text = (lengthBytes: number) => randomBytes(lengthBytes).toString("base64url");
      await runner.run("insert into noise values ($1, $2, $3, $4, $5, $6, $7)", [
        k,
        randomBytes(1168),
        randomBytes(540),
        randomBytes(60),
        text(16),
        text(32),
        text(60),
      ]);
    }
    // Never so few that reading all of them would be the best plan.
    const people = Math.max(2_000, Math.floor(seeds.envelopes / 500));
    for (const text of peopleStatements(runner, people, seeds)) await runner.run(text);
    const makeIndexes = await runner.dropIndexes();
    for (let from = 1; from <= seeds.envelopes; from += STEP) {
      const to = Math.min(seeds.envelopes, from + STEP - 1);
      for (const text of envelopeStatements(runner, from, to, people, seeds)) await runner.run(text);
    }
    for (const text of shortLived(runner, seeds)) await runner.run(text);
    for (const text of makeIndexes) await runner.run(text);
    await runner.run("drop table noise");
    if (place.engine === "postgres") await runner.run("vacuum analyze");
  } finally {
    await runner.close();
  }
}

const bytesOf = ({ engine }: DatabasePlace) => (engine === "postgres" ? "bytea" : "blob");

/** `expression` with zeros in front, `width` characters, in the words of both engines. */
function padded(expression: string, width: number): string {
  const digits = `cast(${expression} as text)`;
  return `substr('${"0".repeat(width)}' || ${digits}, length(${digits}) + 1)`;
}

const envelopeId = (index: string) => padded(index, 26);
const grantId = (index: string) =>
  `${padded(`((${index}) * 2654435761) % 4294967296`, 10)} || ${padded(index, 11)} || 'A'`;
/** A second recipient has a grant of an index of their own, beyond all envelopes. */
const secondGrantId = (index: string) => grantId(`(${index}) + 1000000000`);
const noise = "join noise on noise.k = i % 997";

function peopleStatements(runner: Runner, people: number, { nowMs }: Seeds): string[] {
  const organisation = (index: string) => padded(`(${index}) / 20`, 26);
  const member = (index: string) => padded(index, 26);
  return [
    `insert into organisations (organisation_id, name, created_at_ms)
      select ${padded("i", 26)}, 'Organisation ' || i, ${nowMs - YEAR_MS} + i from ${runner.numbers(0, Math.floor(people / 20))}`,
    `insert into members (member_id, organisation_id, address, name, role, time_zone, language, defaults, created_at_ms)
      select ${member("i")}, ${organisation("i")}, 'member' || i || '@seeded.example', 'Member ' || i, 'member', 'Europe/Paris', 'fr', '{}', ${nowMs - YEAR_MS}
      from ${runner.numbers(1, people)}`,
    `insert into sessions (secret_sha256, session_id, member_id, organisation_id, kind, name, created_at_ms, last_seen_at_ms, expires_at_ms)
      select ${padded("(i * 2654435761) % 4294967296", 10)} || substr(t43, 11), ${padded("i", 26)}, ${member("1 + i / 2")}, ${organisation("1 + i / 2")}, 'browser', 'Firefox',
        ${nowMs - DAY_MS}, ${nowMs - DAY_MS}, ${nowMs + 20 * DAY_MS} from ${runner.numbers(0, 2 * people - 2)} ${noise}`,
    `insert into keyrings (member_id, organisation_id, kem_public, sign_public, slot_count, created_at_ms)
      select ${member("i")}, ${organisation("i")}, t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80 || t80, t43, 2, ${nowMs - YEAR_MS}
      from ${runner.numbers(1, people)} ${noise}`,
    `insert into key_slots (member_id, slot_id, kind, name, wrapped_seed, created_at_ms)
      select ${member("1 + i / 2")}, ${padded("i", 22)}, 'recovery', 'Recovery', t80, ${nowMs - YEAR_MS} from ${runner.numbers(0, 2 * people - 1)} ${noise}`,
  ];
}

function envelopeStatements(runner: Runner, from: number, to: number, people: number, seeds: Seeds): string[] {
  const { envelopes, heavy, nowMs } = seeds;
  const numbers = runner.numbers(from, to);
  const stride = strideOf(envelopes);
  const createdMs = `(${nowMs - 60_000} - (${envelopes} - i) * ${Math.floor(YEAR_MS / envelopes)})`;
  const reply = "((i * 7 + i / 97) % 20 = 3)";
  // Nearly everybody opens within the hour: the lists of few and of many messages show the same.
  const opened = `(i <= ${envelopes} - 10)`;
  const expiresMs = `(${createdMs} + case when ${reply} then ${REPLY_LIFE_MS} else ${LIFE_MS} end)`;
  const ended = `(${expiresMs} <= ${nowMs})`;
  const draft = `(i % 100 = 7 and not ${reply} and not ${ended})`;
  const someone = `(1 + (i * 7919) % ${people})`;
  const memberOf = `case when i % ${stride} = 0 then '${heavy.memberId}' else ${padded(someone, 26)} end`;
  const organisationOf = `case when i % ${stride} = 0 then '${heavy.organisationId}' else ${padded(`${someone} / 20`, 26)} end`;
  const verifier = createHash("sha256").update(Buffer.from(SEEDED_VERIFIER, "base64url")).digest("base64url");
  const grants = (id: string, position: number, which: string) =>
    `insert into grants (envelope_id, grant_id, organisation_id, member_id, position, state, address, name, type, language, delivery, verifier_sha256, wrapped_key,
        sealed_secret, openings_total, openings_left, expires_at_ms, first_sent_at_ms, last_sent_at_ms, sends, first_opened_at_ms, last_opened_at_ms, wrong_tries, wrong_total)
      select ${envelopeId("i")}, ${id}, ${organisationOf}, ${memberOf}, ${position}, case when ${ended} then 'expired' else 'active' end,
        'reader' || i % 100003 || '@courriel.example', 'Reader ' || i % 100003, 'to', 'fr', 'link', '${verifier}', case when ${ended} then null else t80 end,
        case when ${ended} then null else key60 end, 1000000, 999999, ${createdMs} + ${LIFE_MS}, ${createdMs}, ${createdMs}, 1,
        case when ${opened} then ${createdMs} + 3600000 end, case when ${opened} then ${createdMs} + 3600000 end, 0, 0
      from ${numbers} ${noise} where not ${draft} and not ${reply} and ${which}`;
  const journal = (step: number, event: string, facts: string, which: string) =>
    `insert into journal (envelope_id, entry_id, organisation_id, at_ms, event, grant_id, facts)
      select ${envelopeId("i")}, ${padded(`i * 10 + ${step}`, 26)}, ${organisationOf}, ${createdMs} + ${step} * 60000, '${event}', ${step === 0 ? "null" : grantId("i")}, ${facts}
      from ${numbers} ${noise} where not ${draft} and ${which}`;
  const mails = (id: string, half: number, which: string) =>
    `insert into outbox (mail_id, organisation_id, kind, state, address, language, envelope_id, grant_id, facts, created_at_ms, next_try_at_ms, give_up_at_ms, tries,
        lease_until_ms, ended_at_ms, request_id)
      select ${padded(`i * 2 + ${half}`, 26)}, ${organisationOf}, 'message', 'accepted', 'reader' || i % 100003 || '@courriel.example', 'fr', ${envelopeId("i")}, ${id}, '{}',
        ${createdMs}, ${createdMs}, ${createdMs} + 86400000, 1, 0, ${createdMs} + 2000, t22
      from ${numbers} ${noise} where not ${draft} and not ${reply} and ${which}`;
  const visit = `'{"openingsLeft":3,"network":"198.51.' || i % 256 || '.0/24","agent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/140.0","machine":false}'`;
  const parts = (part: number) =>
    `insert into parts (envelope_id, part, generation, chunks, size_bytes, sha256)
      select ${envelopeId("i")}, ${part}, 0, 1, 4096 + i % 100000, t43 from ${numbers} ${noise} where not ${draft}`;
  return [
    `insert into envelopes (envelope_id, organisation_id, kind, state, member_id, device_sha256, from_grant_id, from_address, in_reply_to, revision, generations, created_at_ms,
        sent_at_ms, expires_at_ms, ended_at_ms, read_at_ms, notify, notify_unread, reference, part_count, size_bytes, recipients_count, opened_count, commitment, content_gone)
      select ${envelopeId("i")}, ${organisationOf}, case when ${reply} then 'reply' else 'message' end,
        case when ${draft} then 'draft' when ${ended} then 'expired' else 'sent' end, ${memberOf}, case when ${reply} then t43 end,
        case when ${reply} then ${grantId("i - 1")} end, case when ${reply} then 'reader' || i % 100003 || '@courriel.example' end,
        case when ${reply} then ${envelopeId("i - 1")} end, 0, '{}', ${createdMs}, case when ${draft} then null else ${createdMs} end, ${expiresMs},
        case when ${ended} then ${expiresMs} end, case when ${reply} and i % 10 > 0 then ${createdMs} + 60000 end, 'never', 1,
        case when i % 3 = 0 then 'Dossier ' || i end, 1, 5096 + i % 100000, case when (i / 7 + i / 911) % 5 = 0 then 2 else 1 end, case when ${opened} then 1 else 0 end,
        t43, case when ${ended} then 1 else 0 end
      from ${numbers} ${noise}`,
    `insert into seals (envelope_id, sealed_sender_key, sealed_key, sealed_summary)
      select ${envelopeId("i")}, sender_key, case when ${ended} then null else key60 end, summary
      from ${numbers} ${noise} where not ${draft} and (i > ${envelopes - (seeds.sealed ?? envelopes)} or i % ${stride} = 0)`,
    parts(0),
    parts(1),
    grants(grantId("i"), 0, "true"),
    grants(secondGrantId("i"), 1, "(i / 7 + i / 911) % 5 = 0"),
    journal(0, "sent", `'{"commitment":"' || t43 || '","sizeBytes":5096,"parts":2,"recipients":1}'`, "true"),
    journal(1, "notified", "null", `not ${reply}`),
    journal(2, "opened", visit, opened),
    mails(grantId("i"), 0, "true"),
    mails(secondGrantId("i"), 1, "(i / 7 + i / 911) % 5 = 0"),
    `insert into copy_requests (envelope_id, request_id, grant_id, reason, asked_at_ms, done)
      select ${envelopeId("i")}, ${padded("i", 26)}, ${grantId("i")}, 'new_copy', ${createdMs}, i % 2 from ${numbers} where i % 20 = 0`,
  ];
}

/** Rows of a day or an hour, and of people: as many as so many envelopes a year make, and some. */
function shortLived(runner: Runner, { envelopes, heavy, nowMs }: Seeds): string[] {
  const day = runner.numbers(1, Math.ceil(envelopes / 300) + 4000);
  const soonMs = `${nowMs} + 600000 + (i * 7919) % 3000000`;
  const later = `${nowMs} + 3600000 + (i * 7919) % 80000000`;
  const address = "'reader' || i || '@courriel.example'";
  const known = runner.numbers(1, Math.ceil(envelopes / 300) + 20_000);
  const someMember = padded("1 + i % 997", 26);
  const book = `case i % 20 when 0 then '${heavy.memberId}' when 1 then '${heavy.organisationId}' else ${someMember} end`;
  return [
    `insert into openings (grant_id, device_sha256, open_until_ms) select ${grantId("i")}, t43, ${soonMs} from ${day} ${noise}`,
    `insert into mailbox_codes (address, code_id, code_hmac, reference, sent_at_ms, expires_at_ms)
      select ${address}, ${padded("i", 26)}, t43, 'K7 Q4', ${nowMs}, ${later} from ${day} ${noise}`,
    `insert into mailbox_tries (address, device_sha256, tries, until_ms) select ${address}, t43, 1, ${soonMs} from ${day} ${noise}`,
    `insert into mailbox_proofs (device_sha256, address, until_ms) select t43, ${address}, ${later} from ${day} ${noise}`,
    `insert into idempotency_keys (caller, idempotency_key, content_sha256, status, body, created_at_ms)
      select 'member:' || ${padded("i", 26)}, t22, t43, 200, '{"envelopeId":"' || ${padded("i", 26)} || '"}', ${nowMs} from ${day} ${noise}`,
    // One of a hundred is alive, as of envelopes.
    `insert into secrets (secret_id, organisation_id, member_id, state, verifier_sha256, wrapped_key, content, views_total, views_left, wrong_tries, wrong_total,
        created_at_ms, expires_at_ms, ended_at_ms)
      select t22 || i, ${padded("1 + i % 50", 26)}, ${padded("1 + i % 1000", 26)}, case when i % 100 = 0 then 'active' else 'expired' end, t43,
        case when i % 100 = 0 then t80 end, case when i % 100 = 0 then summary end, 1, 1, 0, 0, ${nowMs} - i, ${nowMs} + 600000 + i * 1000,
        case when i % 100 = 0 then null else ${nowMs} - 1000 - i * 1000 end
      from ${day} ${noise}`,
    // The heavy member has written to many, and has a full book.
    `insert into correspondents (member_id, address_key, organisation_id, address, domain, name, name_key, last_key, language, sends, last_at_ms)
      select case when i % 20 = 0 then '${heavy.memberId}' else ${someMember} end, ${address}, '${heavy.organisationId}', ${address},
        'courriel' || i % 500 || '.example', 'Reader ' || i, 'reader ' || i, i || ' reader', 'fr', 1 + i % 7, ${nowMs} - i * 1000
      from ${known}`,
    `insert into contacts (contact_id, organisation_id, book_id, member_id, version, sort_key, name, addresses, created_at_ms, changed_at_ms)
      select ${padded("i", 26)}, '${heavy.organisationId}', ${book}, '${heavy.memberId}', 1, 'reader ' || i, 'Reader ' || i, '["' || ${address} || '"]', ${nowMs}, ${nowMs}
      from ${known}`,
    `insert into contact_addresses (book_id, address_key, contact_id) select ${book}, ${address}, ${padded("i", 26)} from ${known}`,
    ...["'reader'", "cast(i as text)", address, "'@courriel' || i % 500 || '.example'"].map(
      (word) =>
        `insert into contact_words (book_id, word, contact_id) select ${book}, ${word}, ${padded("i", 26)} from ${known}`,
    ),
    `insert into member_codes (member_id, code_hmac, expires_at_ms) select ${padded("i", 26)}, t43, ${soonMs} from ${day} ${noise}`,
    `insert into sms_usage (member_id, month, count) select ${padded("i", 26)}, '2026-11', 1 + i % 9 from ${day}`,
    `insert into limits (door, key_sha256, free_at_ms) select 'openings', ${padded("i", 10)} || substr(t43, 11), ${soonMs} from ${day} ${noise}`,
    `insert into sign_in_links (token_sha256, tries_left, expires_at_ms) select ${padded("i", 10)} || substr(t43, 11), 5, ${soonMs} from ${day} ${noise}`,
  ];
}
