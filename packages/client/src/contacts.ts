/** Contacts and the people one may mean (spec: messages.md M1, M7, M10, M23). Files of contacts: `@pli/client/contact-files`. */
import {
  type Contact,
  type ContactChange,
  type ContactContent,
  type ContactCreation,
  type ContactImport,
  type ContactImportAnswer,
  type KnownRecipient,
  type KnownRecipients,
  LIMITS,
  type Page,
  type RecipientCircle,
} from "@pli/core/wire";
import type { CallOptions, Transport } from "./transport.ts";

const PATH = "/api/v1/contacts";

export interface ContactFilter {
  /** Beginnings of words: of the name, the company, an address. */
  readonly q?: string;
  readonly book?: "mine" | "shared";
  readonly cursor?: string;
  readonly limit?: number;
}

/** By name; with `q` those found, in one page. */
export function listContacts(t: Transport, filter: ContactFilter = {}, call?: CallOptions): Promise<Page<Contact>> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value));
  return t.json("GET", `${PATH}?${query}`, undefined, call);
}

/** Every contact of a book, or of both, by name. */
export async function* allContacts(t: Transport, filter: Pick<ContactFilter, "book"> = {}): AsyncGenerator<Contact> {
  let cursor: string | undefined;
  do {
    const page: Page<Contact> = await listContacts(t, {
      ...filter,
      limit: 200,
      ...(cursor !== undefined && { cursor }),
    });
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** @throws PliError `already_exists` {field: addresses}, `limit_reached` */
export function createContact(t: Transport, creation: ContactCreation, idempotencyKey?: string): Promise<Contact> {
  return t.json("POST", PATH, creation, idempotencyKey === undefined ? undefined : { idempotencyKey });
}

/** @throws PliError `not_found` */
export function getContact(t: Transport, contactId: string): Promise<Contact> {
  return t.json("GET", `${PATH}/${contactId}`);
}

/** All of it anew. @throws PliError `conflict` {state: changed} when it is not the version any more; `already_exists`, `not_found` */
export function changeContact(t: Transport, contactId: string, change: ContactChange): Promise<Contact> {
  return t.json("PUT", `${PATH}/${contactId}`, change);
}

/** @throws PliError `not_found` */
export async function deleteContact(t: Transport, contactId: string): Promise<void> {
  await t.json("DELETE", `${PATH}/${contactId}`);
}

/**
 * Imports any number of contacts, some at a time; the same again changes nothing, so it can be tried again.
 * @param options.onProgress rows done so far
 * @returns what became of each, in order
 */
export async function importContacts(
  t: Transport,
  contacts: readonly ContactContent[],
  options: Omit<ContactImport, "contacts"> & {
    readonly onProgress?: (done: number) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<ContactImportAnswer["rows"]> {
  const { onProgress, signal, ...order } = options;
  const rows: ContactImportAnswer["rows"][number][] = [];
  for (let from = 0; from < contacts.length; from += LIMITS.importRows) {
    const some = { ...order, contacts: contacts.slice(from, from + LIMITS.importRows) };
    const answer = await t.json<ContactImportAnswer>("POST", `${PATH}/import`, some, signal && { signal });
    rows.push(...answer.rows);
    onProgress?.(rows.length);
  }
  return rows;
}

/** Completion: the best few whose name, company or address begins so. */
export async function findRecipients(
  t: Transport,
  typed: string,
  signal?: AbortSignal,
): Promise<readonly KnownRecipient[]> {
  const path = `/api/v1/recipients?${new URLSearchParams({ q: typed.slice(0, LIMITS.nameCharacters) })}`;
  return (await t.json<KnownRecipients>("GET", path, undefined, signal && { signal })).items;
}

/** Whom I wrote to last, and every domain that I or the organisation's contacts know. */
export function getRecipientCircle(t: Transport): Promise<RecipientCircle> {
  return t.json("GET", "/api/v1/recipients/circle");
}

/** Those of at most 200 addresses that are known. */
export async function lookUpRecipients(t: Transport, addresses: readonly string[]): Promise<readonly KnownRecipient[]> {
  if (addresses.length === 0) return [];
  return (await t.json<KnownRecipients>("POST", "/api/v1/recipients/look-up", { addresses })).items;
}

/** Proposes an address no more. Contacts stay. */
export async function forgetRecipient(t: Transport, address: string): Promise<void> {
  await t.json("POST", "/api/v1/recipients/forget", { address });
}
