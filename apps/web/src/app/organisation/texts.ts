/** The words of the organisation's page in the page's language: a chunk of its own, since few members come here. */
import { loadOrganisation, type OrganisationTexts } from "@pli/texts/app/organisation";
import type { Language } from "@pli/texts/languages";
import { signal } from "@preact/signals";
import { language } from "../language.ts";

const loaded = signal<ReadonlyMap<Language, OrganisationTexts>>(new Map());

/** Null while they are on their way. */
export function organisationWords(): OrganisationTexts | null {
  return loaded.value.get(language.value) ?? null;
}

/** Brings the words of the present language. @throws when the chunk does not arrive */
export async function bringOrganisationWords(): Promise<void> {
  const wanted = language.peek();
  if (loaded.peek().has(wanted)) return;
  const texts = await loadOrganisation[wanted]();
  loaded.value = new Map(loaded.peek()).set(wanted, texts);
}
