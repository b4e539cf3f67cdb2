/** The lines above a message as it is shown on a terminal. Everything in them comes from a stranger. */
import type { Manifest } from "@pli/core/sealing";
import { formatDateTime } from "@pli/texts/format";
import type { Context } from "./command.ts";
import { printable } from "./printable.ts";

/** `Name <address>`, or the address. */
export function person({ name, address }: { readonly name?: string; readonly address: string }): string {
  return printable(name === undefined || name === "" ? address : `${name} <${address}>`);
}

/** @param sentAt ISO 8601, as the server tells it */
export function printHeading(context: Context, manifest: Manifest, sentAt: string): void {
  const { texts, language } = context;
  context.print(`${texts.from}: ${person(manifest.from)}`);
  context.print(`${texts.to}: ${manifest.to.map(person).join(", ")}`);
  context.print(`${texts.sentAt}: ${formatDateTime(language, Date.parse(sentAt))}`);
  context.print(`${texts.subject}: ${printable(manifest.subject) || texts.noSubject}`);
}
