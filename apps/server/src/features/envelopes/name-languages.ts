/**
 * The language of mails to those for whom the sender chose none (M7): the one they were last written to in, if the organisation's settings
 * still allow it, else the sender's own default. Their pages then follow their browser, which knows better than either.
 */
import type { GrantCreation, Language, Policies } from "@pli/core/wire";
import type { Tx } from "../../platform/database/index.ts";
import { addressKey, correspondentsAmong } from "../correspondents/index.ts";

export interface NamedGrant extends GrantCreation {
  readonly language: Language;
  /** The sender named it; default true. */
  readonly languageChosen?: boolean;
}

/** @param policies as they hold for the sender */
export async function nameLanguages(
  tx: Tx,
  memberId: string,
  grants: readonly GrantCreation[],
  policies: Pick<Policies, "recipientLanguage" | "recipientLanguages">,
): Promise<readonly NamedGrant[]> {
  const open = grants.filter(({ language }) => language === undefined);
  const { recipientLanguage, recipientLanguages } = policies;
  const known = new Map<string, Language>();
  if (open.length > 0 && !recipientLanguage.locked) {
    const keys = open.map(({ recipient }) => addressKey(recipient.address));
    for (const row of await correspondentsAmong(tx, memberId, keys)) known.set(row.address_key, row.language);
  }
  return grants.map((grant) => {
    if (grant.language !== undefined) return { ...grant, language: grant.language, languageChosen: true };
    const last = known.get(addressKey(grant.recipient.address));
    const language = last && recipientLanguages.value.includes(last) ? last : recipientLanguage.value;
    return { ...grant, language, languageChosen: false };
  });
}
