/** One-time secrets: one row each, which holds the sealed text as long as it lives. */
import { type SqlBool, sql } from "kysely";
import type { Migration } from "../migrate.ts";

export const secrets: Migration = {
  name: "0003_secrets",
  up: async (db, engine) => {
    const { bigint, bytes } = engine;
    // A rowid table on SQLite: keys are held in it (secure_delete).
    await db.schema
      .createTable("secrets")
      .addColumn("secret_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("state", "text", (c) => c.notNull())
      .addColumn("verifier_sha256", "text", (c) => c.notNull())
      // Null once it has ended, both in the same statement.
      .addColumn("wrapped_key", "text")
      .addColumn("content", bytes)
      .addColumn("password_params", "text")
      .addColumn("reference", "text")
      .addColumn("views_total", "integer", (c) => c.notNull())
      .addColumn("views_left", "integer", (c) => c.notNull())
      .addColumn("wrong_tries", "integer", (c) => c.notNull())
      .addColumn("wrong_total", "integer", (c) => c.notNull())
      .addColumn("locked_until_ms", bigint)
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .addColumn("expires_at_ms", bigint, (c) => c.notNull())
      .addColumn("last_viewed_at_ms", bigint)
      .addColumn("ended_at_ms", bigint)
      .execute();
    await db.schema
      .createIndex("secrets_of_member")
      .on("secrets")
      .columns(["member_id", "created_at_ms", "secret_id"])
      .execute();
    await db.schema
      .createIndex("secrets_by_end")
      .on("secrets")
      .column("expires_at_ms")
      .where(sql<SqlBool>`state = 'active'`)
      .execute();
    await db.schema
      .createIndex("secrets_to_forget")
      .on("secrets")
      .column("ended_at_ms")
      .where(sql<SqlBool>`ended_at_ms is not null`)
      .execute();
  },
};
