/** What a member says about mails of one kind, with a link of ours as their right. */
import { PliError } from "@pli/core/errors";
import type { Services } from "../../../services.ts";
import { take } from "../../limits/index.ts";
import { type Chooser, chooserById, switchOff, switchOn } from "../mail-choices.queries.ts";
import { readStopToken, type StopOrder } from "./stop-link.ts";

const CHANGES_PER_HOUR = 60;

export interface Choice extends StopOrder {
  readonly language: Chooser["language"];
  /** Whether mails of this kind are not wanted. */
  readonly off: boolean;
}

/** @throws PliError `not_found` for a link that is none of ours, or whose member is gone */
export async function readChoice(services: Services, token: string): Promise<Choice> {
  const order = readStopToken(services.keys, token);
  const chooser = order === null ? null : await chooserById(services.db.read, order.memberId, order.kind);
  if (order === null || chooser === null) throw new PliError("not_found");
  return { ...order, language: chooser.language, off: chooser.off };
}

/** Again changes nothing. @throws PliError `not_found`, `rate_limited` */
export async function changeChoice(services: Services, token: string, off: boolean): Promise<Choice> {
  const choice = await readChoice(services, token);
  const { memberId, kind } = choice;
  await take(services, { door: "mail-choice", key: memberId, limit: CHANGES_PER_HOUR, windowSeconds: 3600 });
  const nowMs = services.clock.now();
  await services.db.write((tx) => (off ? switchOff(tx, memberId, kind, nowMs) : switchOn(tx, memberId, kind)));
  return { ...choice, off };
}
