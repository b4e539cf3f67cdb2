/** Sessions and API tokens, sign-in links, keyrings with their slots, the outbox, and the limits on every door. */
import { type SqlBool, sql } from "kysely";
import type { Migration } from "../migrate.ts";

export const accounts: Migration = {
  name: "0002_accounts",
  up: async (db, engine) => {
    const { bigint, clustered } = engine;
    await db.schema
      .createTable("sessions")
      .addColumn("secret_sha256", "text", (c) => c.primaryKey().notNull())
      .addColumn("session_id", "text", (c) => c.notNull().unique())
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .addColumn("last_seen_at_ms", bigint, (c) => c.notNull())
      // Of a browser's session; an API token lives until it is revoked.
      .addColumn("expires_at_ms", bigint)
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("sessions_of_member").on("sessions").columns(["member_id"]).execute();
    await db.schema.createIndex("sessions_by_end").on("sessions").columns(["expires_at_ms"]).execute();
    await db.schema
      .createTable("sign_in_links")
      .addColumn("token_sha256", "text", (c) => c.primaryKey().notNull())
      // Null when the address is nobody's: asking looks the same for everybody.
      .addColumn("member_id", "text")
      // Null for the link printed on the operator's terminal.
      .addColumn("browser_sha256", "text")
      .addColumn("check_sha256", "text")
      .addColumn("tries_left", "integer", (c) => c.notNull())
      .addColumn("expires_at_ms", bigint, (c) => c.notNull())
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("sign_in_links_by_end").on("sign_in_links").columns(["expires_at_ms"]).execute();
    await db.schema
      .createTable("keyrings")
      .addColumn("member_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      .addColumn("kem_public", "text", (c) => c.notNull())
      .addColumn("sign_public", "text", (c) => c.notNull())
      .addColumn("slot_count", "integer", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("key_slots")
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("slot_id", "text", (c) => c.notNull())
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("wrapped_seed", "text", (c) => c.notNull())
      .addColumn("argon2", "text")
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("key_slots_key", ["member_id", "slot_id"])
      .execute();
    await db.schema
      .createTable("outbox")
      .addColumn("mail_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("state", "text", (c) => c.notNull())
      .addColumn("address", "text", (c) => c.notNull())
      .addColumn("language", "text", (c) => c.notNull())
      .addColumn("envelope_id", "text")
      .addColumn("grant_id", "text")
      .addColumn("facts", "text", (c) => c.notNull())
      // Encrypted under a key outside the database; null as soon as the mail is accepted, given up or called off.
      .addColumn("secret", "text")
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .addColumn("next_try_at_ms", bigint, (c) => c.notNull())
      .addColumn("give_up_at_ms", bigint, (c) => c.notNull())
      .addColumn("tries", "integer", (c) => c.notNull())
      .addColumn("lease_owner", "text")
      .addColumn("lease_until_ms", bigint, (c) => c.notNull())
      .addColumn("ended_at_ms", bigint)
      .addColumn("reason", "text")
      .addColumn("request_id", "text")
      .addColumn("traceparent", "text")
      .modifyEnd(clustered)
      .execute();
    // Only what waits: mails that went out, nearly all, are in no index by time.
    await db.schema
      .createIndex("outbox_due")
      .on("outbox")
      .column("next_try_at_ms")
      .where(sql<SqlBool>`state = 'waiting'`)
      .execute();
    await db.schema
      .createIndex("outbox_by_end")
      .on("outbox")
      .column("ended_at_ms")
      .where(sql<SqlBool>`state <> 'waiting' and kind <> 'message'`)
      .execute();
    await db.schema.createIndex("outbox_of_envelope").on("outbox").columns(["envelope_id"]).execute();
    await db.schema.createIndex("outbox_of_grant").on("outbox").columns(["grant_id", "mail_id"]).execute();
    await db.schema
      .createTable("limits")
      .addColumn("door", "text", (c) => c.notNull())
      .addColumn("key_sha256", "text", (c) => c.notNull())
      .addColumn("free_at_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("limits_key", ["door", "key_sha256"])
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("limits_by_end").on("limits").columns(["free_at_ms"]).execute();
    // What the nodes of one installation agree on.
    await db.schema
      .createTable("node_facts")
      .addColumn("name", "text", (c) => c.primaryKey().notNull())
      .addColumn("value", "text", (c) => c.notNull())
      .execute();
    // Who runs a job, until when, and when it last came to its end.
    await db.schema
      .createTable("job_leases")
      .addColumn("job", "text", (c) => c.primaryKey().notNull())
      .addColumn("owner", "text")
      .addColumn("until_ms", bigint, (c) => c.notNull())
      .addColumn("ran_at_ms", bigint, (c) => c.notNull())
      .execute();
    // Ways to a receiving domain that the nodes share: one delivery at a time on each.
    await db.schema
      .createTable("mail_lanes")
      .addColumn("domain", "text", (c) => c.notNull())
      .addColumn("lane", "integer", (c) => c.notNull())
      .addColumn("owner", "text")
      .addColumn("until_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("mail_lanes_key", ["domain", "lane"])
      .modifyEnd(clustered)
      .execute();
  },
};
