/** SQL of contacts. Lists walk along (book, name), searches along (book, word); no query reads a whole book but the operator's count. */
import { forUpdate, type Reader, type Tx } from "../../platform/database/index.ts";
import { afterPrefix, bySome } from "../correspondents/index.ts";
import type { ContactAddressesTable, ContactsTable, ContactWordsTable } from "./contacts.table.ts";

/** Rows of one statement: both engines take more parameters. */
const ROWS_AT_ONCE = 1000;

export async function findContact(on: Reader, contactId: string): Promise<ContactsTable | undefined> {
  return await on.selectFrom("contacts").selectAll().where("contact_id", "=", contactId).executeTakeFirst();
}

/** The contact, held until the transaction ends. */
export async function holdContact(tx: Tx, contactId: string): Promise<ContactsTable | undefined> {
  const contact = tx.selectFrom("contacts").selectAll().where("contact_id", "=", contactId);
  return await forUpdate(tx, contact).executeTakeFirst();
}

export async function insertContacts(tx: Tx, rows: readonly ContactsTable[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto("contacts")
      .values([...rows])
      .execute();
}

export async function updateContact(
  tx: Tx,
  contactId: string,
  change: Partial<ContactsTable> & Pick<ContactsTable, "version">,
): Promise<void> {
  await tx.updateTable("contacts").set(change).where("contact_id", "=", contactId).execute();
}

export async function deleteContactRow(tx: Tx, contactId: string): Promise<void> {
  await tx.deleteFrom("contacts").where("contact_id", "=", contactId).execute();
}

/** What finds these contacts goes; comes back by `insertFinders`. */
export async function deleteFinders(tx: Tx, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await tx.deleteFrom("contact_addresses").where("contact_id", "in", contactIds).execute();
  await tx.deleteFrom("contact_words").where("contact_id", "in", contactIds).execute();
}

/** @returns false when an address is another contact's of that book */
export async function insertFinders(
  tx: Tx,
  addresses: readonly ContactAddressesTable[],
  words: readonly ContactWordsTable[],
): Promise<boolean> {
  for (let from = 0; from < addresses.length; from += ROWS_AT_ONCE) {
    const some = addresses.slice(from, from + ROWS_AT_ONCE);
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("contact_addresses")
      .values(some)
      .onConflict((conflict) => conflict.columns(["book_id", "address_key"]).doNothing())
      .executeTakeFirst();
    if (Number(numInsertedOrUpdatedRows ?? 0) < some.length) return false;
  }
  for (let from = 0; from < words.length; from += ROWS_AT_ONCE) {
    await tx
      .insertInto("contact_words")
      .values(words.slice(from, from + ROWS_AT_ONCE))
      .execute();
  }
  return true;
}

/** By name, after `cursor`. */
export async function contactsOfBook(
  on: Reader,
  bookId: string,
  cursor: { readonly sortKey: string; readonly contactId: string } | null,
  limit: number,
): Promise<readonly ContactsTable[]> {
  let query = on
    .selectFrom("contacts")
    .selectAll()
    .where("book_id", "=", bookId)
    .orderBy("sort_key")
    .orderBy("contact_id")
    .limit(limit);
  if (cursor !== null) {
    const { sortKey, contactId } = cursor;
    query = query.where((is) =>
      is.and([is("sort_key", ">=", sortKey), is.or([is("sort_key", ">", sortKey), is("contact_id", ">", contactId)])]),
    );
  }
  return await query.execute();
}

/** Contacts of a book of which some word begins with each of `prefixes`: the first is walked along, the others are asked of what it finds. */
export async function contactIdsBeginning(
  on: Reader,
  bookId: string,
  prefixes: readonly string[],
  limit: number,
): Promise<ReadonlySet<string>> {
  const [first = "", ...others] = prefixes;
  let query = on
    .selectFrom("contact_words")
    .select("contact_id")
    .where("book_id", "=", bookId)
    .where("word", ">=", first)
    .where("word", "<", afterPrefix(first))
    .orderBy("word")
    .orderBy("contact_id")
    .limit(limit);
  for (const other of others) {
    query = query.where((is) =>
      is.exists(
        is
          .selectFrom("contact_words as also")
          .select("also.word")
          .whereRef("also.contact_id", "=", "contact_words.contact_id")
          .where("also.word", ">=", other)
          .where("also.word", "<", afterPrefix(other))
          // One contact's words at a time, as they are found.
          .limit(1)
          .offset(0),
      ),
    );
  }
  return new Set((await query.execute()).map(({ contact_id }) => contact_id));
}

export async function contactsByIds(on: Reader, ids: readonly string[]): Promise<readonly ContactsTable[]> {
  return await bySome(ids, (some) => on.selectFrom("contacts").selectAll().where("contact_id", "in", some).execute());
}

export interface AddressedContact extends ContactsTable {
  readonly address_key: string;
}

/** Who is behind these addresses, book by book. */
export async function contactsByAddresses(
  on: Reader,
  bookIds: readonly string[],
  keys: readonly string[],
): Promise<readonly AddressedContact[]> {
  const rows: AddressedContact[] = [];
  for (const bookId of bookIds) {
    const found = await bySome(keys, (some) =>
      on
        .selectFrom("contact_addresses")
        .innerJoin("contacts", "contacts.contact_id", "contact_addresses.contact_id")
        .selectAll("contacts")
        .select("contact_addresses.address_key")
        .where("contact_addresses.book_id", "=", bookId)
        .where("contact_addresses.address_key", "in", some)
        .execute(),
    );
    rows.push(...found);
  }
  return rows;
}

export async function countContacts(on: Reader, bookId: string): Promise<number> {
  const row = await on
    .selectFrom("contacts")
    .select((select) => select.fn.countAll<number | string>().as("count"))
    .where("book_id", "=", bookId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Domains of a book's addresses, by the alphabet. */
export async function domainsOfBook(on: Reader, bookId: string, limit: number): Promise<readonly string[]> {
  const rows = await on
    .selectFrom("contact_words")
    .select("word")
    .distinct()
    .where("book_id", "=", bookId)
    .where("word", ">=", "@")
    .where("word", "<", afterPrefix("@"))
    .orderBy("word")
    .limit(limit)
    .execute();
  return rows.map(({ word }) => word.slice(1));
}
