/** Whether the sender chose the language of a recipient's pages, or left it to the browser (M7). For what was sent before, it was chosen. */
import type { Migration } from "../migrate.ts";

export const reading: Migration = {
  name: "0006_reading",
  up: async (db) => {
    for (const table of ["grants", "correspondents"]) {
      await db.schema
        .alterTable(table)
        .addColumn("language_chosen", "integer", (c) => c.notNull().defaultTo(1))
        .execute();
    }
  },
};
