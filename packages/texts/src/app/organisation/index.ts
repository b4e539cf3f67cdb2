/** The settings of an organisation, for those who administer it. Each language is a chunk of its own. */
import type { Language } from "../../languages.ts";
import type { OrganisationTexts } from "./rules-en.ts";

export type { OrganisationTexts } from "./rules-en.ts";

export const loadOrganisation: Readonly<Record<Language, () => Promise<OrganisationTexts>>> = {
  fr: async () => (await import("./rules-fr.ts")).organisation,
  en: async () => (await import("./rules-en.ts")).organisation,
  nl: async () => (await import("./rules-nl.ts")).organisation,
  de: async () => (await import("./rules-de.ts")).organisation,
};
