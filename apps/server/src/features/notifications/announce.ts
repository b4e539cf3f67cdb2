/**
 * The operator's word to all members by mail (A3), through the outbox: each in their language where there are words in it, none to whoever does not
 * want this kind. All are ordered, or none.
 */
import { isLanguage, type Language } from "@pli/texts/languages";
import type { Announcement } from "@pli/texts/mail";
import type { Services } from "../../services.ts";
import { enqueue } from "./enqueue.ts";
import type { Mail } from "./mail.ts";
import { mailReaders } from "./mail-choices.queries.ts";

export type AnnouncementKind = "news" | "maintenance";

/** The words by language; the first ones are for those whose language is not there. */
export type Announcements = ReadonlyMap<Language, Announcement>;

export interface Announced {
  /** How many mails, by the language of their words. */
  readonly mails: ReadonlyMap<Language, number>;
  readonly unwanted: number;
}

/** One statement's worth of mails. */
const AT_ONCE = 200;

/** @param dryRun nothing is ordered */
export async function announce(
  services: Pick<Services, "db" | "clock" | "keys">,
  kind: AnnouncementKind,
  announcements: Announcements,
  dryRun: boolean,
): Promise<Announced> {
  return await services.db.write(async (tx) => {
    const orders: Mail[] = [];
    const mails = new Map<Language, number>();
    let unwanted = 0;
    for (const reader of await mailReaders(tx, kind)) {
      if (reader.off) {
        unwanted += 1;
        continue;
      }
      const wanted = isLanguage(reader.language) && announcements.has(reader.language) ? reader.language : undefined;
      const [language, facts] = wordsFor(announcements, wanted);
      mails.set(language, (mails.get(language) ?? 0) + 1);
      orders.push({ kind, to: reader.address, language, organisationId: reader.organisationId, facts });
    }
    for (let at = 0; at < orders.length && !dryRun; at += AT_ONCE) {
      await enqueue(services, tx, orders.slice(at, at + AT_ONCE));
    }
    return { mails, unwanted };
  });
}

function wordsFor(announcements: Announcements, wanted: Language | undefined): readonly [Language, Announcement] {
  for (const [language, words] of announcements) {
    if (wanted === undefined || language === wanted) return [language, words];
  }
  throw new Error("an announcement without words");
}
