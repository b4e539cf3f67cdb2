/** A mobile number as second factor, codes that prove who sits at a session, protected replies, and SMS counted by month. */
import type { Migration } from "../migrate.ts";

export const accountRest: Migration = {
  name: "0012_account_rest",
  up: async (db, engine) => {
    const { bigint, clustered } = engine;
    // Null for rows that an older node writes: "never", and "as the organisation has it".
    await db.schema.alterTable("sessions").addColumn("mailbox_at_ms", bigint).execute();
    await db.schema.alterTable("members").addColumn("confirm_replies", "integer").execute();
    await db.schema
      .createTable("sms_factors")
      .addColumn("member_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("number", "text", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .modifyEnd(clustered)
      .execute();
    await db.schema
      .createTable("member_codes")
      .addColumn("member_id", "text", (c) => c.notNull())
      // Of the code, of what it was sent to and of what it is for.
      .addColumn("code_hmac", "text", (c) => c.notNull())
      .addColumn("expires_at_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("member_codes_key", ["member_id", "code_hmac"])
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("member_codes_by_end").on("member_codes").columns(["expires_at_ms"]).execute();
    await db.schema
      .createTable("sms_usage")
      .addColumn("member_id", "text", (c) => c.notNull())
      // "2026-11", UTC.
      .addColumn("month", "text", (c) => c.notNull())
      .addColumn("count", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("sms_usage_key", ["member_id", "month"])
      .modifyEnd(clustered)
      .execute();
  },
};
