/** The same for a page: each language is a chunk of its own, fetched when something was delayed or failed. */
import type { Language } from "../languages.ts";
import type { DeliveryTexts } from "./index.ts";

export type { DeliveryTexts } from "./index.ts";

export const loadDelivery: Readonly<Record<Language, () => Promise<DeliveryTexts>>> = {
  fr: async () => (await import("./delivery-fr.ts")).delivery,
  en: async () => (await import("./delivery-en.ts")).delivery,
  nl: async () => (await import("./delivery-nl.ts")).delivery,
  de: async () => (await import("./delivery-de.ts")).delivery,
};
