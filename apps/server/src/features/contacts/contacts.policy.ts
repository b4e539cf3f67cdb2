/**
 * Who may do what with a contact, as a table:
 *
 *                          its own member   who shared it   owner, administrator   other members   other organisations
 *   one's own: all         yes              -               not_found              not_found       not_found
 *   shared: read           -                yes             yes                    yes             not_found
 *   shared: change, delete -                yes             yes                    conflict        not_found
 *   share a new one        every member
 *
 * A colleague cannot change what somebody else shared: an address replaced in silence is how a message goes to a stranger.
 */
import { PliError } from "@pli/core/errors";
import type { MemberCaller } from "../../http/caller.ts";
import type { ContactsTable } from "./contacts.table.ts";

/** The book of the caller's own contacts, then the organisation's. */
export function booksOf(caller: MemberCaller): readonly [own: string, shared: string] {
  return [caller.memberId, caller.organisationId];
}

export function bookOf(caller: MemberCaller, shared: boolean | undefined): string {
  return shared === true ? caller.organisationId : caller.memberId;
}

export function mayChange(contact: Pick<ContactsTable, "book_id" | "member_id">, caller: MemberCaller): boolean {
  if (contact.book_id === caller.memberId) return true;
  return (
    contact.book_id === caller.organisationId && (contact.member_id === caller.memberId || caller.role !== "member")
  );
}

/** @throws PliError `not_found` */
export function requireReadable(contact: ContactsTable | undefined, caller: MemberCaller): ContactsTable {
  if (contact === undefined || !booksOf(caller).includes(contact.book_id)) throw new PliError("not_found");
  return contact;
}

/** @throws PliError `not_found`, `conflict` {state: shared} */
export function requireChangeable(contact: ContactsTable | undefined, caller: MemberCaller): ContactsTable {
  const readable = requireReadable(contact, caller);
  if (!mayChange(readable, caller)) throw new PliError("conflict", { details: { state: "shared" } });
  return readable;
}
