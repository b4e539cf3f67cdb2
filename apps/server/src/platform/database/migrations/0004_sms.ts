/** SMS (M4, M8): a second channel of the outbox, and a recipient's number and factor. Codes and proofs of numbers share the tables of mailboxes. */
import type { Migration } from "../migrate.ts";

export const sms: Migration = {
  name: "0004_sms",
  up: async (db) => {
    await db.schema
      .alterTable("outbox")
      .addColumn("channel", "text", (c) => c.notNull().defaultTo("mail"))
      .execute();
    await db.schema.alterTable("grants").addColumn("mobile", "text").execute();
    await db.schema
      .alterTable("grants")
      .addColumn("sms_code", "integer", (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
