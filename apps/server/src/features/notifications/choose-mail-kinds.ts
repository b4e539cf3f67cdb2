/** What a member says about the mails that they can do without (A3). A choice holds for mails that wait in the outbox, too. */
import type { MailChoices } from "@pli/core/wire";
import type { StoppableKind } from "@pli/texts/mail";
import type { Reader } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { kindsOff, switchOff, switchOn } from "./mail-choices.queries.ts";

export async function readMailChoices(on: Reader, memberId: string): Promise<MailChoices> {
  const off = await kindsOff(on, memberId);
  const wants = (kind: StoppableKind) => !off.has(kind);
  return {
    opened: wants("opened"),
    unread: wants("unread"),
    news: wants("news"),
    maintenance: wants("maintenance"),
  };
}

/** @returns all of them, as they are now */
export async function chooseMails(
  { db, clock }: Pick<Services, "db" | "clock">,
  memberId: string,
  choices: readonly { readonly kind: StoppableKind; readonly on: boolean }[],
): Promise<MailChoices> {
  return await db.write(async (tx) => {
    for (const { kind, on } of choices) {
      if (on) await switchOn(tx, memberId, kind);
      else await switchOff(tx, memberId, kind, clock.now());
    }
    return await readMailChoices(tx, memberId);
  });
}
