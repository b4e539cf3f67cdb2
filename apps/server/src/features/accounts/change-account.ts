/** Changes of the account by its member. What is absent stays, also when two changes come at once. */
import { PliError } from "@pli/core/errors";
import type { AccountChange } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { isName } from "./add-member.ts";
import { holdMember, type MemberChange, updateMember } from "./members.queries.ts";
import { parseDefaults } from "./read-account.ts";

/** Bounds are the schema's; here what a schema cannot say. @throws `bad_input` {field}, `not_signed_in`, `conflict` */
export async function changeAccount(services: Services, memberId: string, change: AccountChange): Promise<void> {
  const name = change.name?.trim();
  if (name !== undefined && !isName(name)) throw new PliError("bad_input", { details: { field: "name" } });
  const timeZone = change.timeZone === undefined ? undefined : canonicalTimeZone(change.timeZone);
  await services.db.write(async (tx) => {
    const member = await holdMember(tx, memberId);
    if (member === undefined) throw new PliError("not_signed_in");
    const row: MemberChange = {
      ...(name === undefined ? {} : { name }),
      ...(timeZone === undefined ? {} : { time_zone: timeZone }),
      ...(change.language === undefined ? {} : { language: change.language }),
      defaults: JSON.stringify({ ...parseDefaults(member.defaults), ...change.defaults }),
    };
    if (!(await updateMember(tx, memberId, row, member.defaults))) throw new PliError("conflict");
  });
}

/** The zone's IANA name. @throws `bad_input` for a name that no clock knows */
function canonicalTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw new PliError("bad_input", { details: { field: "timeZone" } });
  }
}
