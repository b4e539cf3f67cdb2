/**
 * Contacts with what finds them, and whom each member wrote to. History begins with what the grants tell: a member who wrote for months
 * must not be told that everybody is new.
 */
import { sql } from "kysely";
import type { Migration } from "../migrate.ts";

export const contacts: Migration = {
  name: "0005_contacts",
  up: async (db, engine) => {
    const { bigint, clustered } = engine;
    await db.schema
      .createTable("contacts")
      .addColumn("contact_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      // Whose book it is in: a member's id, or the organisation's for those shared.
      .addColumn("book_id", "text", (c) => c.notNull())
      // Who put it there.
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("version", "integer", (c) => c.notNull())
      .addColumn("sort_key", "text", (c) => c.notNull())
      .addColumn("name", "text")
      .addColumn("addresses", "text", (c) => c.notNull())
      .addColumn("mobile", "text")
      .addColumn("language", "text")
      .addColumn("company", "text")
      .addColumn("note", "text")
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .addColumn("changed_at_ms", bigint, (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex("contacts_of_book")
      .on("contacts")
      .columns(["book_id", "sort_key", "contact_id"])
      .execute();
    await db.schema
      .createTable("contact_addresses")
      .addColumn("book_id", "text", (c) => c.notNull())
      .addColumn("address_key", "text", (c) => c.notNull())
      .addColumn("contact_id", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("contact_addresses_key", ["book_id", "address_key"])
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("contact_addresses_of_contact").on("contact_addresses").column("contact_id").execute();
    await db.schema
      .createTable("contact_words")
      .addColumn("book_id", "text", (c) => c.notNull())
      .addColumn("word", "text", (c) => c.notNull())
      .addColumn("contact_id", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("contact_words_key", ["book_id", "word", "contact_id"])
      .modifyEnd(clustered)
      .execute();
    await db.schema
      .createIndex("contact_words_of_contact")
      .on("contact_words")
      .columns(["contact_id", "word"])
      .execute();
    await db.schema
      .createTable("correspondents")
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("address_key", "text", (c) => c.notNull())
      .addColumn("organisation_id", "text", (c) => c.notNull())
      .addColumn("address", "text", (c) => c.notNull())
      .addColumn("domain", "text", (c) => c.notNull())
      .addColumn("name", "text")
      // The name in small letters without accents, as it stands and with its last word first.
      .addColumn("name_key", "text")
      .addColumn("last_key", "text")
      .addColumn("language", "text", (c) => c.notNull())
      .addColumn("mobile", "text")
      .addColumn("sends", "integer", (c) => c.notNull())
      .addColumn("last_at_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("correspondents_key", ["member_id", "address_key"])
      .modifyEnd(clustered)
      .execute();
    for (const column of ["name_key", "last_key", "domain", "last_at_ms"]) {
      await db.schema
        .createIndex(`correspondents_${column}`)
        .on("correspondents")
        .columns(["member_id", column])
        .execute();
    }
    await sql`
      insert into correspondents (member_id, address_key, organisation_id, address, domain, name, name_key, language, sends, last_at_ms)
      select member_id, lower(address), max(organisation_id), max(address), lower(substr(max(address), ${sql.raw(
        engine.name === "postgres" ? "strpos(max(address), '@')" : "instr(max(address), '@')",
      )} + 1)), max(name), lower(max(name)), max(language), count(*), max(coalesce(last_sent_at_ms, first_opened_at_ms, 0))
      from grants group by member_id, lower(address)`.execute(db);
  },
};
