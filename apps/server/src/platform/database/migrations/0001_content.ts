/** Organisations and their members, envelopes with grants, and what is needed to open them. Multi-tenant from here on. */
import { type SqlBool, sql } from "kysely";
import type { Migration } from "../migrate.ts";

export const content: Migration = {
  name: "0001_content",
  up: async (db, engine) => {
    const { bigint, bytes, clustered } = engine;
    await db.schema
      .createTable("organisations")
      .addColumn("organisation_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("entities")
      .addColumn("organisation_id", "text", (c) => c.notNull().references("organisations.organisation_id"))
      .addColumn("entity_id", "text", (c) => c.notNull())
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("entities_key", ["organisation_id", "entity_id"])
      .execute();
    await db.schema
      .createTable("members")
      .addColumn("member_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull().references("organisations.organisation_id"))
      .addColumn("entity_id", "text")
      .addColumn("address", "text", (c) => c.notNull().unique())
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("role", "text", (c) => c.notNull())
      .addColumn("time_zone", "text", (c) => c.notNull())
      .addColumn("language", "text", (c) => c.notNull())
      .addColumn("defaults", "text", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("envelopes")
      .addColumn("envelope_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("state", "text", (c) => c.notNull())
      // Whose it is: the author of a message, the receiver of a reply.
      .addColumn("member_id", "text", (c) => c.notNull())
      // Of a reply: the device that writes it, the grant it was written from, the envelope it answers.
      .addColumn("device_sha256", "text")
      .addColumn("from_grant_id", "text")
      .addColumn("from_address", "text")
      .addColumn("from_name", "text")
      .addColumn("in_reply_to", "text")
      .addColumn("revision", "integer", (c) => c.notNull())
      .addColumn("generations", "text", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .addColumn("sent_at_ms", bigint)
      .addColumn("take_back_until_ms", bigint)
      .addColumn("expires_at_ms", bigint, (c) => c.notNull())
      .addColumn("ended_at_ms", bigint)
      .addColumn("read_at_ms", bigint)
      .addColumn("notify", "text")
      .addColumn("notify_unread", "integer", (c) => c.notNull())
      .addColumn("reference", "text")
      .addColumn("part_count", "integer", (c) => c.notNull())
      .addColumn("size_bytes", bigint, (c) => c.notNull())
      .addColumn("recipients_count", "integer", (c) => c.notNull())
      // Recipients who opened at least once.
      .addColumn("opened_count", "integer", (c) => c.notNull())
      .addColumn("commitment", "text")
      // 1 once an ended envelope's blobs are gone too.
      .addColumn("content_gone", "integer", (c) => c.notNull())
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("envelopes_of_member").on("envelopes").columns(["member_id", "envelope_id"]).execute();
    // Indexes by time hold only what the jobs look for: sending, opening and lists do not pay for them.
    await db.schema
      .createIndex("envelopes_by_end")
      .on("envelopes")
      .column("expires_at_ms")
      .where(sql<SqlBool>`content_gone = 0 and (state = 'draft' or kind = 'reply')`)
      .execute();
    await db.schema
      .createIndex("envelopes_to_erase")
      .on("envelopes")
      .column("envelope_id")
      .where(sql<SqlBool>`content_gone = 0 and state in ('revoked', 'expired', 'destroyed')`)
      .execute();
    // Replies alone pay for these: who received them, which are new, what they answer.
    await db.schema
      .createIndex("envelopes_in_inbox")
      .on("envelopes")
      .columns(["member_id", "sent_at_ms", "envelope_id"])
      .where(sql<SqlBool>`kind = 'reply' and state = 'sent'`)
      .execute();
    await db.schema
      .createIndex("envelopes_unread")
      .on("envelopes")
      .column("member_id")
      .where(sql<SqlBool>`kind = 'reply' and state = 'sent' and read_at_ms is null`)
      .execute();
    await db.schema
      .createIndex("envelopes_answering")
      .on("envelopes")
      .columns(["in_reply_to", "from_grant_id"])
      .where(sql<SqlBool>`in_reply_to is not null`)
      .execute();
    // Long values that are written once, apart from the rows that lists read and openings change.
    await db.schema
      .createTable("seals")
      .addColumn("envelope_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("sealed_sender_key", bytes)
      .addColumn("sealed_key", bytes)
      .addColumn("sealed_summary", bytes)
      .execute();
    await db.schema
      .createTable("parts")
      .addColumn("envelope_id", "text", (c) => c.notNull())
      .addColumn("part", "integer", (c) => c.notNull())
      .addColumn("generation", "integer", (c) => c.notNull())
      .addColumn("chunks", "integer", (c) => c.notNull())
      .addColumn("size_bytes", bigint, (c) => c.notNull())
      .addColumn("sha256", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("parts_key", ["envelope_id", "part"])
      .modifyEnd(clustered)
      .execute();
    await db.schema
      .createTable("grants")
      .addColumn("envelope_id", "text", (c) => c.notNull())
      .addColumn("grant_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      // The author's, again: so that the landing page needs this row alone.
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("state", "text", (c) => c.notNull())
      .addColumn("address", "text", (c) => c.notNull())
      .addColumn("name", "text")
      .addColumn("type", "text", (c) => c.notNull())
      .addColumn("language", "text", (c) => c.notNull())
      .addColumn("delivery", "text", (c) => c.notNull())
      .addColumn("verifier_sha256", "text", (c) => c.notNull())
      .addColumn("wrapped_key", "text")
      .addColumn("password_params", "text")
      .addColumn("sealed_secret", bytes)
      .addColumn("openings_total", "integer", (c) => c.notNull())
      .addColumn("openings_left", "integer", (c) => c.notNull())
      .addColumn("expires_at_ms", bigint, (c) => c.notNull())
      .addColumn("first_sent_at_ms", bigint)
      .addColumn("last_sent_at_ms", bigint)
      .addColumn("sends", "integer", (c) => c.notNull())
      .addColumn("first_opened_at_ms", bigint)
      .addColumn("last_opened_at_ms", bigint)
      // Until when the last running opening lives: the wrapped key stays that long, never longer.
      .addColumn("open_until_ms", bigint)
      .addColumn("wrong_tries", "integer", (c) => c.notNull())
      // All of them, over openings too: only the sender begins anew.
      .addColumn("wrong_total", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("locked_until_ms", bigint)
      .execute();
    await db.schema.createIndex("grants_of_envelope").on("grants").column("envelope_id").execute();
    await db.schema
      .createIndex("grants_by_end")
      .on("grants")
      .column("expires_at_ms")
      .where(sql<SqlBool>`wrapped_key is not null`)
      .execute();
    await db.schema
      .createIndex("grants_by_last_hour")
      .on("grants")
      .column("open_until_ms")
      .where(sql<SqlBool>`wrapped_key is not null and state = 'used_up'`)
      .execute();
    await db.schema
      .createTable("openings")
      .addColumn("grant_id", "text", (c) => c.notNull())
      .addColumn("device_sha256", "text", (c) => c.notNull())
      .addColumn("open_until_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("openings_key", ["grant_id", "device_sha256"])
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("openings_by_end").on("openings").column("open_until_ms").execute();
    await db.schema
      .createTable("journal")
      .addColumn("envelope_id", "text", (c) => c.notNull())
      .addColumn("entry_id", "text", (c) => c.notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      .addColumn("at_ms", bigint, (c) => c.notNull())
      .addColumn("event", "text", (c) => c.notNull())
      .addColumn("grant_id", "text")
      .addColumn("facts", "text")
      .addPrimaryKeyConstraint("journal_key", ["envelope_id", "entry_id"])
      .modifyEnd(clustered)
      .execute();
    await db.schema
      .createTable("copy_requests")
      .addColumn("envelope_id", "text", (c) => c.notNull())
      .addColumn("request_id", "text", (c) => c.notNull())
      .addColumn("grant_id", "text", (c) => c.notNull())
      .addColumn("reason", "text", (c) => c.notNull())
      .addColumn("asked_at_ms", bigint, (c) => c.notNull())
      .addColumn("done", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("copy_requests_key", ["envelope_id", "request_id"])
      .execute();
    await db.schema
      .createTable("mailbox_codes")
      .addColumn("address", "text", (c) => c.notNull())
      .addColumn("code_id", "text", (c) => c.notNull())
      .addColumn("code_hmac", "text", (c) => c.notNull())
      .addColumn("reference", "text", (c) => c.notNull())
      .addColumn("sent_at_ms", bigint, (c) => c.notNull())
      .addColumn("expires_at_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("mailbox_codes_key", ["address", "code_id"])
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("mailbox_codes_by_end").on("mailbox_codes").column("expires_at_ms").execute();
    await db.schema
      .createTable("mailbox_tries")
      .addColumn("address", "text", (c) => c.notNull())
      .addColumn("device_sha256", "text", (c) => c.notNull())
      .addColumn("tries", "integer", (c) => c.notNull())
      .addColumn("until_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("mailbox_tries_key", ["address", "device_sha256"])
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("mailbox_tries_by_end").on("mailbox_tries").column("until_ms").execute();
    await db.schema
      .createTable("mailbox_proofs")
      .addColumn("device_sha256", "text", (c) => c.notNull())
      .addColumn("address", "text", (c) => c.notNull())
      .addColumn("until_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("mailbox_proofs_key", ["device_sha256", "address"])
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("mailbox_proofs_by_end").on("mailbox_proofs").column("until_ms").execute();
    await db.schema
      .createTable("idempotency_keys")
      .addColumn("caller", "text", (c) => c.notNull())
      .addColumn("idempotency_key", "text", (c) => c.notNull())
      .addColumn("content_sha256", "text", (c) => c.notNull())
      .addColumn("status", "integer", (c) => c.notNull())
      .addColumn("body", "text", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      // Whose request is under way; null once it is answered.
      .addColumn("claim", "text")
      .addPrimaryKeyConstraint("idempotency_keys_key", ["caller", "idempotency_key"])
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("idempotency_keys_by_age").on("idempotency_keys").column("created_at_ms").execute();
  },
};
