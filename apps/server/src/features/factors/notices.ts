/** Notices by mail of what changed at the ways in, in the transaction that changes it: whoever did not do it hears of it. */

import { isLanguage } from "@pli/texts/languages";
import type { MailFacts } from "@pli/texts/mail";
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { enqueue } from "../notifications/index.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";

export type Notice = Pick<MailFacts["security"], "event" | "name" | "left">;

export async function orderNotice(services: Services, tx: Tx, member: MembersTable, notice: Notice): Promise<void> {
  await enqueue(services, tx, {
    kind: "security",
    to: member.address,
    language: isLanguage(member.language) ? member.language : "en",
    organisationId: member.organisation_id,
    facts: { ...notice, atMs: services.clock.now(), timeZone: member.time_zone },
  });
}
