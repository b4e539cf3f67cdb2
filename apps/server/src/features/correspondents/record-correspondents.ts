/** History follows what is sent (M1, M7, M10), in the same transaction. What was taken back was never written: a slip must not look usual. */
import type { Language } from "@pli/core/wire";
import { type Tx, toFlag } from "../../platform/database/index.ts";
import { discountCorrespondents, upsertCorrespondents } from "./correspondents.queries.ts";
import { addressKey, domainOf, lastWordFirst, searchKey } from "./keys.ts";

export interface Written {
  readonly memberId: string;
  readonly organisationId: string;
  readonly atMs: number;
  /** Nobody twice. */
  readonly people: readonly {
    readonly address: string;
    readonly name?: string | null;
    readonly mobile?: string | null;
    readonly language: Language;
    /** The sender named it; default true. */
    readonly languageChosen?: boolean;
  }[];
}

export async function recordCorrespondents(tx: Tx, { memberId, organisationId, atMs, people }: Written): Promise<void> {
  const rows = people.map(({ address, name = null, mobile = null, language, languageChosen = true }) => {
    const key = name === null ? null : searchKey(name);
    return {
      member_id: memberId,
      address_key: addressKey(address),
      organisation_id: organisationId,
      address,
      domain: domainOf(address),
      name,
      name_key: key,
      last_key: key === null ? null : lastWordFirst(key),
      language,
      language_chosen: toFlag(languageChosen),
      mobile,
      sends: 1,
      last_at_ms: atMs,
    };
  });
  rows.sort((a, b) => (a.address_key < b.address_key ? -1 : 1));
  if (rows.length > 0) await upsertCorrespondents(tx, rows);
}

/** A message was taken back. */
export async function unrecordCorrespondents(tx: Tx, memberId: string, addresses: readonly string[]): Promise<void> {
  const keys = addresses.map(addressKey).sort();
  if (keys.length > 0) await discountCorrespondents(tx, memberId, keys);
}
