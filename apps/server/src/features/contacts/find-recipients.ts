/** The people a member may mean (M1, M7, M10): from their contacts, the organisation's, and what they sent. Reads only. */
import type { KnownRecipient, KnownRecipients, RecipientCircle } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import { fromFlag, type Reader } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import {
  addressKey,
  type CorrespondentsTable,
  correspondentsAmong,
  correspondentsBeginning,
  deleteCorrespondent,
  domainsWrittenTo,
  latestCorrespondents,
  searchKey,
} from "../correspondents/index.ts";
import { iso } from "../envelopes/index.ts";
import { contentOf } from "./contact-row.ts";
import { booksOf } from "./contacts.policy.ts";
import {
  type AddressedContact,
  contactIdsBeginning,
  contactsByAddresses,
  contactsByIds,
  domainsOfBook,
} from "./contacts.queries.ts";
import { searchWords } from "./list-contacts.ts";

const PROPOSED = 8;
/** Of each kind, before the best are chosen. */
const LOOKED_AT = 24;
const CIRCLE = 200;
const DOMAINS = 2000;

/** Those whose name, company or address has words that begin as typed; the most written to first. */
export async function findRecipients(
  services: Services,
  caller: MemberCaller,
  typed: string,
): Promise<KnownRecipients> {
  const on = services.db.read;
  const prefixes = searchWords(typed);
  if (prefixes.length === 0) return { items: [] };
  const keys = new Set<string>();
  for (const book of booksOf(caller)) {
    const ids = await contactIdsBeginning(on, book, prefixes, LOOKED_AT);
    // The address to write to, but the one that was typed when it is another of theirs.
    for (const { addresses } of (await contactsByIds(on, [...ids])).map(contentOf)) {
      const all = addresses.map(addressKey);
      keys.add(all.find((key) => prefixes.some((prefix) => key.startsWith(prefix))) ?? all[0] ?? "");
    }
  }
  const whole = searchKey(typed);
  for (const column of ["address_key", "name_key", "last_key", "domain"] as const) {
    const prefix = column === "address_key" || column === "domain" ? addressKey(typed.trim()) : whole;
    for (const row of await correspondentsBeginning(on, caller.memberId, column, prefix, LOOKED_AT)) {
      keys.add(row.address_key);
    }
  }
  keys.delete("");
  const found = await describe(on, caller, [...keys]);
  return { items: found.toSorted(bestFirst).slice(0, PROPOSED) };
}

function bestFirst(a: KnownRecipient, b: KnownRecipient): number {
  const byUse = b.sends - a.sends || Number(b.contactId !== undefined) - Number(a.contactId !== undefined);
  return byUse || (addressKey(a.name ?? a.address) < addressKey(b.name ?? b.address) ? -1 : 1);
}

/** Those of `addresses` that are known. */
export async function lookUpRecipients(
  services: Services,
  caller: MemberCaller,
  addresses: readonly string[],
): Promise<KnownRecipients> {
  return { items: await describe(services.db.read, caller, [...new Set(addresses.map(addressKey))]) };
}

/** What a page needs to complete without asking, and to notice a domain that looks like a known one. */
export async function readCircle(services: Services, caller: MemberCaller): Promise<RecipientCircle> {
  const on = services.db.read;
  const latest = await latestCorrespondents(on, caller.memberId, CIRCLE);
  const contacts = await contactsByAddresses(
    on,
    booksOf(caller),
    latest.map((row) => row.address_key),
  );
  const domains = new Set(await domainsWrittenTo(on, caller.memberId, DOMAINS));
  for (const book of booksOf(caller)) for (const domain of await domainsOfBook(on, book, DOMAINS)) domains.add(domain);
  return { items: merged(caller, latest, contacts), domains: [...domains] };
}

/** Contacts stay. */
export async function forgetRecipient(services: Services, caller: MemberCaller, address: string): Promise<void> {
  await services.db.write((tx) => deleteCorrespondent(tx, caller.memberId, addressKey(address)));
}

async function describe(on: Reader, caller: MemberCaller, keys: readonly string[]): Promise<KnownRecipient[]> {
  const history = await correspondentsAmong(on, caller.memberId, keys);
  return merged(caller, history, await contactsByAddresses(on, booksOf(caller), keys));
}

/** One's own contact goes before the organisation's, what a contact says before what was used last. */
function merged(
  caller: MemberCaller,
  history: readonly CorrespondentsTable[],
  contacts: readonly AddressedContact[],
): KnownRecipient[] {
  const contactOf = new Map<string, AddressedContact>();
  for (const contact of contacts) {
    if (contact.book_id === caller.memberId || !contactOf.has(contact.address_key)) {
      contactOf.set(contact.address_key, contact);
    }
  }
  const historyOf = new Map(history.map((row) => [row.address_key, row]));
  const keys = new Set([...historyOf.keys(), ...contactOf.keys()]);
  return [...keys].map((key) => {
    const row = historyOf.get(key);
    const contact = contactOf.get(key);
    const content = contact === undefined ? undefined : contentOf(contact);
    const name = content?.name ?? row?.name ?? undefined;
    const chosen = row !== undefined && fromFlag(row.language_chosen) ? row.language : undefined;
    const language = content?.language ?? chosen;
    const mobile = content?.mobile ?? row?.mobile ?? undefined;
    return {
      address: content?.addresses.find((address) => addressKey(address) === key) ?? row?.address ?? key,
      ...(name === undefined ? {} : { name }),
      ...(content?.company === undefined ? {} : { company: content.company }),
      ...(language === undefined ? {} : { language }),
      ...(mobile === undefined ? {} : { mobile }),
      ...(contact === undefined
        ? {}
        : { contactId: contact.contact_id, shared: contact.book_id === contact.organisation_id }),
      sends: row?.sends ?? 0,
      ...(row === undefined ? {} : { lastSentAt: iso(row.last_at_ms) }),
    };
  });
}
