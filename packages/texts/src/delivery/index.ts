/** What became of a notification and why, in the words of whoever sent it (M21): on the message's page, in a mail and in the CLI. */
import type { DeliveryReason, NotificationStatus } from "@pli/core/wire";
import type { Language } from "../languages.ts";
import { delivery as de } from "./delivery-de.ts";
import { delivery as en } from "./delivery-en.ts";
import { delivery as fr } from "./delivery-fr.ts";
import { delivery as nl } from "./delivery-nl.ts";

export interface DeliveryTexts {
  readonly states: Readonly<Record<NotificationStatus["state"], string>>;
  /** Whole sentences: what happened and, where there is something, what to do. */
  readonly reasons: Readonly<Record<DeliveryReason, string>>;
}

const BY_LANGUAGE: Readonly<Record<Language, DeliveryTexts>> = { fr, en, nl, de };

/** All languages at once. A page loads its own alone: `@pli/texts/delivery/load`. */
export function deliveryTexts(language: Language): DeliveryTexts {
  return BY_LANGUAGE[language];
}
