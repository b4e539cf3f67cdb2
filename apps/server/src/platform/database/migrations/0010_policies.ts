/** What organisations settle for their members, and the record of who changed what (P2 to P19, O10); attachments-only messages (M2). */
import type { Migration } from "../migrate.ts";

export const policies: Migration = {
  name: "0010_policies",
  up: async (db, engine) => {
    const { bigint } = engine;
    await db.schema
      .createTable("policies")
      .addColumn("organisation_id", "text", (c) => c.primaryKey().notNull())
      // Goes up with every change: whoever changes says which one they saw.
      .addColumn("version", "integer", (c) => c.notNull())
      .addColumn("settings", "text", (c) => c.notNull())
      .addColumn("changed_at_ms", bigint, (c) => c.notNull())
      .addColumn("changed_by", "text", (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("administration_log")
      .addColumn("entry_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      .addColumn("at_ms", bigint, (c) => c.notNull())
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("event", "text", (c) => c.notNull())
      .addColumn("facts", "text", (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex("administration_log_of_organisation")
      .on("administration_log")
      .columns(["organisation_id", "entry_id"])
      .execute();
    await db.schema
      .alterTable("envelopes")
      .addColumn("protect", "text", (c) => c.notNull().defaultTo("message"))
      .execute();
  },
};
