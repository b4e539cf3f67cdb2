/** Replies to all: whose right a reader of a reply has in the message that it answers. */
import { type SqlBool, sql } from "kysely";
import type { Migration } from "../migrate.ts";

export const replyToAll: Migration = {
  name: "0011_reply_to_all",
  up: async (db) => {
    // Null for the grants of messages, which are all that an older node writes.
    await db.schema.alterTable("grants").addColumn("of_grant_id", "text").execute();
    await db.schema
      .createIndex("grants_of_grant")
      .on("grants")
      .column("of_grant_id")
      .where(sql<SqlBool>`of_grant_id is not null`)
      .execute();
  },
};
