/** The lines above a message as it is shown on a terminal. Everything in them comes from a stranger. */
import type { Manifest } from "@pli/core/sealing";
import { formatDateTime } from "@pli/texts/format";
import type { Context } from "./command.ts";
import { printable } from "./printable.ts";

/** `Name <address>`, or the address. Members without a name yet are called by their address. */
export function person({ name, address }: { readonly name?: string; readonly address: string }): string {
  return printable(name === undefined || name === "" || name === address ? address : `${name} <${address}>`);
}

/** A message as its reader must see it: `from` is who sent it as the server proved it, never the message's own word. */
export interface Heading {
  readonly from: { readonly name?: string; readonly address: string };
  readonly manifest: Pick<Manifest, "to" | "subject">;
  /** ISO 8601, as the server tells it. */
  readonly sentAt: string;
}

export function printHeading(context: Context, { from, manifest, sentAt }: Heading): void {
  const { texts, language } = context;
  context.print(`${texts.from}: ${person(from)}`);
  context.print(`${texts.to}: ${manifest.to.map(person).join(", ")}`);
  context.print(`${texts.sentAt}: ${formatDateTime(language, Date.parse(sentAt))}`);
  context.print(`${texts.subject}: ${printable(manifest.subject) || texts.noSubject}`);
}
