/** What became of mails beyond a plain "accepted" (M21), and which notices members do not want any more. */
import type { Migration } from "../migrate.ts";

export const delivery: Migration = {
  name: "0007_delivery",
  up: async (db, engine) => {
    const { bigint } = engine;
    await db.schema
      .createTable("mail_deliveries")
      .addColumn("mail_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("source", "text", (c) => c.notNull())
      .addColumn("state", "text", (c) => c.notNull())
      .addColumn("reason_code", "text", (c) => c.notNull())
      .addColumn("status_code", "text")
      .addColumn("reason", "text")
      .addColumn("at_ms", bigint, (c) => c.notNull())
      .modifyEnd(engine.clustered)
      .execute();
    await db.schema
      .createTable("mail_choices")
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("off_at_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("mail_choices_key", ["member_id", "kind"])
      .modifyEnd(engine.clustered)
      .execute();
  },
};
