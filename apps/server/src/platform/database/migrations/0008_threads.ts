/** Conversations: which grant reads what was said after its message, and under which key. */
import type { Migration } from "../migrate.ts";

export const threads: Migration = {
  name: "0008_threads",
  up: async (db, engine) => {
    // A rowid table on SQLite: keys are held in it (secure_delete).
    await db.schema
      .createTable("thread_keys")
      .addColumn("grant_id", "text", (c) => c.notNull())
      .addColumn("envelope_id", "text", (c) => c.notNull())
      .addColumn("wrapped_key", "text", (c) => c.notNull())
      // When the recipient was told by mail; null when they were not.
      .addColumn("mailed_at_ms", engine.bigint)
      .addPrimaryKeyConstraint("thread_keys_key", ["grant_id", "envelope_id"])
      .execute();
    await db.schema.createIndex("thread_keys_of_envelope").on("thread_keys").column("envelope_id").execute();
  },
};
