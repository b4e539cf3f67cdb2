/**
 * What becomes of the rows of an import: added, joined with the contact that has one of their addresses, left as it is, or refused. Pure: the
 * same for the dry run and for the real one. A row counts with the rows before it, so that a person twice in a file becomes one contact.
 */
import { type ContactContent, type ContactImportAnswer, LIMITS } from "@pli/core/wire";
import { addressKey } from "../correspondents/index.ts";

/** A contact as the plan sees it. */
export interface PlannedContact {
  /** Null for one that this import adds. */
  readonly contactId: string | null;
  content: ContactContent;
  readonly isMine: boolean;
}
export interface ImportPlan {
  readonly rows: ContactImportAnswer["rows"];
  /** To add or to change. */
  readonly contacts: readonly PlannedContact[];
}

/**
 * @param rows those that did not pass the checks of a contact say which field
 * @param known contacts of the book by address
 */
export function planImport(
  rows: readonly (ContactContent | { readonly refused: string })[],
  known: ReadonlyMap<string, PlannedContact>,
): ImportPlan {
  const byAddress = new Map(known);
  const touched = new Set<PlannedContact>();
  const outcomes = rows.map((row): ContactImportAnswer["rows"][number] => {
    if ("refused" in row) return { outcome: "refused", field: row.refused };
    const found = new Set(row.addresses.flatMap((address) => byAddress.get(addressKey(address)) ?? []));
    if (found.size > 1) return { outcome: "refused", field: "addresses" };
    const [present] = found;
    if (present !== undefined && !present.isMine) return { outcome: "refused", field: "shared" };
    const content = present === undefined ? row : joined(present.content, row);
    if (content.addresses.length > LIMITS.addressesPerContact) return { outcome: "refused", field: "addresses" };
    if (present !== undefined && JSON.stringify(content) === JSON.stringify(present.content)) {
      return { outcome: "unchanged" };
    }
    const contact = present ?? { contactId: null, content, isMine: true };
    contact.content = content;
    touched.add(contact);
    for (const address of content.addresses) byAddress.set(addressKey(address), contact);
    return { outcome: present === undefined ? "added" : "updated" };
  });
  return { rows: outcomes, contacts: [...touched] };
}

/** What the file says wins; what it does not say stays. Members in the order of `contentOf`. */
function joined(before: ContactContent, row: ContactContent): ContactContent {
  const keys = new Set(before.addresses.map(addressKey));
  const more = row.addresses.filter((address) => !keys.has(addressKey(address)));
  const name = row.name ?? before.name;
  const mobile = row.mobile ?? before.mobile;
  const language = row.language ?? before.language;
  const company = row.company ?? before.company;
  const note = row.note ?? before.note;
  return {
    ...(name === undefined ? {} : { name }),
    addresses: [...before.addresses, ...more],
    ...(mobile === undefined ? {} : { mobile }),
    ...(language === undefined ? {} : { language }),
    ...(company === undefined ? {} : { company }),
    ...(note === undefined ? {} : { note }),
  };
}
